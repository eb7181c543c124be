"""Goals: what a company, a department, a team or a person wants to reach, and how far it is.

A *goal* (an objective) is measured by *key results*, and may *align* to a parent goal. People
*check in* on a key result with its value and their *confidence*. A goal's *progress* is rolled up
from its *driver*: its key results, the goals aligned to it, or both, each by weight. Goals belong
to a *cycle*, 90 days by default. *Expected* progress is the share of the time that has passed.
"""
