"""Files of licences: read as strictly as a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dingdian.storage.contract_read import ContractTables


def read(path: Path) -> ContractTables:
    """Read a file of licences; every fault is in the list, none is raised."""
    from dingdian.core.licences.contract import TABLES
    from dingdian.storage.contract_read import Contract, read_contract

    contract = Contract(TABLES, about="", items={}, days=(), alone="licences")
    return read_contract(path, contract)
