"""Files of licences from the health and market authorities, held against the ledger."""
