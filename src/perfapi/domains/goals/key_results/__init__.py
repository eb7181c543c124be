"""Key results: what a goal is measured by, from a start to a target, upwards or downwards."""
