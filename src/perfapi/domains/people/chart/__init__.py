"""The lines as a picture: chains, reports and the org chart, today or on another day."""
