"""Pages of the web system: audit."""
