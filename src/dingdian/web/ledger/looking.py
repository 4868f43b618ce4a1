"""An institution or a case as its page tells it: rows in words, nothing decided."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import pgettext

from dingdian.actions.show_case import Reached, ShownCase
from dingdian.actions.show_institution import ShownInstitution
from dingdian.core.census.schema import TABLES
from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.lifecycle.due import Due
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.facts import FACTS
from dingdian.core.lifecycle.terms import Terms
from dingdian.reports.lives.words import Speech
from dingdian.storage.db.institutions import Version
from dingdian.web.bureau import lang
from dingdian.web.ledger import words

#: Facts that name or number a person, and how each is masked.
PERSONS: Mapping[str, str] = {"person": "number"}
#: Columns of an institution that are told in a table of their own.
_ORDER: Mapping[str, int] = {name: at for at, name in enumerate(FACTS)}
_APART = frozenset(
    f"{service}{end}" for service in SERVICES for end in ("", "_since", "_until")
) | {"code", "name"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: its name, its words, what the ledger kept where that differs, how it is masked."""

    name: str
    says: str
    was: str = ""
    masked: str = ""


def facts(shown: ShownInstitution, regions: Mapping[str, str]) -> Iterator[Fact]:
    """The facts of the row of the census that are known, moves since then taken in."""
    for field in TABLES["institutions"]:
        if field.name in _APART:
            continue
        now, kept = shown.facts.get(field.name), shown.kept.get(field.name)
        if now is None and kept is None:
            continue
        says, was = (words.cell(field, each) for each in (now, kept))
        if field.name == "region" and str(now) in regions:
            says = f"{regions[str(now)]} {now}"
        changed = shown.kept and now != kept
        yield Fact(words.heading(field), says, was if changed else "")


def services(shown: ShownInstitution) -> Iterator[dict[str, Any]]:
    """Services that are known to be open or closed, since when and until when."""
    for name in SERVICES:
        is_open = shown.facts.get(name)
        if is_open is not None:
            yield {
                "name": words.term("service", name),
                "open": is_open,
                "since": shown.facts.get(f"{name}_since"),
                "until": shown.facts.get(f"{name}_until"),
            }


def beds(shown: ShownInstitution) -> list[dict[str, Any]]:
    """Beds by class; unknown stays unknown."""
    return [{**row, "name": words.bed_class(str(row["bed_class"]))} for row in shown.beds]


