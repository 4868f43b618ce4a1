"""A round of applications on disk."""

from __future__ import annotations

from pathlib import Path

from dingdian.core.admission.contract import DAYS, ITEMS, TABLES
from dingdian.storage.contract_read import Contract, ContractTables, read_contract

ROUND = Contract(TABLES, about="round", items=ITEMS, days=DAYS, alone="applications")


def read_round(path: Path) -> ContractTables:
    """Read a round; every fault is in the list, none is raised."""
    return read_contract(path, ROUND)
