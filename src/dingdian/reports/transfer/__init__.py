"""A transfer of beds told: workbook, map and lines, all from its record."""
