"""Tables of this area, step by step."""
