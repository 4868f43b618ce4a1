"""Spacing: may an institution of these services stand here, and who stands in its way.

Its parts are imported from their own modules: a plan needs no more than ``terms``.
"""
