"""Which audiences the organization offers for praise and for advice."""
