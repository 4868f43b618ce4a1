"""Every speed claim, with its peer beside it in the same run: ``make bench``."""
