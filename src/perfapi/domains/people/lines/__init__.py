"""Reporting lines: who reports to whom, from which day on, and the closure of today's lines."""
