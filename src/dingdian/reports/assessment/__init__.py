"""Reports of an assessment: workbook, page, lines; all made from its record."""
