"""What becomes of a goal: agreed, reopened, archived, restored, carried over."""
