"""Users, their roles and districts, signing in, second factor: kept by three administrators."""
