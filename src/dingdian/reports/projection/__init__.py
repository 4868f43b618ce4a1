"""Projections as people read them: lines of a terminal and a workbook."""
