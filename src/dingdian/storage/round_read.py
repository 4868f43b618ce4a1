"""A round of applications on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dingdian.core.admission.contract import DAYS, ITEMS, TABLES
from dingdian.storage.contract_read import Contract, ContractTables, read_contract
from dingdian.storage.sheets import Sheet

ROUND = Contract(TABLES, about="round", items=ITEMS, days=DAYS, alone="applications")


def read_round(path: Path, seen: Callable[[Sheet], None] | None = None) -> ContractTables:
    """Read a round; every fault is in the list, none is raised; ``seen`` hears of each sheet."""
    return read_contract(path, ROUND, seen)
