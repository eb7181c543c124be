"""What if a rule were another? Each mutant of a policy has to turn a test red.

`python -m tests.mutants` makes them, one at a time, in a copy of the tree; see decision 0023.
"""
