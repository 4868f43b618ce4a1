"""Pages of the web system: complaints, and findings of third parties."""
