"""The words of the reports, as data: every code with its Chinese and English sentence."""
