"""Ledgers: write a sample or a template, check what a person filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import Fault, RequestError, fault
from dingdian.wiring import shelf

if TYPE_CHECKING:
    from dingdian.core.census import Census
    from dingdian.core.policy import PlaceCard
    from dingdian.reports.quality_workbook import SheetHeadings
    from dingdian.reports.wording import Lang

#: What a sample's folder is known by; a folder without it is somebody's own.
SAMPLE_MARK = ".dingdian-sample"


def write_sample(city: str, out: Path, *, seed: int, force: bool) -> str:
    """Write the ledger of an invented city, a round and an assessment; returns its title.

    Raises:
        RequestError: no such city.
        OutputError: the folder is taken.
    """
    import json

    from dingdian.core.admission.contract import TABLES as OF_A_ROUND
    from dingdian.core.assessment.contract import TABLES as OF_AN_ASSESSMENT
    from dingdian.samples import SAMPLES
    from dingdian.samples.assessments import ASSESSMENTS
    from dingdian.samples.rounds import ROUNDS
    from dingdian.storage.folders import Out, check_free, write_folder
    from dingdian.storage.workbook_write import write_workbook

    if city not in SAMPLES:
        raise RequestError((fault("unknown_sample", name=city, known=", ".join(SAMPLES)),))
    place = Out(out, force, ours=lambda folder: (folder / SAMPLE_MARK).is_file())
    check_free(place, folder=True)
    made = SAMPLES[city](seed=seed)
    asked = ROUNDS[city](made, seed)
    assessed = ASSESSMENTS[city](made, seed)

    def fill(folder: Path) -> None:
        write_workbook(made.tables, folder / "census.xlsx")
        shapes = json.dumps(made.boundaries, ensure_ascii=False, indent=1)
        (folder / "boundaries.geojson").write_text(shapes + "\n", encoding="utf-8")
        write_workbook(asked, folder / "round" / "round.xlsx", OF_A_ROUND)
        write_workbook(assessed, folder / "assessment" / "assessment.xlsx", OF_AN_ASSESSMENT)
        (folder / SAMPLE_MARK).write_text(f"{made.title}\n", encoding="utf-8")

    write_folder(place, fill)
    return made.title


@dataclass(frozen=True, slots=True)
class Quality:
    """A data-quality report: rows of ``reports.quality``, one sentence, whether it blocks."""

    rows: Sequence[tuple[str, ...]]
    summary: str
    blocking: bool


def check_census(
    path: Path, *, policy: str | None, report: Path | None, lang: Lang, force: bool
) -> Quality:
    """Check a ledger; ``report`` is where the workbook with marked cells is written.

    Raises:
        RequestError: no such file, or no such policy.
        OutputError: the report is there already.
    """
    from dingdian.core.errors import Severity
    from dingdian.core.quality import grouped
    from dingdian.reports.quality import quality_rows, summary
    from dingdian.storage.census_files import read_census

    if not path.exists():
        raise RequestError((fault("no_such_file", path=str(path)),))
    reading = read_census(path)
    faults = (*reading.faults, *found(reading.census, shelf.card(policy) if policy else None))
    if report is not None:
        _write_quality(report, path, faults, reading.headings, lang=lang, force=force)
    groups = grouped(faults)
    return Quality(
        rows=quality_rows(faults, lang),
        summary=summary(faults, lang),
        blocking=any(group.severity is Severity.BLOCKING for group in groups),
    )


def _write_quality(
    report: Path,
    path: Path,
    faults: Sequence[Fault],
    headings: Sequence[SheetHeadings],
    *,
    lang: Lang,
    force: bool,
) -> None:
    from dingdian.reports.quality_workbook import is_quality_workbook, write_quality_workbook
    from dingdian.storage.census_files import raw_sheets
    from dingdian.storage.folders import Out, write_through

    write_through(
        Out(report, force, ours=is_quality_workbook, inputs=(path,)),
        lambda fresh: write_quality_workbook(
            fresh, faults, sheets=raw_sheets(path), headings=headings, lang=lang
        ),
    )


def write_template(out: Path, *, lang: Lang) -> None:
    """Write an empty ledger to fill in; what stands there may be filled in and is never replaced.

    Raises:
        OutputError: the file is there already, or cannot be written.
    """
    from dingdian.reports import template
    from dingdian.storage.folders import Out, write_through

    write_through(Out(out), lambda fresh: template.write_template(fresh, lang))


def write_round_template(out: Path, *, policy: str | None, lang: Lang) -> None:
    """Write an empty round of applications to fill in, as ``write_template`` does a ledger.

    ``policy``: whose items the drop-down lists hold.

    Raises:
        RequestError: no such policy.
        OutputError: the file is there already, or cannot be written.
    """
    from dingdian.core.admission.words import wordings
    from dingdian.reports.round_template import round_form
    from dingdian.reports.template import write_template as write
    from dingdian.storage.folders import Out, write_through

    form = round_form(wordings(shelf.rules(policy) if policy else ()))
    write_through(Out(out), lambda fresh: write(fresh, lang, form))


def found(
    census: Census | None, card: PlaceCard | None, stock_day: dt.date | None = None
) -> tuple[Fault, ...]:
    """What shows only when all tables are seen together."""
    from dingdian.actions.check_census import check

    if census is None:
        return ()
    place, former = (card.region_code, card.former_codes) if card else (None, None)
    return check(census, place=place, former_codes=former, stock_day=stock_day)
