"""The census of a day, rebuilt: the last one that was taken, and what the ledger says since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from dingdian.core.census import Census, make_census
from dingdian.core.census.table import Cell, Table, column_from_cells
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.releases import changes
from dingdian.core.lifecycle.stages import LIVE, STAGES, Stage
from dingdian.core.lifecycle.state import State, in_effect, state_of
from dingdian.core.lifecycle.terms import Terms

#: Columns of an institution that a case may describe.
_ABOUT = (
    "name",
    "uscc",
    "kind",
    "level",
    "type",
    "ownership",
    "region",
    "address",
    "pharmacy_grade",
)
_NUMBERS = ("lon", "lat")
Cells = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Since:
    """What a rebuilt census adds to the one that was taken.

    ``day`` is the day of the picture, ``taken_on`` that of the census, ``saved_at`` the moment at
    which it was kept. An entry counts where it held by ``day`` and is not in the census yet: it
    held after ``taken_on``, or was only known after ``saved_at``. An entry that the census has and
    that was annulled since is taken out of it. ``opened_on`` is the first day that the ledger
    covers.
    """

    day: dt.date
    taken_on: dt.date
    saved_at: dt.datetime
    opened_on: dt.date

    def is_new(self, entry: Entry) -> bool:
        """Whether an entry tells something that the census does not."""
        return entry.move != "open" and (
            entry.held_on > self.taken_on or entry.known_at > self.saved_at
        )


def picture(
    base: Census,
    cases: Iterable[Sequence[Entry]],
    since: Since,
    terms: Terms,
    *,
    stood: Mapping[str, State] = MappingProxyType({}),
) -> Census:
    """The census of ``since.day``; of the day it was taken, and nothing known since, ``base``.

    ``cases`` are the entries of each case, as known at the moment asked for; ``stood`` are the
    states at the end of the day that the caller has worked out from them already.
    """
    told = [_Told.of(each, since, stood) for each in cases]
    new = sorted((each for each in told if each is not None), key=lambda e: e.entries[-1].seq)
    tables = dict(base.tables)
    patch = _Patch(base, terms, since.day)
    for each in new:
        patch.institution(each)
    tables["institutions"] = _patched(tables["institutions"], patch.changed, patch.added)
    tables["beds"] = _patched(tables["beds"], patch.beds, patch.beds_added)
    tables["agreements"] = _patched(tables["agreements"], patch.agreed, patch.agreements)
    gone = {_number(entry) for each in new for entry in each.annulled}
    tables["releases"] = _without(tables["releases"], gone)
    tables["records"] = _without(tables["records"], gone)
    released = list(_releases(new))
    released += _none_released(base, released, since)
    tables["releases"] = _patched(tables["releases"], {}, released)
    tables["records"] = _patched(tables["records"], {}, [*_records(told)])
    tables["about"] = _dated(tables["about"], since.day)
    return make_census(tables, base.boundaries)


@dataclass(frozen=True, slots=True)
class _Told:
    """A case of which the ledger tells something new."""

    entries: tuple[Entry, ...]
    fresh: frozenset[int]
    annulled: tuple[Entry, ...]
    state: State

    @classmethod
    def of(cls, entries: Sequence[Entry], since: Since, stood: Mapping[str, State]) -> _Told | None:
        held = tuple(e for e in in_effect(entries) if e.held_on <= since.day)
        fresh = frozenset(each.seq for each in held if since.is_new(each))
        undone = {e.facts["entry"] for e in entries if e.move == "annul" and since.is_new(e)}
        annulled = tuple(e for e in entries if str(e.seq) in undone and not since.is_new(e))
        if not (fresh or annulled):
            return None
        state = stood.get(entries[0].case) or state_of(held)
        if state is None:
            return None
        return cls(held, fresh, annulled, state)

    def stated(self) -> frozenset[str]:
        """The facts that the census does not have: new ones, and those of what was annulled."""
        new = (each for each in self.entries if each.seq in self.fresh)
        return frozenset(name for each in (*new, *self.annulled) for name in each.facts)

    def day_of(self, move: str, service: str) -> dt.date | None:
        """The day of the last entry of a move about a service."""
        days = (e.held_on for e in self.entries if e.move == move and e.facts["service"] == service)
        return max(days, default=None)


class _Patch:
    """The cells that change, by row, and the rows that are new."""

    def __init__(self, base: Census, terms: Terms, day: dt.date) -> None:
        self.terms, self.day = terms, day
        self.changed: dict[int, Cells] = {}
        self.added: list[Cells] = []
        self.beds: dict[int, Cells] = {}
        self.beds_added: list[Cells] = []
        self.agreed: dict[int, Cells] = {}
        self.agreements: list[Cells] = []
        institutions, beds, agreements = (
            base.tables[name] for name in ("institutions", "beds", "agreements")
        )
        self._rows = {code: at for at, code in enumerate(institutions["code"].cells())}
        self._new: dict[str, Cells] = {}
        self._services = {name: institutions[name].cells() for name in SERVICES}
        pairs = zip(beds["institution"].cells(), beds["bed_class"].cells(), strict=True)
        self._beds = {pair: at for at, pair in enumerate(pairs)}
        self._agreements = {c: at for at, c in enumerate(agreements["institution"].cells())}

    def institution(self, told: _Told) -> None:
        """What a case says of its institution; nothing where it has none, or no standing."""
        state = told.state
        if not state.institution or not _standing(state):
            return
        cells = self._cells(told)
        row = self._rows.get(state.institution)
        if row is not None:
            self.changed.setdefault(row, {}).update(cells)
        elif state.institution in self._new:
            self._new[state.institution].update(cells)
        else:
            self._new[state.institution] = cells
            self.added.append(cells)
        if "beds" in told.stated():
            self._set_beds(state)
        self._set_agreement(state)

    def _cells(self, told: _Told) -> Cells:
        state = told.state
        cells: Cells = {
            "code": state.institution,
            "standing": _standing(state),
            "standing_since": state.since if STAGES[state.stage].standing else state.ended_on,
            "designated_since": state.designated_since,
            "designated_until": state.ended_on,
        }
        stated = told.stated()
        cells |= {name: state.about[name] for name in _ABOUT if name in stated & set(state.about)}
        if stated >= {"lon", "lat"}:
            cells |= {name: float(state.about[name]) for name in _NUMBERS}
            cells["crs"] = state.about.get("crs")
        if "opened_on" in stated:
            cells["opened_on"] = dt.date.fromisoformat(state.about["opened_on"])
        return cells | self._services_of(told)

    def _services_of(self, told: _Told) -> Cells:
        """The services that are open now, where that is not what the census says."""
        state = told.state
        if state.stage not in LIVE:
            return {}
        closed = self._closed(told)
        row = self._rows.get(state.institution)
        cells: Cells = {}
        for service in SERVICES:
            is_open = service in state.services and service not in closed
            was = self._services[service][row] if row is not None else None
            if is_open is was or (row is not None and was is None and not is_open):
                continue
            cells[service] = is_open
            if is_open:
                cells |= {f"{service}_since": self._opened(told, service), f"{service}_until": None}
            elif row is not None:
                cells[f"{service}_until"] = told.day_of("close_service", service) or state.since
        return cells

    def _closed(self, told: _Told) -> frozenset[str]:
        """The services that the stage closes, less those that a recorded exception opened."""
        closed = self.terms.closed_services(told.state, self.day)
        signed = told.state.last("agreement_signed")
        since = signed.day if signed else dt.date.min
        opened = {each: told.day_of("open_service", each) for each in closed}
        return frozenset(e for e in closed if (day := opened[e]) is None or day < since)

    def _opened(self, told: _Told, service: str) -> dt.date | None:
        """The day on which a service opened: by an entry, with a stage, or with the agreement."""
        opened = told.day_of("open_service", service)
        if opened is not None:
            return opened
        found = told.state.designated_since
        for each in told.entries:
            stages = Stage(each.source or each.target), Stage(each.target)
            was, then = (
                service in self.terms.closed_services(replace(told.state, stage=s), each.held_on)
                for s in stages
            )
            if was and not then:
                found = each.held_on
        return found

    def _set_beds(self, state: State) -> None:
        """Contracted beds as the agreement has them; approved and open beds stay as they are."""
        there = {bed_class for code, bed_class in self._beds if code == state.institution}
        for bed_class in dict.fromkeys([*there, *state.beds]):
            cells: Cells = {"contracted": Fraction(state.beds.get(str(bed_class), 0))}
            row = self._beds.get((state.institution, bed_class))
            if row is not None:
                self.beds.setdefault(row, {}).update(cells)
            else:
                cells |= {"institution": state.institution, "bed_class": bed_class}
                self.beds_added.append(cells)

    def _set_agreement(self, state: State) -> None:
        """The agreement that stands; of one that ended the row stays, with its last day."""
        if state.agreement is None:
            return
        cells: Cells = {
            "institution": state.institution,
            "number": state.agreement.number,
            "since": state.agreement.since,
            "through": _last_day(state),
            "guidance_through": state.scheduled.get("guidance_ended"),
            "trial_through": state.scheduled.get("trial_ended"),
            "suspended_through": state.scheduled.get("agreement_lapsed"),
            "chain": state.about.get("chain"),
            "person": state.about.get("person"),
        }
        row = self._agreements.get(state.institution)
        if row is not None:
            self.agreed.setdefault(row, {}).update(cells)
        else:
            self.agreements = [a for a in self.agreements if a["institution"] != state.institution]
            self.agreements.append(cells)


def _last_day(state: State) -> dt.date | None:
    """The last day of an agreement: the agreed one, or the one before an earlier end."""
    before = state.ended_on - dt.timedelta(1) if state.ended_on else None
    return min((each for each in (state.agreed_through, before) if each), default=None)


def _standing(state: State) -> str:
    """The standing in a census; who is reviewed anew after an agreement has none for now."""
    return STAGES[state.stage].standing or ("expired" if state.ended_on else "")


def _number(entry: Entry) -> str:
    """How the numbers of the rows begin that an entry made."""
    return f"L{entry.seq:06d}"


def _without(table: Table, gone: Collection[str]) -> Table:
    """A table without the rows of entries that were annulled since it was kept."""
    numbers = table["number"].cells()
    rows = [at for at, cell in enumerate(numbers) if str(cell).partition("-")[0] not in gone]
    if len(rows) == len(table):
        return table
    kept = np.array(rows, np.int64)
    columns = {name: column.take(kept) for name, column in table.columns.items()}
    return Table(table.schema, MappingProxyType(columns), tuple(table.origin[at] for at in rows))


def _releases(told: Iterable[_Told]) -> Iterator[Cells]:
    """The rows of what was set free, numbered by entry."""
    for case in told:
        for number, each in enumerate(changes(case.entries), 1):
            if each.amount > 0 and each.seq in case.fresh:
                yield {
                    "number": f"L{each.seq:06d}-{number}",
                    "region": each.region,
                    "year": Fraction(each.day.year),
                    "released_on": each.day,
                    "institution": each.institution or None,
                    "cause": each.cause,
                    "resource": each.resource,
                    "bed_class": each.bed_class or None,
                    "amount": Fraction(each.amount),
                }


#: Event that the records hold as it is called there: what a second evaluation and the bar after it
#: count from.
_FAILED = ("evaluation_failed", "second_evaluation_failed")


def _records(told: Iterable[_Told | None]) -> Iterator[Cells]:
    """What bars an applicant later: terminations with their ground, and failed evaluations."""
    for case in told:
        about = case.state.about if case else {}
        for each in case.entries if case else ():
            raised = MOVES[each.move].raises
            failed = next((event for event in reversed(_FAILED) if event in raised), "")
            item = each.facts.get("bar") or failed
            if not item or case is None or each.seq not in case.fresh:
                continue
            yield {
                "number": f"L{each.seq:06d}",
                "item": item,
                "uscc": about.get("uscc"),
                "institution": case.state.institution or None,
                "id_number": about.get("person"),
                "name": about.get("name"),
                "happened_on": each.held_on,
                "document": each.documents[0] if each.documents else None,
            }


def _none_released(base: Census, released: Sequence[Cells], since: Since) -> list[Cells]:
    """A row of 0 for each year that the ledger covers from its first day and that released none."""
    stated = {*base.tables["releases"]["year"].cells(), *(row["year"] for row in released)}
    covered = (
        year
        for year in range(since.opened_on.year, since.day.year + 1)
        if since.opened_on <= dt.date(year, 1, 1) and since.taken_on < dt.date(year, 12, 31)
    )
    return [
        {
            "number": f"L{year}-0",
            "region": base.tree.root,
            "year": Fraction(year),
            "cause": "termination",
            "resource": "pharmacies",
            "amount": Fraction(0),
        }
        for year in covered
        if Fraction(year) not in stated
    ]


def _dated(about: Table, day: dt.date) -> Table:
    items = about["item"].cells()
    rows = {at: {"value": day.isoformat()} for at, item in enumerate(items) if item == "taken_on"}
    return _patched(about, rows, [] if rows else [{"item": "taken_on", "value": day.isoformat()}])


def _patched(
    table: Table, changed: Mapping[int, Mapping[str, Cell]], added: Sequence[Mapping[str, Cell]]
) -> Table:
    """A table with some cells changed and some rows added; its other columns are the same."""
    if not changed and not added:
        return table
    touched = {name for cells in changed.values() for name in cells}
    columns = {}
    for field in table.schema:
        column = table[field.name]
        if field.name in touched or added:
            cells = column.cells()
            for row, its in changed.items():
                if field.name in its:
                    cells[row] = its[field.name]
            cells += [row.get(field.name) for row in added]
            column = column_from_cells(field, cells)
        columns[field.name] = column
    origin = (*table.origin, *("ledger" for _ in added))
    return Table(table.schema, MappingProxyType(columns), origin)
