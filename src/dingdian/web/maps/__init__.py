"""Pages of the web system: maps."""
