"""Files of experts: read as strictly as a ledger, and the workbook to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dingdian.reports.wording import Lang
    from dingdian.storage.contract_read import ContractTables


def read(path: Path) -> ContractTables:
    """Read a file of experts; every fault is in the list, none is raised."""
    from dingdian.core.panel.contract import TABLES
    from dingdian.storage.contract_read import Contract, read_contract

    return read_contract(path, Contract(TABLES, about="", items={}, days=(), alone="experts"))


def template(lang: Lang, fields: Iterable[str], grounds: Iterable[str]) -> bytes:
    """The workbook to fill in, with fields and grounds of the shelf as drop-down lists."""
    import tempfile

    from dingdian.reports.experts_template import experts_form
    from dingdian.reports.template import write_template

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "experts.xlsx"
        write_template(path, lang, experts_form(fields, grounds))
        return path.read_bytes()
