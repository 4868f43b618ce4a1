"""An assessment workbook on disk."""

from __future__ import annotations

from pathlib import Path

from dingdian.core.assessment.contract import DAYS, ITEMS, TABLES
from dingdian.storage.contract_read import Contract, ContractTables, read_contract

ASSESSMENT = Contract(TABLES, about="assessment", items=ITEMS, days=DAYS, alone="scores")
PERSONS = Contract(TABLES, about="assessment", items=ITEMS, days=DAYS, alone="points_events")


def read_assessment(path: Path) -> ContractTables:
    """Read an assessment workbook; every fault is in the list, none is raised."""
    return read_contract(path, ASSESSMENT)


def read_points(path: Path) -> ContractTables:
    """The same of a workbook about persons, whose single sheet is that of points."""
    return read_contract(path, PERSONS)
