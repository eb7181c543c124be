"""Asking kindly for news of a goal that has been quiet for its rhythm."""
