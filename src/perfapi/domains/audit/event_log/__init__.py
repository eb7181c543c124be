"""What has happened in the organization, event by event."""
