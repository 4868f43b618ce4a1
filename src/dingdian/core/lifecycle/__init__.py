"""The life of a designated institution: stages, moves, clocks, and what an ending releases."""
