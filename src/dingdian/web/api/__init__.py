"""Pages of the web system: api."""
