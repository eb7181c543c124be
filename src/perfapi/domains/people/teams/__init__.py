"""Teams cut across departments: people who work together, perhaps with a lead."""
