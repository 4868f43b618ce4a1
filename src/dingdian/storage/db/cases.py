"""The index of cases: kept with every entry, compared with the entries, made from them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from dingdian.core.lifecycle.entry import Entry
from dingdian.storage.db.models import Case, Naming

#: How many rows go into one statement.
BATCH = 500


@dataclass(slots=True)
class Indexed:
    """What the index says of a case: its first and last entry, and the institutions named."""

    first_seq: int
    last_seq: int
    institutions: set[str] = field(default_factory=set)


def indexed(entries: Iterable[Entry]) -> dict[str, Indexed]:
    """What the index is to say of the cases of some entries."""
    found: dict[str, Indexed] = {}
    for each in entries:
        case = found.setdefault(each.case, Indexed(each.seq, each.seq))
        case.last_seq = each.seq
        if code := each.facts.get("institution"):
            case.institutions.add(code)
    return found


def index(alias: str, entries: Iterable[Entry]) -> None:
    """Take entries that were appended into the index."""
    new = indexed(entries)
    known = dict[str, Case]()
    for names in _batches(list(new)):
        known.update({row.case: row for row in Case.objects.using(alias).filter(case__in=names)})
    for name, row in known.items():
        row.last_seq = new[name].last_seq
    if known:
        Case.objects.using(alias).bulk_update(known.values(), ["last_seq"], batch_size=BATCH)
    made = {
        name: Case(first_seq=its.first_seq, case=name, last_seq=its.last_seq)
        for name, its in new.items()
        if name not in known
    }
    _write(alias, made | known, new, list(made.values()))


def _write(
    alias: str, rows: dict[str, Case], new: dict[str, Indexed], made: Sequence[Case]
) -> None:
    if made:
        Case.objects.using(alias).bulk_create(made, batch_size=BATCH)
    namings = [
        Naming(case=rows[name], institution=code)
        for name, its in new.items()
        for code in sorted(its.institutions)
    ]
    if namings:
        Naming.objects.using(alias).bulk_create(namings, batch_size=BATCH, ignore_conflicts=True)


def differing(alias: str, wanted: dict[str, Indexed]) -> list[str]:
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


def rebuild(alias: str, wanted: dict[str, Indexed]) -> None:
    """Make the index anew; it is the only thing in a ledger that is ever deleted."""
    with transaction.atomic(using=alias):
        Naming.objects.using(alias).all().delete()
        Case.objects.using(alias).all().delete()
        made = {
            name: Case(first_seq=its.first_seq, case=name, last_seq=its.last_seq)
            for name, its in wanted.items()
        }
        _write(alias, made, wanted, list(made.values()))


def cases_of(alias: str, institution: str) -> list[str]:
    """The cases that name an institution, in the order of their first entry."""
    named = Naming.objects.using(alias).filter(institution=institution).order_by("case_id")
    return list(named.values_list("case__case", flat=True))


def _batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[at : at + BATCH] for at in range(0, len(names), BATCH))
