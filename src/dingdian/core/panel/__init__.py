"""Evaluation by experts: drawn by lot for one case, sheets of two parts, one result.

``terms`` says what the shelf asks, ``experts`` who keeps away, ``lot`` draws, ``sheets`` reads what
an expert filled in, ``result`` makes one result of them, ``state`` folds the notes of a case,
``steps`` says what may be recorded and what is then written.
"""
