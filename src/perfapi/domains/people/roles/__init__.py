"""Who administers the organization, and who is HR of all or of some departments."""
