"""Pages of the web system: imports."""
