"""Pages of the web system: plans."""
