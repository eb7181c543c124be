"""What giver, receivers and other readers say about feedback: a flat conversation."""
