"""Wiring: joins faces and actions to the adapters. The one place that picks them.

One file for what is asked about: shelf, ledgers, plans, sites. Adapters are imported where
they are used, so that no command loads what it does not need.
"""
