"""A choice of sites as JSON, as a workbook, as maps and in words."""
