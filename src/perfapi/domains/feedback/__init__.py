"""What people tell each other about their work: praise and advice, given at any time.

*Feedback* has a giver and one or more *receivers*. Its *visibility* names its audience, and nobody
else reads it: no rank opens it, and neither the event log nor a message tells who gave it to whom.
*Praise* that is public makes the wall. A *company value* is what the organization wants to be
praised for.
"""
