"""Pages of the web system: desk."""
