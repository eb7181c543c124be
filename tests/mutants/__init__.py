"""What if a rule were another? Each mutant of a policy has to turn a test red.

`python -m tests.mutants` makes them all in a copy of the tree, where they take turns; see decision
0023. `mutating` finds them, `weaving` puts them beside the rules, `choosing` is what runs there,
`turns` runs tests as one of them, and `alone` is for those that cannot stand beside.
"""
