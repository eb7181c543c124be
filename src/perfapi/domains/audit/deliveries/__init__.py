"""Effects of events that were not carried out: tried again by themselves, or given up."""
