"""The index of cases: kept with every entry, compared with the entries, made from them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dingdian.core.lifecycle.chain import Stored
from dingdian.core.lifecycle.entry import Entry, entry_of
from dingdian.storage.db import models
from dingdian.storage.db.models import Case, Naming
from dingdian.storage.db.statements import Statement, rows, run

#: Only a text with this in it can name an institution: few are to be parsed.
_NAMES = '"institution":'
#: So many cases are asked for at once.
_AT_ONCE = 500
_NEW_CASE = (
    "INSERT INTO ledger_case (first_seq, case_name, last_seq) SELECT %s, %s, %s"
    " WHERE NOT EXISTS (SELECT 1 FROM ledger_case WHERE case_name = %s)"
)
_LAST_OF_CASE = "UPDATE ledger_case SET last_seq = %s WHERE case_name = %s"
_NEW_NAMING = (
    "INSERT INTO ledger_naming (first_seq, institution) SELECT first_seq, %s FROM ledger_case c"
    " WHERE case_name = %s AND NOT EXISTS (SELECT 1 FROM ledger_naming n"
    " WHERE n.first_seq = c.first_seq AND institution = %s)"
)
_CASES_OF = (
    "SELECT case_name FROM ledger_naming n JOIN ledger_case c ON c.first_seq = n.first_seq"
    " WHERE institution = %s ORDER BY c.first_seq"
)


@dataclass(slots=True)
class Indexed:
    """What the index says of a case: its first and last entry, and the institutions named."""

    first_seq: int
    last_seq: int
    institutions: set[str] = field(default_factory=set)


def indexed(stored: Iterable[Stored]) -> dict[str, Indexed]:
    """What the index is to say of the cases of some stored entries.

    Raises:
        ValueError: a text is no entry.
    """
    found: dict[str, Indexed] = {}
    for each in stored:
        its = found.get(each.case)
        if its is None:
            its = found[each.case] = Indexed(each.seq, each.seq)
        its.last_seq = each.seq
        if _NAMES in each.body and (code := entry_of(each.body).facts.get("institution")):
            its.institutions.add(code)
    return found


def adding(new: Mapping[str, Indexed]) -> Iterator[Statement]:
    """The statements that take what entries say of their cases into the index."""
    for case, its in new.items():
        yield _NEW_CASE, (its.first_seq, case, its.last_seq, case)
        yield _LAST_OF_CASE, (its.last_seq, case)
        for code in sorted(its.institutions):
            yield _NEW_NAMING, (code, case, code)


def differing(alias: str, wanted: Mapping[str, Indexed]) -> list[str]:
    """The cases for which the index does not say what it is to say, in order of their names."""
    there: dict[str, Indexed] = {}
    by_number: dict[int, Indexed] = {}
    for row in Case.objects.using(alias).iterator():
        there[row.case] = by_number[row.first_seq] = Indexed(row.first_seq, row.last_seq)
    pairs = Naming.objects.using(alias).values_list("case_id", "institution")
    for number, code in pairs.iterator():
        if number in by_number:
            by_number[number].institutions.add(code)
    names = wanted.keys() | there.keys()
    return sorted(name for name in names if wanted.get(name) != there.get(name))


def rebuild(alias: str, wanted: Mapping[str, Indexed]) -> None:
    """Make the index anew, within a transaction; nothing else in a ledger is ever deleted."""
    run(alias, [("DELETE FROM ledger_naming", ()), ("DELETE FROM ledger_case", ())])
    run(alias, adding(wanted))


def entries_of(alias: str, names: Sequence[str]) -> list[Entry]:
    """The entries of many cases in their order, so many cases to a question."""
    found: list[Entry] = []
    for at in range(0, len(names), _AT_ONCE):
        part = models.Entry.objects.using(alias).filter(case__in=names[at : at + _AT_ONCE])
        found += map(entry_of, part.order_by("seq").values_list("body", flat=True).iterator())
    return found


def cases_of(alias: str, institution: str) -> list[str]:
    """The cases that name an institution, in the order of their first entry."""
    return [case for (case,) in rows(alias, _CASES_OF, (institution,))]
