"""The steps of a release that is yet to come: those of this one, and one more."""
