"""The years ahead, projected under scenarios."""
