"""The conversation about a goal, among everybody who sees it."""
