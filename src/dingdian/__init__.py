"""Decide where designated medical institutions (定点) stand, how many, and why."""

__version__ = "0.1.0"
