"""Notices of a life with the insurer: what an entry of the ledger says to an institution."""
