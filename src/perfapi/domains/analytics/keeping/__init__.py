"""How facts and snapshots are kept: written where they are read, so that nothing travels."""
