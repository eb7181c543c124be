"""What the organization wants to be praised for: a few values, each with a sentence of its own."""
