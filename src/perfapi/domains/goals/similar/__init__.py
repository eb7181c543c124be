"""Goals that say nearly the same: to align with them or to learn from them."""
