"""Organizations: who shares one perfapi with nobody else.

An organization has a *slug* for addresses, a *time zone* that decides which day it is, a *language*
for what perfapi writes, and *settings* in sections that the domains declare.
"""
