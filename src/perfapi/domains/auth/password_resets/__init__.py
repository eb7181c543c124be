"""A new password for whoever forgot theirs: asked for by anybody, set by whoever gets the mail."""
