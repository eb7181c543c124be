"""The directory as it was: who had which title, department, manager and reports on a day."""
