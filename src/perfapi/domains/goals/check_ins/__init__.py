"""Check-ins: what a key result measures by now, how confident its owner is, and why."""
