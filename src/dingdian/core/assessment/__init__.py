"""Yearly assessment: scores, grades, the last by rank, what follows, and points of persons."""
