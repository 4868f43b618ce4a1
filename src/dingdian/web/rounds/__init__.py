"""Rounds of applications: uploaded, checked, decided under the issued plan, entered as moves."""
