"""The coach beside what one writes, and how each person prefers to be spoken to."""
