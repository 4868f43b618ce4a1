"""Pages of the web system: public."""
