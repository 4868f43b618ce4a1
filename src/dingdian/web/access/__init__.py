"""Access to services, measured over the whole place."""
