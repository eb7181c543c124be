"""The same goals for many people at once."""
