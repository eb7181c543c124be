"""Goal cycles: the spans of time that goals are set for, 90 days by default."""
