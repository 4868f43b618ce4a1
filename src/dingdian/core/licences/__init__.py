"""Licences as the health and market authorities list them, held against who is designated."""
