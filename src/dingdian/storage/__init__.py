"""Adapters that read and write: the shelf, the census, the folder of a plan."""
