"""What one may ask: one verb, one file. Pure: adapters are passed in, faces call."""
