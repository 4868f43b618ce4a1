"""The ledger of cases: open it, move a case, list what is due, verify it, rebuild a census."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import CensusError, Fault, RequestError
from dingdian.wiring import shelf

if TYPE_CHECKING:
    from dingdian.actions.change_stage import Changed, Within
    from dingdian.core.census import Census
    from dingdian.core.lifecycle.chain import Head
    from dingdian.core.lifecycle.due import Due
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.core.lifecycle.places import Plans
    from dingdian.core.lifecycle.terms import Terms
    from dingdian.reports.wording import Lang
    from dingdian.storage.db.ledger import DbLedger

#: Where the ledger lies when nobody says: the variable, then a file in the working folder.
VARIABLE = "DATABASE_URL"
DEFAULT = "sqlite:///dingdian-ledger.sqlite3"


@dataclass(frozen=True, slots=True)
class Desk:
    """An open ledger and the shelf of its place."""

    ledger: DbLedger
    terms: Terms


def address(url: str | None) -> str:
    """The address of the ledger: as given, else of the environment, else the file of here."""
    return url or os.environ.get(VARIABLE) or DEFAULT


def now() -> dt.datetime:
    """This moment, as the ledger keeps it."""
    from dingdian.core.lifecycle.entry import SHANGHAI

    return dt.datetime.now(SHANGHAI).replace(microsecond=0)


def make(url: str | None, policy: str, *, algorithm: str, opened_on: dt.date | None) -> Desk:
    """Make an empty ledger of a policy's place.

    Raises:
        DingdianError: there is one, or it cannot be made.
    """
    import secrets

    from dingdian.core.lifecycle.chain import Mark
    from dingdian.core.lifecycle.terms import Terms
    from dingdian.storage.db.opening import create_ledger

    book, place = shelf.opened(policy)
    day = opened_on or now().date()
    mark = Mark(f"{place}-{secrets.token_hex(8)}", place, algorithm, day)
    return Desk(create_ledger(address(url), mark), Terms(book, place))


def opened(url: str | None, policy: str | None = None) -> Desk:
    """Open a ledger with the shelf of its place, or with the bureau's own folder of it.

    Raises:
        DingdianError: there is no ledger, or the shelf is of another place.
    """
    from dingdian.core.lifecycle.naming import told
    from dingdian.core.lifecycle.terms import Terms
    from dingdian.storage.db.opening import open_ledger

    ledger = open_ledger(address(url))
    book, place = shelf.opened(policy or ledger.mark.place)
    if place != ledger.mark.place:
        raise RequestError((told("ledger_place", found=ledger.mark.place, wanted=place),))
    return Desk(ledger, Terms(book, place))


def upgrade(url: str | None) -> int:
    """Bring the tables of a ledger up to this program; returns how many steps were made."""
    from dingdian.storage.db.opening import upgrade_ledger

    return upgrade_ledger(address(url))


def load(desk: Desk, path: Path, *, by: str, reason: str) -> tuple[int, int, tuple[Fault, ...]]:
    """Keep a census and open its cases: rows kept, cases opened, and what was odd.

    Raises:
        DingdianError: the census has blocking faults, or is of another place.
    """
    from dingdian.actions.open_ledger import open_ledger
    from dingdian.core.census.faults import stops
    from dingdian.storage.census_files import read_census
    from dingdian.wiring import ledgers

    reading = read_census(path)
    card = desk.terms.book.layers[desk.terms.place].card
    faults = (*reading.faults, *ledgers.found(reading.census, card))
    if reading.census is None or stops(faults):
        raise CensusError(faults)
    opened = open_ledger(
        desk.ledger, reading.census, desk.terms, known_at=now(), by=by, reason=reason
    )
    return opened.rows, opened.cases, opened.faults


def move(desk: Desk, asked: Asked, plans: Plans | None = None) -> Changed:
    """Record one move, held against the places of ``plans`` where any are given.

    Raises:
        RequestError: it is refused.
    """
    from dingdian.actions.change_stage import change_stage

    return change_stage(desk.ledger, _in_spelling(asked), desk.terms, plans=plans)


def moves(desk: Desk, path: Path, *, by: str, plans: Plans | None = None) -> Changed:
    """Record the moves of a file, all of them or none.

    They are held against the places of ``plans`` where any are given.

    Raises:
        RequestError: one cannot be read, or is refused.
    """
    from dingdian.actions.change_stage import change_stages
    from dingdian.core.lifecycle.contract import moves_of
    from dingdian.storage.moves_read import read_moves

    asked, places = moves_of(read_moves(path), known_at=now(), by=by)
    return change_stages(desk.ledger, asked, desk.terms, places=places, plans=plans)


def write_template(out: Path, *, lang: Lang) -> None:
    """Write an empty sheet of moves to fill in.

    Raises:
        OutputError: the file is there already, or cannot be written.
    """
    from dingdian.reports.moves_template import moves_form
    from dingdian.reports.template import write_template as write
    from dingdian.storage.folders import Out, write_through

    write_through(Out(out), lambda fresh: write(fresh, lang, moves_form()))


def round_moves(desk: Desk, folder: Path, *, by: str) -> tuple[Asked, ...]:
    """The moves that would record what a decided round came to; none where the ledger has all.

    Raises:
        RequestError: the folder is no decided round of this place.
    """
    from dingdian.core.admission.rounds import round_of
    from dingdian.core.lifecycle.entering import entering
    from dingdian.core.lifecycle.naming import told
    from dingdian.core.lifecycle.reading import cases_by_id, states_of
    from dingdian.storage.round_read import read_round as read_tables
    from dingdian.wiring import rounds

    record = rounds.read_round(folder)
    if record.place.id != desk.terms.place:
        raise RequestError((told("ledger_place", found=desk.terms.place, wanted=record.place.id),))
    census = rounds.read_copy(rounds.day_copy(folder))
    found = round_of(read_tables(folder / rounds.ROUND_COPY).tables, census)
    known = {e.case: e for e in states_of(cases_by_id(desk.ledger.entries()).values())}
    return tuple(entering(found, record, known, known_at=now(), by=by))


def enter(
    desk: Desk,
    folder: Path,
    *,
    by: str,
    plans: Plans | None = None,
    within: Within | None = None,
) -> Changed:
    """Record what a decided round came to: applications, acceptances, results.

    They are held against the places of ``plans`` where any are given. ``within`` is as of
    ``change_stages``.

    Raises:
        RequestError: the folder is no decided round, or a move is refused; nothing is recorded.
    """
    from dingdian.actions.change_stage import change_stages

    asked = round_moves(desk, folder, by=by)
    return change_stages(desk.ledger, asked, desk.terms, plans=plans, within=within)


def enter_assessment(desk: Desk, folder: Path, *, by: str) -> Changed:
    """Record the results of an assessment, and the steps that a person confirmed.

    Raises:
        RequestError: the folder is no assessment, or a move is refused; nothing is recorded.
    """
    from dingdian.actions.change_stage import change_stages
    from dingdian.core.assessment.entering import entering
    from dingdian.core.lifecycle.naming import told
    from dingdian.core.lifecycle.reading import cases_by_id
    from dingdian.wiring import assessments

    record = assessments.read_assessed(folder)
    if record.place.id != desk.terms.place:
        raise RequestError((told("ledger_place", found=desk.terms.place, wanted=record.place.id),))
    cases = cases_by_id(desk.ledger.entries())
    asked, left = entering(record, cases, known_at=now(), by=by)
    made = change_stages(desk.ledger, asked, desk.terms)
    return replace(made, faults=(*made.faults, *left))


def _in_spelling(asked: Asked) -> Asked:
    from dingdian.core.lifecycle.contract import fact_text
    from dingdian.core.lifecycle.facts import FACTS

    facts = {n: fact_text(n, t) if n in FACTS else t for n, t in asked.facts.items()}
    return replace(asked, facts=facts)


def due(
    desk: Desk, day: dt.date, known_at: dt.datetime | None, *, horizon: int, who: str | None
) -> Sequence[Due]:
    """What is due on a day, as known at a moment."""
    from dingdian.actions.list_due import list_due

    return list_due(desk.ledger, desk.terms, day, known_at, horizon=horizon, who=who)


def due_text(desk: Desk, found: Sequence[Due], day: dt.date, lang: Lang) -> Iterator[str]:
    """What is due as lines."""
    from dingdian.reports.lives.lines import due_lines
    from dingdian.reports.lives.words import Speech

    yield from due_lines(found, day, Speech(lang, desk.terms, day))


def due_json(found: Iterable[Due]) -> str:
    """What is due as JSON, one object a limit."""
    rows = [asdict(each) for each in found]
    return json.dumps(rows, default=str, ensure_ascii=False, indent=1)


def write_due(
    desk: Desk, found: Sequence[Due], day: dt.date, out: Path, *, lang: Lang, force: bool
) -> None:
    """Write what is due as a workbook.

    Raises:
        OutputError: the place is taken.
    """
    import zipfile

    from dingdian.reports.lives.words import Speech
    from dingdian.reports.lives.workbook import due_workbook
    from dingdian.storage.folders import Out, write_through

    content = due_workbook(found, day, Speech(lang, desk.terms, day))
    write_through(Out(out, force, ours=zipfile.is_zipfile), partial(_put, content))


def show(desk: Desk, case: str | None, day: dt.date, *, horizon: int, lang: Lang) -> Iterator[str]:
    """One case, or how many cases stand at each stage.

    Raises:
        RequestError: there is no such case.
    """
    from dingdian.actions.list_due import cases_on
    from dingdian.actions.show_case import show_case
    from dingdian.reports.lives.lines import case_lines, count_lines
    from dingdian.reports.lives.words import Speech

    speech = Speech(lang, desk.terms, day)
    if case is None:
        yield from count_lines(cases_on(desk.ledger, day), speech)
    else:
        shown = show_case(desk.ledger, case, desk.terms, day, horizon=horizon)
        yield from case_lines(shown, day, speech)


def book_text(
    desk: Desk, first: dt.date, last: dt.date, known_at: dt.datetime | None, *, lang: Lang
) -> Iterator[str]:
    """The books of a span of days as lines, as known at a moment."""
    from dingdian.actions.balance_books import balance_books
    from dingdian.reports.lives.lines import book_lines
    from dingdian.reports.lives.words import Speech

    accounts = balance_books(desk.ledger, first, last, known_at)
    yield from book_lines(accounts, Speech(lang, desk.terms, last))


def verify(desk: Desk, heads: Iterable[Path], *, mend: bool) -> tuple[int, tuple[Fault, ...]]:
    """How many entries the ledger has, and what is wrong with it.

    Raises:
        RequestError: a head cannot be read, or is of another ledger.
    """
    from dingdian.core.lifecycle.naming import told
    from dingdian.wiring import chains

    given = []
    for path in heads:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            why = f"{path.name} {type(error).__name__}: {error}"
            raise RequestError((told("head_unreadable", why=why),)) from error
        id, head = chains.read_head(text, path.name)
        if id != desk.ledger.mark.id:
            raise RequestError((told("head_of_another", id=id),))
        given.append(head)
    return chains.verify_ledger(desk.ledger, given, mend=mend)


def write_head(desk: Desk, out: Path, *, force: bool) -> Head:
    """Write the end of the chain to a file, to be signed and kept elsewhere.

    Raises:
        OutputError: the place is taken.
    """
    from dingdian.storage.folders import Out, write_through
    from dingdian.wiring import chains

    head = desk.ledger.head()
    text = chains.head_text(desk.ledger.mark, head, now())
    write_through(Out(out, force, ours=_is_head), partial(_put, text.encode()))
    return head


def _put(content: bytes, path: Path) -> None:
    path.write_bytes(content)


def _is_head(path: Path) -> bool:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and {"ledger", "entries", "digest"} <= set(found)


def write_census(
    desk: Desk, day: dt.date, known_at: dt.datetime | None, out: Path, *, force: bool
) -> Census:
    """Write the census of a day, as known at a moment, as a folder that ``plan`` takes.

    Raises:
        DingdianError: no census was kept up to that day, or the place is taken.
    """
    from dingdian.actions.rebuild_census import rebuild_census
    from dingdian.storage.census_write import write_census as write
    from dingdian.storage.folders import Out, write_folder

    census = rebuild_census(desk.ledger, desk.terms, day, known_at)
    target = Out(out, force, ours=lambda folder: (folder / "institutions.csv").is_file())

    def fill(folder: Path) -> None:
        write(census, folder)

    write_folder(target, fill)
    return census
