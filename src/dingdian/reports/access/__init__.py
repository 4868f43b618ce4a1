"""Access in words, as a workbook, on a map and as map data."""
