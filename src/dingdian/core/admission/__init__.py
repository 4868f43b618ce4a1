"""Admission: who gets in, who waits and who does not, decided by rule, with every reason."""
