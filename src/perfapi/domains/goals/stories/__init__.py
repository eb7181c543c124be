"""What the demo company wants, quarter by quarter; `words.py` says how to read it."""
