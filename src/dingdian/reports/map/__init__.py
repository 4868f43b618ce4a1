"""map.html: the maps of a plan on one page that works without a network."""
