"""Figures of the printed documents: charts and maps as pictures."""
