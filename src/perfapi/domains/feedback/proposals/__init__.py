"""Who else may read feedback: fewer at once, others once giver and receivers agree."""
