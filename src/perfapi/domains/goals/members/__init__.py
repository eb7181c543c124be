"""Co-owners and contributors: who has a goal together with its owner."""
