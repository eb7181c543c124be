"""The doors for HRIS scripts: people by their id in the HRIS, one at a time or up to a thousand.

What a row changes is planned by the engine of the imports, so that every door agrees on who is
who, which manager is meant and what is refused.
"""
