"""Reports of a round of applications: its record, lines, tables, pages and letters."""
