"""Why somebody may see something, and who may; what has happened, and what did not go through."""
