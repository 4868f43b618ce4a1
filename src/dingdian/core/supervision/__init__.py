"""Supervision: complaints with their terms, and surveys with their results."""
