"""Goals to begin with: a library that comes along, and what an organization keeps itself."""
