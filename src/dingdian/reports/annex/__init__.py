"""The annex tables of a plan, one subject a file: each makes tables from a record."""
