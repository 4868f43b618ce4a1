"""Cases, and what is due, as lines of text and as a workbook."""
