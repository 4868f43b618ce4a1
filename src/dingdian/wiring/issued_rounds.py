"""A round under an issued plan: read and checked once, decided with the ledger of its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault, NotInForceError, RequestError, fault
from dingdian.core.period import last_day
from dingdian.wiring import ledgers, rounds, shelf

if TYPE_CHECKING:
    from dingdian.core.admission.application import Round
    from dingdian.core.admission.record import DecisionsRecord
    from dingdian.core.census import Census
    from dingdian.core.census.table import Cell
    from dingdian.core.lifecycle.places import Taken, YearPlan
    from dingdian.core.lifecycle.terms import Terms
    from dingdian.core.plan import Plan
    from dingdian.core.policy import PolicyBook
    from dingdian.core.record import Record
    from dingdian.reports.quality_workbook import SheetHeadings
    from dingdian.reports.wording import Lang
    from dingdian.storage.contract_read import ContractTables
    from dingdian.storage.sheets import Sheet

#: So many plans a process keeps made: that of this year and that of the year before.
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """A round as it was uploaded: what was read, what is wrong, and the sheets as they came.

    ``found`` is ``None`` where something stops it; its faults are then among ``faults``.
    """

    found: Round | None
    tables: ContractTables
    faults: tuple[Fault, ...]
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued plan made again from the copies of its folder, with its shelf."""

    plan: Plan
    book: PolicyBook
    place: str
    policy: str


def read(folder: Path, tell: Callable[[str, int], None]) -> Checked:
    """Read an upload, once; ``tell`` hears of every sheet that was read. Nothing is raised."""
    from dingdian.storage.round_read import read_round

    sheets: list[Sheet] = []

    def seen(sheet: Sheet) -> None:
        sheets.append(sheet)
        tell(sheet.name or sheet.file, sum(len(each.rows) for each in sheets))

    tables = read_round(folder, seen)
    return Checked(None, tables, tables.faults, tuple(sheets))


def day_said(checked: Checked) -> dt.date | None:
    """The day of decision that a round says of itself; ``None`` where it says none."""
    table = checked.tables.tables.get("round")
    if table is None:
        return None
    said = dict(zip(table["item"].cells(), table["value"].cells(), strict=True))
    try:
        return dt.date.fromisoformat(str(said.get("decided_on") or ""))
    except ValueError:
        return None


def check(checked: Checked, census: Census, terms: Terms, day: dt.date) -> Checked:
    """Make applications of what was read, held against the census and the items of the shelf.

    Of a day on which no policy is in force the items are taken as they are written.
    """
    from dingdian.core.admission.rounds import round_of
    from dingdian.core.admission.words import item_words

    tables = checked.tables
    try:
        words = item_words(terms.policy(day))
    except NotInForceError:
        words = None
    try:
        found = round_of(tables.tables, census, faults=tables.faults, words=words)
    except RequestError as error:
        both = dict.fromkeys((*error.faults, *checked.faults))
        return replace(checked, faults=tuple(both))
    own = (each for application in found.applications for each in application.faults)
    return replace(checked, found=found, faults=tuple(dict.fromkeys((*found.faults, *own))))


def write_marked(path: Path, checked: Checked, lang: Lang) -> None:
    """Write the quality workbook: of the sheets, those in which a cell is to be looked at.

    The sheets of persons and of records are left out: what is wrong there stands in the list.
    """
    from dingdian.core.admission.contract import TABLES
    from dingdian.reports.quality_workbook import is_quality_workbook, write_quality_workbook
    from dingdian.storage.folders import Out, write_through

    headings: Mapping[tuple[str, str], SheetHeadings] = {
        (each.file, each.sheet): each for each in checked.tables.headings
    }
    odd = {(each.place.file, each.place.sheet) for each in checked.faults if each.place.row}
    shown = [
        each
        for each in checked.sheets
        if (each.file, each.name) in odd
        and ((at := headings.get((each.file, each.name))) is None or at.table not in _OF_PERSONS)
    ]
    write_through(
        Out(path, force=True, ours=is_quality_workbook),
        lambda fresh: write_quality_workbook(
            fresh,
            checked.faults,
            sheets=shown,
            headings=checked.tables.headings,
            tables=TABLES,
            lang=lang,
        ),
    )


