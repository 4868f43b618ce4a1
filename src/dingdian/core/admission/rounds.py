"""The tables of a round -> its applications, each with what is wrong with its own rows."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.admission.application import (
    Application,
    Excepted,
    Fact,
    Material,
    Person,
    Recorded,
    Round,
    Score,
    Taken,
)
from dingdian.core.admission.contract import OF_APPLICATIONS, TABLES
from dingdian.core.admission.doubts import doubts, out_of_time
from dingdian.core.admission.rows import Row, rows_of
from dingdian.core.admission.words import Words
from dingdian.core.census import Census
from dingdian.core.census.applicants import APPLICANTS, FLAGS
from dingdian.core.census.faults import OF_CELLS
from dingdian.core.census.places import place_of
from dingdian.core.census.table import Cell, Table, unknown_column
from dingdian.core.errors import Fault, Place, RequestError, Severity, fault
from dingdian.core.faults import KINDS
from dingdian.core.spacing.applicants import asked_of, district_named
from dingdian.core.spacing.places import Site
from dingdian.core.spacing.stock import PHARMACY_KIND
from dingdian.core.spacing.terms import Side

_NAMES = re.compile(r"\s*[;；]\s*")


@dataclass(frozen=True, slots=True)
class _Rows:
    """What speaks of one application: its rows by table, and what is wrong with them."""

    by_table: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    faults: list[Fault] = field(default_factory=list)


def round_of(
    tables: Mapping[str, Table],
    census: Census,
    *,
    faults: Iterable[Fault] = (),
    words: Words | None = None,
) -> Round:
    """The round that tables of ``contract.TABLES`` hold.

    ``faults`` are what reading them found; those of an application's rows go with it. ``words``
    tell which item of the shelf a wording means; without them items are taken as written.

    Raises:
        RequestError: a file or a sheet cannot be read, there is no application, one is there
            twice, or a row is about one that is not there: all of these in one list. Or a cell of
            what concerns no single application cannot be read: nobody knows whom it touches.
    """
    found = list(faults)
    _check(tables, found)
    rows = {name: rows_of(name, table, words, found) for name, table in tables.items()}
    kept = rows_of("records", census.tables["records"], words, found)
    about = {row.text("item"): row.text("value") for row in rows.get("round", ())}
    decided_on = _day(about.get("decided_on"))
    for its in rows.values():
        found += (each for row in its for each in doubts(row, decided_on))
    sites, services = _placed(tables["applications"], census, found)
    opened = _day(about.get("opened_from")), _day(about.get("opened_through"))
    found += (each for row in rows["applications"] for each in out_of_time(row, *opened))
    own = _sorted_out(rows, found)
    wrong = tuple(each for each in found if _stops(each))
    if wrong:
        raise RequestError(wrong)
    found += _seed_faults(about, rows, decided_on)
    applications = []
    for at, row in enumerate(rows["applications"]):
        code = row.text("code")
        district = district_named(tables["applications"], at, census)
        applications.append(
            _application(
                row,
                own[code],
                site=sites.get(code),
                services=services.get(code, ()),
                district=district,
                census=census,
                decided_on=decided_on,
            )
        )
    return Round(
        id=about.get("id", ""),
        year=int(about["year"]) if about.get("year", "").isdigit() else None,
        decided_on=decided_on,
        seed=about.get("lottery_seed", ""),
        seed_published_on=_day(about.get("seed_published_on")),
        opened_from=opened[0],
        opened_through=opened[1],
        applications=tuple(applications),
        records=tuple(_recorded(row) for row in (*rows.get("records", ()), *kept)),
        taken=tuple(_taken(rows.get("taken", ()))),
        tables=MappingProxyType(dict(tables)),
        faults=tuple(dict.fromkeys(found)),
    )


# ---------------------------------------------------------------- what stops a round


def _check(tables: Mapping[str, Table], faults: Sequence[Fault]) -> None:
    wrong = [each for each in faults if _is_of_the_file(each)]
    table = tables.get("applications")
    if table is None or not len(table):
        wrong.append(fault("round_without_applications"))
    else:
        wrong += _repeated(table)
        codes = frozenset(table["code"].cells()) - {None}
        for name in OF_APPLICATIONS:
            wrong += _of_nothing(tables[name], codes) if name in tables else ()
    if wrong:
        raise RequestError(tuple(wrong))


def _is_of_the_file(each: Fault) -> bool:
    """Whether a fault is of a file or sheet, and keeps it from being read."""
    return _stops(each) and each.kind not in OF_CELLS


def _stops(each: Fault) -> bool:
    return KINDS[each.kind].severity is Severity.BLOCKING


def _repeated(table: Table) -> Iterator[Fault]:
    seen: dict[object, int] = {}
    for row, code in enumerate(table["code"].cells()):
        if code is None:
            yield fault("empty_required", place_of(table, row, "code"), value="")
        elif code in seen:
            first = table.origin[seen[code]]
            yield fault("duplicate_key", place_of(table, row, "code"), value=code, first=first)
        else:
            seen[code] = row


def _of_nothing(table: Table, codes: Collection[Cell]) -> Iterator[Fault]:
    for row, code in enumerate(table["application"].cells()):
        if code is None:
            yield fault("empty_required", place_of(table, row, "application"), value="")
        elif code not in codes:
            place, other = place_of(table, row, "application"), TABLES["applications"].zh
            yield fault("unknown_reference", place, value=code, other=other)


# ---------------------------------------------------------------- whose is a row, and a fault


def _sorted_out(rows: Mapping[str, list[Row]], found: list[Fault]) -> Mapping[str, _Rows]:
    """The rows and faults of each application; ``found`` keeps the faults of none of them."""
    own: dict[str, _Rows] = defaultdict(_Rows)
    owner: dict[Place, str] = {}
    for name in ("applications", *OF_APPLICATIONS):
        key = "code" if name == "applications" else "application"
        for row in rows.get(name, ()):
            own[row.text(key)].by_table[name].append(row)
            owner[row.place] = row.text(key)
    left: list[Fault] = []
    for each in dict.fromkeys(found):
        code = owner.get(Place(each.place.file, each.place.sheet, each.place.row))
        (left if code is None else own[code].faults).append(each)
    found[:] = left
    return own


def _seed_faults(
    about: Mapping[str, str], rows: Mapping[str, list[Row]], decided_on: dt.date | None
) -> Iterator[Fault]:
    """A seed that was not published before the decision draws no lottery that one can trust."""
    published = _day(about.get("seed_published_on"))
    if about.get("lottery_seed") and (
        published is None or (decided_on is not None and published > decided_on)
    ):
        row = next(each for each in rows["round"] if each.text("item") == "lottery_seed")
        value = published or "—"
        yield fault("seed_not_published", row.at(TABLES["round"]["value"].zh), value=value)


# ---------------------------------------------------------------- rows as values


def _placed(
    table: Table, census: Census, found: list[Fault]
) -> tuple[dict[str, Site], dict[str, tuple[str, ...]]]:
    """The site of each application that has one, and the services of each."""
    lacking = {
        row: [fault("empty_required", place_of(table, row, "kind"), value="")]
        for row in range(len(table))
        if table["kind"].cell(row) is None
    }
    columns = {**table.columns, "rank": unknown_column(APPLICANTS["rank"], len(table))}
    asked = asked_of(Table(APPLICANTS, columns, table.origin), census, lacking)
    found += (each for each in asked.faults if each.kind != "empty_required")
    services = {each.id: each.services for each in asked.sites}
    services |= {each.id: each.services or () for each in asked.faulty}
    return {each.id: each for each in asked.sites}, services


def _application(
    row: Row,
    own: _Rows,
    *,
    site: Site | None,
    services: tuple[str, ...],
    district: str,
    census: Census,
    decided_on: dt.date | None,
) -> Application:
    kind, faults = row.text("kind"), list(own.faults)
    within = site.district if site and site.district else district
    beds = _beds(own.by_table["bed_requests"], faults)
    facts = _facts(own.by_table["facts"], faults, decided_on)
    return Application(
        id=row.text("code"),
        name=row.text("name"),
        origin=row.origin,
        site=site,
        side=Side.PHARMACY if kind == PHARMACY_KIND else Side.MEDICAL,
        kind=kind,
        level=row.text("level"),
        type=row.text("type"),
        ownership=row.text("ownership"),
        region=row.text("region"),
        district=within,
        zone=census.tree.zones.get(within) or "",
        uscc=row.text("uscc"),
        institution=row.text("institution"),
        moved=row.flag("moved") is True,
        services=services,
        beds=MappingProxyType(beds),
        flags=frozenset(name for name in FLAGS if row.flag(name) is True),
        unknown_flags=frozenset(name for name in FLAGS if row.flag(name) is None),
        applied_on=row.day("applied_on"),
        accepted_on=row.day("accepted_on"),
        opened_on=row.day("opened_on"),
        people=tuple(_person(each) for each in own.by_table["people"]),
        materials=tuple(_material(each) for each in own.by_table["materials"]),
        facts=MappingProxyType(facts),
        scores=tuple(_score(each) for each in own.by_table["scores"]),
        exceptions=tuple(_excepted(each) for each in own.by_table["exceptions"]),
        faults=tuple(faults),
        chain=row.text("chain"),
    )


def _beds(rows: Sequence[Row], faults: list[Fault]) -> dict[str, Fraction | None]:
    """Beds by class; a class named twice is unknown, as are beds of no known class."""
    beds: dict[str, Fraction | None] = {}
    for row in rows:
        name = row.text("bed_class")
        if name in beds:
            heading = TABLES["bed_requests"]["bed_class"].zh
            faults.append(fault("bed_class_twice", row.at(heading), value=name))
        beds[name] = None if name in beds or not name else row.number("beds")
    return beds


def _facts(rows: Sequence[Row], faults: list[Fault], decided_on: dt.date | None) -> dict[str, Fact]:
    """Facts by item: the last one found up to the decision; a contradiction of a day is unknown."""
    facts: dict[str, Fact] = {}
    last = decided_on or dt.date.max
    known = (each for each in rows if (each.day("found_on") or dt.date.min) <= last)
    for row in sorted(known, key=lambda each: each.day("found_on") or dt.date.min):
        new = _fact(row)
        old = facts.get(new.item)
        same_day = old is not None and old.found_on == new.found_on
        if old and same_day and (old.yes, old.amount) != (new.yes, new.amount):
            heading = TABLES["facts"]["item"].zh
            details = {"value": new.item, "first": old.origin}
            faults.append(fault("fact_contradicted", row.at(heading), **details))
            new = _unknown(new)
        facts[new.item] = new
    return facts


def _fact(row: Row) -> Fact:
    return Fact(
        item=row.text("item"),
        yes=row.flag("yes"),
        amount=row.number("amount"),
        found_on=row.day("found_on"),
        by=row.text("by"),
        evidence=row.text("evidence"),
        origin=row.origin,
    )


def _unknown(fact: Fact) -> Fact:
    return Fact(fact.item, None, None, fact.found_on, fact.by, fact.evidence, fact.origin)


def _person(row: Row) -> Person:
    return Person(row.text("role"), row.text("name"), row.text("id_number"))


def _material(row: Row) -> Material:
    return Material(row.text("item"), row.day("dated"), row.day("received_on"), row.origin)


def _score(row: Row) -> Score:
    """A score; one above its full score, or of no known part, is unknown."""
    part, score, full = row.text("part"), row.number("score"), row.number("full")
    beyond = score is not None and full is not None and score > full
    return Score(
        part=part,
        item=row.text("item"),
        passed=row.flag("passed"),
        score=None if beyond or not part else score,
        full=full,
        evaluated_on=row.day("evaluated_on"),
        origin=row.origin,
    )


def _recorded(row: Row) -> Recorded:
    return Recorded(
        number=row.text("number"),
        item=row.text("item"),
        uscc=row.text("uscc"),
        institution=row.text("institution"),
        id_number=row.text("id_number"),
        name=row.text("name"),
        other_names=tuple(filter(None, _NAMES.split(row.text("other_names")))),
        happened_on=row.day("happened_on"),
        met_on=row.day("met_on"),
        lifted_on=row.day("lifted_on"),
        document=row.text("document"),
        origin=row.origin,
    )


def _excepted(row: Row) -> Excepted:
    return Excepted(
        rule=row.text("rule"),
        decided_on=row.day("decided_on"),
        by=row.text("by"),
        reason=row.text("reason"),
        evidence=row.text("evidence"),
        minute=row.text("minute"),
        effect=row.text("effect"),
        origin=row.origin,
    )


def _taken(rows: Sequence[Row]) -> Iterator[Taken]:
    for row in rows:
        amount = row.number("amount")
        if amount is not None:
            yield Taken(row.text("resource"), row.text("region"), amount, row.origin)


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text or "")
    except ValueError:
        return None
