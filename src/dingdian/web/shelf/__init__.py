"""Pages of the web system: shelf."""
