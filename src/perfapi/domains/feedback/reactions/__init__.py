"""A nod without words to feedback that one reads."""
