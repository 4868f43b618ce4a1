"""The web system of a bureau, and the public site: they show and ask; actions do, the core decides.

One folder an area, each a Django app with its own pages, words and tables: ``accounts`` (users,
roles, second factor), ``jobs`` (long work), ``desk`` (overview, tasks, search), ``ledger``
(institutions), ``imports``, ``plans``, ``maps``, ``shelf``, ``audit``, ``api`` and ``public``.
"""
