"""Licences matched with institutions and applicants by their unified social credit code."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.census.table import Table
from dingdian.core.errors import Text


class Group(StrEnum):
    """Licences of which one is enough."""

    PRACTICE = "practice"
    DRUG = "drug"
    BUSINESS = "business"


#: Kind of a licence -> its group.
GROUPS: Mapping[str, Group] = MappingProxyType(
    {
        "practice_licence": Group.PRACTICE,
        "clinic_filing": Group.PRACTICE,
        "drug_licence": Group.DRUG,
        "business_licence": Group.BUSINESS,
    }
)
VALID = "valid"


class Problem(StrEnum):
    """What a file of licences says against somebody."""

    INVALID = "invalid"
    EXPIRED = "expired"
    MISSING = "missing"
    NAME = "name"
    ADDRESS = "address"
    NO_CODE = "no_code"


PROBLEMS: Mapping[Problem, Text] = MappingProxyType(
    {
        Problem.INVALID: Text("证照失效", "licence not valid"),
        Problem.EXPIRED: Text("证照过期", "licence expired"),
        Problem.MISSING: Text("清单中没有", "not in the file"),
        Problem.NAME: Text("名称不一致", "name differs"),
        Problem.ADDRESS: Text("地址不一致", "address differs"),
        Problem.NO_CODE: Text("台账缺信用代码", "no credit code in the ledger"),
    }
)


@dataclass(frozen=True, slots=True)
class Licence:
    """A row of the file: ``row`` says where it stands; ``through`` ``None``: without an end."""

    row: str
    kind: str
    uscc: str
    number: str
    name: str
    address: str
    through: dt.date | None
    status: str


@dataclass(frozen=True, slots=True)
class Subject:
    """An institution or an open applicant; an empty address or code is not known."""

    case: str
    code: str
    name: str
    address: str
    uscc: str
    pharmacy: bool
    district: str


@dataclass(frozen=True, slots=True)
class Found:
    """A problem of somebody, and the licence that shows it (``None``: there is none)."""

    problem: Problem
    subject: Subject
    group: Group | None
    licence: Licence | None = None


@dataclass(frozen=True, slots=True)
class Matched:
    """What a file comes to: problems, how many subjects have a row, and rows of nobody."""

    found: tuple[Found, ...]
    subjects: int
    strangers: tuple[Licence, ...]


def licences_of(table: Table) -> Iterator[Licence]:
    """The rows of a table of licences."""
    names = ("kind", "uscc", "number", "name", "address", "through", "status")
    for at, cells in enumerate(zip(*(table[each].cells() for each in names), strict=True)):
        kind, uscc, number, name, address, through, status = cells
        yield Licence(
            row=table.origin[at],
            kind=str(kind),
            uscc=str(uscc).upper(),
            number=str(number or ""),
            name=str(name or ""),
            address=str(address or ""),
            through=through if isinstance(through, dt.date) else None,
            status=str(status),
        )


def match(licences: Iterable[Licence], subjects: Iterable[Subject], day: dt.date) -> Matched:
    """Hold the licences of a file against subjects on a day.

    A licence is missing only where the file has any of its group, and the subject needs one: a
    medical institution one to practise, a pharmacy one for drugs and one of business. Of several
    rows of a group that under the subject's own name counts, else the one that is valid longest.
    """
    by_code: dict[str, list[Licence]] = {}
    for each in licences:
        by_code.setdefault(each.uscc, []).append(each)
    groups = {GROUPS[each.kind] for rows in by_code.values() for each in rows}
    known = list(subjects)
    found = [one for each in known for one in _problems(each, by_code, groups, day)]
    codes = {each.uscc.upper() for each in known if each.uscc}
    strangers = [each for code, rows in by_code.items() if code not in codes for each in rows]
    have = sum(each.uscc.upper() in by_code for each in known if each.uscc)
    return Matched(tuple(found), have, tuple(strangers))


def _problems(
    subject: Subject,
    by_code: Mapping[str, Sequence[Licence]],
    groups: Collection[Group],
    day: dt.date,
) -> Iterator[Found]:
    if not subject.uscc:
        yield Found(Problem.NO_CODE, subject, None)
        return
    rows = by_code.get(subject.uscc.upper(), ())
    needed = (Group.DRUG, Group.BUSINESS) if subject.pharmacy else (Group.PRACTICE,)
    for group in Group:
        if group not in groups:
            continue
        licence = _best([each for each in rows if GROUPS[each.kind] is group], subject)
        if licence is not None:
            yield from (Found(each, subject, group, licence) for each in _of(licence, subject, day))
        elif group in needed:
            yield Found(Problem.MISSING, subject, group)


def _best(rows: Sequence[Licence], subject: Subject) -> Licence | None:
    named = [each for each in rows if same(each.name, subject.name)]
    return max(
        named or rows,
        key=lambda e: (e.status == VALID, e.through or dt.date.max, e.number),
        default=None,
    )


def _of(licence: Licence, subject: Subject, day: dt.date) -> Iterator[Problem]:
    if licence.status != VALID:
        yield Problem.INVALID
    elif licence.through is not None and licence.through < day:
        yield Problem.EXPIRED
    if not same(licence.name, subject.name):
        yield Problem.NAME
    if licence.address and subject.address and not same(licence.address, subject.address):
        yield Problem.ADDRESS


def same(one: str, other: str) -> bool:
    """Whether two texts are the same but for width of signs, blanks and capitals.

    >>> same("示例药房（一店）", "示例药房(一店) ")
    True
    """
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
