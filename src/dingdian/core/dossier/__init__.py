"""The way of a plan to its issue and after: stages, steps, guards, folded from the journal.

``stages`` and ``steps`` are the tables, ``facts`` what a step states, ``terms`` the limits,
``state`` folds the notes of a plan, ``guards`` and ``deciding`` say whether a step may be taken.
"""