_OF_PERSONS = frozenset({"people", "records"})


@lru_cache(maxsize=_KEPT)
def issued(folder: Path, result: str, plan_day: dt.date) -> Issued:
    """The plan that a folder of the system holds, made again from its copies.

    ``result`` is the fingerprint under which it was issued. Read once in a process.

    Raises:
        RequestError: it comes to another result now: the copies were changed, or this release
            computes otherwise.
    """
    from dingdian.actions.evaluate_plan import evaluate_plan
    from dingdian.wiring.plans import read_plan

    record = read_plan(folder)
    place = folder / rounds.POLICY_COPY / record.place.id
    policy = str(place if place.is_dir() else folder / rounds.POLICY_COPY)
    book, name = shelf.opened(policy)
    census = rounds.read_copy(folder / rounds.CENSUS_COPY)
    card = book.layers[name].card
    faults = ledgers.found(census, card, last_day(record.year - 1))
    plan = evaluate_plan(census, book, place=name, year=record.year, day=plan_day, faults=faults)
    if plan.fingerprints.result != result:
        now = plan.fingerprints.result[:16]
        raise RequestError((fault("round_plan_differs", was=result[:16], now=now),))
    return Issued(plan, book, name, policy)


def taken_rows(
    record: Record, plan: YearPlan, taken: Taken, terms: Terms
) -> Iterator[Mapping[str, Cell]]:
    """What the ledger says was handed out of a plan, as rows of the table ``taken`` of a round.

    By resource and district, from the entries that took it; of a district that is not known, the
    whole place. What is exempt and outside the number is not counted.
    """
    from dingdian.actions.compare_outcomes import counted_as
    from dingdian.core.lifecycle.places import counted

    root = record.place.region_code
    for resource in dict.fromkeys(each.resource for each in record.quotas):
        of, classes = counted_as(record, resource)
        sums = counted(plan, taken(of, plan.year), classes, terms)
        for district, amount in sorted(sums.items()):
            yield {
                "number": f"L-{resource}-{district or root}",
                "region": district or root,
                "resource": resource,
                "amount": amount,
            }


@dataclass(frozen=True, slots=True)
class Basis:
    """What a round is decided on: the issued plan, the census of the day, and what was taken."""

    issued: Issued
    of_day: Census
    day: dt.date
    taken: Sequence[Mapping[str, Cell]] = ()


def decide(
    tables: ContractTables,
    basis: Basis,
    out: Path,
    *,
    lang: Lang,
    progress: Callable[[str], None],
) -> DecisionsRecord:
    """Decide a round, and write it with its evidence into a fresh folder, whole or not at all.

    Where the round has no table of what was taken, that of the ledger stands in its place and is
    kept with it.

    Raises:
        RequestError: the round says another year or day, or has faults that stop it.
        NotInForceError: the day lies outside the validity of the plan.
        CensusError: the round is of another place.
    """
    from dingdian.actions.decide_applications import decide_applications, hearing_on
    from dingdian.actions.record_decisions import record_decisions
    from dingdian.core.admission.contract import TABLES
    from dingdian.core.admission.rounds import round_of
    from dingdian.core.admission.words import item_words
    from dingdian.core.census.table import table_from_rows
    from dingdian.storage.folders import Out, write_folder

    made = basis.issued
    given = dict(tables.tables)
    if "taken" not in given and basis.taken:
        origin = ["ledger"] * len(basis.taken)
        given["taken"] = table_from_rows(TABLES["taken"], basis.taken, origin)
    words = item_words(made.book.on(made.place, basis.day))
    found = round_of(given, basis.of_day, faults=tables.faults, words=words)
    if not any(each.district for each in found.applications):
        raise CensusError((fault("round_of_another_place", n=len(found.applications)),))
    progress("deciding")
    hearing = hearing_on(
        made.plan, made.book, place=made.place, decided_on=basis.day, of_day=basis.of_day
    )
    decided = decide_applications(hearing, found)
    record = record_decisions(decided, engine=__version__)
    progress("documents")
    write_folder(
        Out(out),
        lambda fresh: rounds.fill(fresh, decided, record, policy=made.policy, lang=lang),
    )
    return record
