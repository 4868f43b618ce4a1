"""Pages of the web system: ledger."""
