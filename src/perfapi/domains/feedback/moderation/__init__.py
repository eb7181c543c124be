"""What is public can be reported by whoever reads it, and taken off the wall by moderators."""
