"""How Django writes days where our own filters do not."""
