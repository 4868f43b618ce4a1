"""The pages of docs/reference/: one page a file, each a pure function of ``Source``."""
