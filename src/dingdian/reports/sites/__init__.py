"""Answers about sites as people and programs read them: text, JSON, GeoJSON, a workbook."""
