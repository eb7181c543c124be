"""The coach: how feedback could be more concrete, more respectful and more helpful.

Rules and lists of words, not a model: the same text always gets the same advice, offline, in four
languages. They advise and never refuse.
"""
