"""Reactions: a nod without words, to a comment or to a check-in."""
