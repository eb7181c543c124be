"""Initiatives: what is done to reach a goal. They never count in its progress."""
