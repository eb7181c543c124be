"""Key results across goals: one is found by its words, whatever goal it measures."""
