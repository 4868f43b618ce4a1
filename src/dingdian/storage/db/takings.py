"""The index of the places that cases have taken: kept with the entries, made from them again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from dingdian.core.lifecycle.chain import Stored
from dingdian.core.lifecycle.entry import entry_of
from dingdian.core.lifecycle.takings import CHANGE, Taking, takings
from dingdian.storage.db import models
from dingdian.storage.db.statements import Statement, rows, run

#: Only a case with one of these entries can have taken a place: few are to be parsed.
_CHANGES = re.compile(f'"move":"(?:{"|".join(sorted(CHANGE))})"')
_OF_CASE = "SELECT body FROM ledger_entry WHERE case_name = %s ORDER BY seq"
_COLUMNS = "seq, case_name, region, day, resource, bed_class, amount, exempt"
_ADD = f"INSERT INTO ledger_taking ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608 -- columns of ours
_DROP = "DELETE FROM ledger_taking WHERE case_name = %s"
_OF_YEAR = (
    f"SELECT {_COLUMNS} FROM ledger_taking"  # noqa: S608 -- columns of ours
    " WHERE resource = %s AND day >= %s AND day < %s ORDER BY seq, bed_class"
)


def changed(stored: Iterable[Stored]) -> dict[str, None]:
    """The cases of some stored entries that may have taken more or less by them, in order."""
    return dict.fromkeys(each.case for each in stored if _CHANGES.search(each.body))


def keep(alias: str, cases: Iterable[str]) -> None:
    """Make the index of some cases anew from their entries, within a transaction."""
    run(alias, _statements(alias, cases))


def _statements(alias: str, cases: Iterable[str]) -> Iterator[Statement]:
    for case in cases:
        yield _DROP, (case,)
        for each in _of_case(alias, case):
            yield _ADD, _row(each)


def _of_case(alias: str, case: str) -> tuple[Taking, ...]:
    return takings([entry_of(body) for (body,) in rows(alias, _OF_CASE, (case,))])


def _row(each: Taking) -> tuple[object, ...]:
    at = each.seq, each.case, each.region, each.day.isoformat()
    return *at, each.resource, each.bed_class, each.amount, each.exempt


def of_year(alias: str, resource: str, year: int) -> list[Taking]:
    """What cases have taken of a resource in a year, in the order of the entries."""
    first, after = (dt.date(each, 1, 1).isoformat() for each in (year, year + 1))
    return [Taking(*row) for row in rows(alias, _OF_YEAR, (resource, first, after))]


def differing(alias: str, cases: Iterable[str]) -> set[str]:
    """Of the cases that may have taken places, and those of the index: where it is not so."""
    there: dict[str, set[Taking]] = {}
    names = [each.attname for each in models.Taking._meta.fields if each.attname != "id"]
    for row in models.Taking.objects.using(alias).values_list(*names).iterator():
        taking = Taking(*row)
        there.setdefault(taking.case, set()).add(taking)
    wanted = {case: set(_of_case(alias, case)) for case in cases}
    return {c for c in wanted.keys() | there.keys() if wanted.get(c, set()) != there.get(c, set())}


def rebuild(alias: str, cases: Iterable[str]) -> None:
    """Make the index anew for the cases that may have taken places, within a transaction."""
    run(alias, [("DELETE FROM ledger_taking", ())])
    keep(alias, cases)
