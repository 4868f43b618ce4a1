"""Make docs/reference/ from the code, the shelf and the tests: ``make docs``, ``make docs-check``.

With ``--check`` nothing is written: a page that is not as it would be made is named, and the
exit code is 1.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # started as a script: find tools/ as a package

from dingdian.reports.record_schema import (  # noqa: E402
    ACCESS,
    ASSESSMENT,
    DECISIONS,
    PLAN,
    PROJECTION,
    RETENTION,
    SITING,
    TRANSFER,
    reference_page,
    schema_text,
)
from tools.reference.assessment_contract import assessment_contract  # noqa: E402
from tools.reference.clauses import clauses  # noqa: E402
from tools.reference.commands import commands  # noqa: E402
from tools.reference.faults import faults  # noqa: E402
from tools.reference.formulas import formulas  # noqa: E402
from tools.reference.indicators import indicators  # noqa: E402
from tools.reference.interface import interface, openapi  # noqa: E402
from tools.reference.ledger_tables import ledger_tables  # noqa: E402
from tools.reference.lifecycle import lifecycle  # noqa: E402
from tools.reference.readings import readings  # noqa: E402
from tools.reference.round_contract import round_contract  # noqa: E402
from tools.reference.rules import rules  # noqa: E402
from tools.reference.source import Source, shipped_source  # noqa: E402
from tools.reference_data_contract import build as data_contract  # noqa: E402

FOLDER = ROOT / "docs" / "reference"

#: File of docs/reference/ -> what makes it.
PAGES: Mapping[str, Callable[[Source], str]] = {
    "api.md": interface,
    ASSESSMENT.schema_file: lambda _: schema_text(ASSESSMENT),
    "assessment-contract.md": lambda _: assessment_contract(),
    "assessment-contract.zh-CN.md": lambda _: assessment_contract("zh"),
    "assessment-json.md": lambda _: reference_page(ASSESSMENT),
    "clauses.md": clauses,
    "cli.md": commands,
    "data-contract.md": lambda _: data_contract(),
    "data-contract.zh-CN.md": lambda _: data_contract("zh"),
    DECISIONS.schema_file: lambda _: schema_text(DECISIONS),
    "decisions-json.md": lambda _: reference_page(DECISIONS),
    "faults.md": faults,
    "formulas.md": formulas,
    "indicators.md": indicators,
    "ledger-tables.md": ledger_tables,
    "lifecycle.md": lifecycle,
    "openapi.json": openapi,
    PLAN.schema_file: lambda _: schema_text(PLAN),
    "plan-json.md": lambda _: reference_page(PLAN),
    PROJECTION.schema_file: lambda _: schema_text(PROJECTION),
    "projection-json.md": lambda _: reference_page(PROJECTION),
    "readings.md": readings,
    RETENTION.schema_file: lambda _: schema_text(RETENTION),
    "retention-json.md": lambda _: reference_page(RETENTION),
    "round-contract.md": lambda _: round_contract(),
    "round-contract.zh-CN.md": lambda _: round_contract("zh"),
    "rules.md": rules,
    ACCESS.schema_file: lambda _: schema_text(ACCESS),
    "access-json.md": lambda _: reference_page(ACCESS),
    SITING.schema_file: lambda _: schema_text(SITING),
    "siting-json.md": lambda _: reference_page(SITING),
    TRANSFER.schema_file: lambda _: schema_text(TRANSFER),
    "transfer-json.md": lambda _: reference_page(TRANSFER),
}


def stale(folder: Path, pages: Mapping[str, str]) -> list[str]:
    """The pages that are not in ``folder`` as they would be made, and files that nothing makes."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    wrong = [n for n in pages if n not in there or (folder / n).read_text("utf-8") != pages[n]]
    return [*wrong, *sorted(there - set(pages))]


def main(words: list[str]) -> int:
    """Write every page, or with ``--check`` name those that are stale."""
    source = shipped_source()
    pages = {name: make(source) for name, make in PAGES.items()}
    if words == ["--check"]:
        found = stale(FOLDER, pages)
        if found:
            print(f"stale in docs/reference/: {', '.join(found)}; run: make docs", file=sys.stderr)
        return 1 if found else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")
    print(f"docs/reference/: {len(pages)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
