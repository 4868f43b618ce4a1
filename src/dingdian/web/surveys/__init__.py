"""Pages of the web system: satisfaction surveys."""
