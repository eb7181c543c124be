"""The forest of goals: everything of a cycle that you can see, in one document."""
