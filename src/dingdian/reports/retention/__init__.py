"""Who is proposed to stay under a cap, as lines, workbook, JSON and map."""
