"""Where a progress comes from: its parts, their weights, and the check-ins behind them."""
