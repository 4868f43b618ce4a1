"""What is decided: pure values and functions, without file, clock, network or randomness."""
