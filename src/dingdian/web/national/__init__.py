"""Changes to make on the national platform: what entries change there, and that it was made."""
