"""Pages of the web system: jobs."""
