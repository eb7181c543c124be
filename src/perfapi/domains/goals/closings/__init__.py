"""How goals ended: note, score and retrospective, each time."""
