"""The ledger in a database: the one Django app with tables. ``opening`` is its door.

Django is loaded when a ledger is opened, and nowhere else in this program.
"""
