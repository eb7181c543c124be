"""Views of the goals under a name: which goals, in what order, drawn how."""
