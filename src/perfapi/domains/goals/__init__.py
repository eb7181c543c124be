"""Goals: what a company, a department, a team or a person wants to reach, and how far it is.

A *goal* (an objective) is measured by *key results*, and may *align* to a parent goal. People
*check in* on a key result with its value and their *confidence*. A goal's *progress* is rolled up
from its *driver*: its key results, the goals aligned to it, or both, each by weight. Goals belong
to a *cycle*, 90 days by default. *Expected* progress is the share of the time that has passed.

One person *answers* for a goal; *co-owners* and *contributors* have it together with them. It is
*agreed* between its owner and their manager, a *commitment* or an *aspiration*, and ends with a
*closing* that is kept whatever becomes of it: *reopened*, *archived*, *carried over*. *Initiatives*
are what is done to get there, and never count.
"""
