"""Advice on how a goal is put: specific, measurable, achievable, relevant, time-bound.

Rules, not a model: the same draft always gets the same advice, offline, in four languages. They
advise and never refuse.
"""
