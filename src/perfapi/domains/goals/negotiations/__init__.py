"""The steps by which an owner and their manager agree on a goal."""
