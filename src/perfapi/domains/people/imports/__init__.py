"""People from an HRIS export: a file and a mapping become a plan of what would change.

Pure: no database, no HTTP. `reading` makes rows of bytes, `parsing` people of rows, `planning`
compares them with the people already known. `suggesting` proposes the mapping.
"""
