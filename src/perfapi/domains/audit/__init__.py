"""Why somebody may see something, and who may: every domain's rules, explained."""
