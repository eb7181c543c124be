"""Whether the event log is still what it was when it was chained."""
