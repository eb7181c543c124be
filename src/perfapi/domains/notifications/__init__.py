"""What needs a person now: one list over all domains."""
