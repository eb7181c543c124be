"""What statements built at import leave open until a session fills it in.

A statement that speaks of YOU cannot be executed by a session that does not know who you are:
forgetting to enter an organization is an error, never an open door.
"""

from sqlalchemy import Date, DateTime, Uuid, bindparam

ORGANIZATION = bindparam("organization", type_=Uuid())
YOU = bindparam("you", type_=Uuid())
TODAY = bindparam("today", type_=Date())
"""The calendar day in the organization's own time zone."""
AS_OF = bindparam("as_of", type_=DateTime(timezone=True))
"""The instant that is asked about, of those who look back; see `history.py`."""