def agreement(shown: ShownInstitution) -> Iterator[Fact]:
    """The agreement as the census has it."""
    for field in TABLES["agreements"]:
        value = shown.agreement.get(field.name)
        if field.name != "institution" and value is not None:
            name, says = words.heading(field), words.cell(field, value)
            yield Fact(name, says, masked=PERSONS.get(field.name, ""))


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the ledger in words."""

    entry: Entry
    move: str
    stages: str
    who: str
    facts: tuple[Fact, ...]
    remarks: tuple[str, ...]
    undone: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that is due, in words."""

    due: Due
    urgency: str
    rule: str
    who: str
    note: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A case in words."""

    shown: ShownCase
    stage: str
    services: str
    beds: str
    agreement_through: dt.date | None
    lines: tuple[Line, ...]
    limits: tuple[Limit, ...]
    possible: str
    closed: tuple[str, ...]
    reached: tuple[str, ...]
    reading: str


def told(shown: ShownCase, terms: Terms, day: dt.date) -> Told:
    """A case in the language of the page."""
    speech = Speech(lang(), terms, day)
    state = shown.state
    return Told(
        shown=shown,
        stage=words.stage(state.stage),
        services=words.joined([speech.service(each) for each in state.services]),
        beds=words.joined([f"{speech.bed_class(e)} {n}" for e, n in state.beds.items()]),
        agreement_through=state.agreed_through,
        lines=tuple(reversed([*_lines(shown.entries, terms, speech)])),
        limits=tuple(limit(each, day, speech) for each in shown.due),
        possible=words.joined([speech.move(each) for each in shown.possible]),
        closed=tuple(f"{speech.service(s)}（{speech.rule(rule)}）" for s, rule in shown.closed),
        reached=tuple(_reached(each, speech) for each in shown.reached),
        reading=_reading(shown.reading, terms, day),
    )


def _lines(entries: Sequence[Entry], terms: Terms, speech: Speech) -> Iterator[Line]:
    undone = {each.facts.get("entry") for each in entries if each.move == "annul"}
    for each in entries:
        stages = words.stage(each.target)
        if each.source and each.source != each.target:
            stages = f"{words.stage(each.source)} → {stages}"
        yield Line(
            entry=each,
            move=speech.move(each.move),
            stages=stages,
            who=speech.role(each.role),
            facts=tuple(
                Fact(
                    words.fact_name(name),
                    words.fact(name, text, terms, each.held_on),
                    masked=PERSONS.get(name, ""),
                )
                for name, text in sorted(each.facts.items(), key=_in_order)
            ),
            remarks=tuple(words.remark(kind) for kind in each.remarks),
            undone=str(each.seq) in undone,
        )


def _in_order(fact: tuple[str, str]) -> int:
    """Facts stand in the order of the table of facts."""
    return _ORDER.get(fact[0], len(_ORDER))


def limit(due: Due, day: dt.date, speech: Speech) -> Limit:
    """Something that is due, in words; ``days`` are left, below nought they are over."""
    return Limit(
        due,
        speech.urgency(due.urgency),
        speech.rule(due.rule),
        speech.role(due.who),
        speech.note(due),
        (due.last - day).days if due.last else None,
    )


def _reached(each: Reached, speech: Speech) -> str:
    if each.red_line:
        return pgettext("ledger", "red line set: %(rule)s") % {"rule": each.red_line}
    return f"{speech.rule(each.rule)}：{each.was or '—'} → {each.now or '—'}"


def _reading(chosen: str, terms: Terms, day: dt.date) -> str:
    """The option of the reading on what reaches an open case, in words."""
    reading = terms.policy(day).readings.get("red_line_open_cases")
    if reading is None:
        return chosen
    return words.pick(reading.options.get(chosen, ""), reading.options_en.get(chosen, ""))


@dataclass(frozen=True, slots=True)
class Change:
    """A cell of a row that is another one in a later version of the census."""

    table: str
    row: str
    name: str
    was: str
    now: str
    masked: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of the rows of an institution: what it changed, and where it came from."""

    since: dt.date
    known_at: dt.datetime
    origins: tuple[str, ...]
    first: bool
    changes: tuple[Change, ...]


def history(found: Sequence[Version]) -> list[Kept]:
    """What the censuses said of an institution over time, the last one first."""
    before: dict[tuple[str, str], dict[str, str]] = {}
    made: list[Kept] = []
    moments = dict.fromkeys((each.since, each.known_at) for each in found)
    for since, known_at in moments:
        its = [each for each in found if (each.since, each.known_at) == (since, known_at)]
        first, changes = not before, []
        for each in its:
            was = before.get((each.table, each.key), {})
            now = json.loads(each.content) if each.content is not None else {}
            before[each.table, each.key] = now
            changes += [] if first else _changes(each, was, now)
        origins = tuple(dict.fromkeys(each.origin for each in its if each.origin))
        if first or changes:
            made.append(Kept(since, known_at, origins, first, tuple(changes)))
    return made[::-1]


def _changes(each: Version, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    schema = TABLES[each.table]
    key = json.loads(each.key)
    row = words.bed_class(key[1]) if each.table == "beds" else ""
    for field in schema:
        old, new = (str(cells.get(field.name, "")) for cells in (was, now))
        if old != new:
            yield Change(
                words.heading(schema),
                row,
                words.heading(field),
                words.spelt(field, old),
                words.spelt(field, new),
                PERSONS.get(field.name, ""),
            )
