"""How goals work in an organization: the length of cycles, the rhythm of check-ins, thresholds."""
