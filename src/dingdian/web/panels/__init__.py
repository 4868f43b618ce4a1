"""Evaluation by experts: their register, a panel drawn by lot, sheets, and the result."""
