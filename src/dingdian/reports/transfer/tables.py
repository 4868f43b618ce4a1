"""The tables of a transfer of beds: its workbook starts here."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dingdian.core.transfer_record import DistrictRecord, HolderRecord
from dingdian.reports.annex.grounds import documents
from dingdian.reports.cited import clause_row, reading_row
from dingdian.reports.grid import Cell, Row, Table
from dingdian.reports.transfer import odd, overview
from dingdian.reports.transfer import words as own
from dingdian.reports.transfer.speech import TransferWords
from dingdian.reports.transfer.table import table

#: What the stock of beds and the people rest on, whatever the rules.
STOCK_READINGS = ("stock_suspended", "population_year", "ungraded_beds")


def all_tables(words: TransferWords) -> Iterator[Table]:
    """Every table in one language, in the order of their sheets."""
    yield from overview.tables(words)
    yield moves(words)
    yield cells(words)
    yield districts(words)
    yield institutions(words)
    yield from odd.tables(words)
    yield from sources(words)


def moves(words: TransferWords) -> Table:
    """Every move, by where it starts."""
    names = ("start_district", "start_level", "end_district", "end_level", "pool", "beds")
    rows = (
        Row(
            tuple(
                map(
                    Cell,
                    (
                        words.scope(each.start[0]),
                        words.level(each.start[1]),
                        words.scope(each.end[0]),
                        words.level(each.end[1]),
                        words.pool(each.start[2]),
                        words.count(each.beds),
                    ),
                )
            )
        )
        for each in words.record.moves
    )
    notes = (words.nothing(), words.note("moves"), words.say(own.ADVICE))
    return table(words, "moves", names, rows, notes=filter(None, notes))


def cells(words: TransferWords) -> Table:
    """The beds of every cell before and after."""
    names = ("district", "level", "pool", "before", "after", "change")
    rows = (
        Row(
            (
                Cell(words.scope(each.cell[0])),
                Cell(words.level(each.cell[1])),
                Cell(words.pool(each.cell[2])),
                Cell(words.count(each.before)),
                Cell(words.count(each.after)),
                Cell(words.change(each.before, each.after)),
            )
        )
        for each in words.record.cells
    )
    return table(words, "cells", names, rows)


_DISTRICT = (
    *("district", "people", "per_1000", "target", "before", "after", "change"),
    *("per_before", "per_after", "off", "why"),
)


def districts(words: TransferWords) -> Table:
    """Every district: its beds before and after, its target."""
    rows = (Row(tuple(_district(words, each))) for each in words.record.districts)
    return table(words, "districts", _DISTRICT, rows, notes=(words.note("target_beds"),))


def _district(words: TransferWords, each: DistrictRecord) -> Iterator[Cell]:
    per = None if each.per_1000 is None else Fraction(each.per_1000)
    yield Cell(words.scope(each.district))
    yield Cell(words.count(each.people))
    yield Cell(words.ratio(per))
    yield Cell(words.count(each.target))
    yield Cell(words.count(each.before))
    yield Cell(words.count(each.after))
    yield Cell(words.change(each.before, each.after))
    yield Cell(words.per_1000(each.before, each.people))
    yield Cell(words.per_1000(each.after, each.people))
    yield Cell(words.change(each.target, each.after))
    yield Cell(words.label(own.WHY, each.why) if each.why else "")


_HOLDER = (
    *("code", "name", "district", "level", "beds", "least", "room", "use"),
    *("gives", "gives_what", "may_take"),
)


def institutions(words: TransferWords) -> Table:
    """Every institution with known beds, those that could give in their turn."""
    rows = (Row(tuple(_holder(words, each))) for each in words.record.institutions)
    notes = (words.note("turn"), words.note("minimums"))
    return table(words, "institutions", _HOLDER, rows, notes=notes)


def _holder(words: TransferWords, each: HolderRecord) -> Iterator[Cell]:
    given = sum(each.gives.values())
    yield Cell(each.code)
    yield Cell(each.name)
    yield Cell(words.scope(each.district))
    yield Cell(words.level(each.level))
    yield Cell(words.count(sum(each.beds.values())))
    yield Cell(words.count(each.least))
    yield Cell(words.count(each.room))
    yield Cell(words.share(None if each.use is None else Fraction(each.use)))
    yield Cell(words.count(given) if given else "")
    parts = (f"{words.pool(pool)} {words.count(n)}" for pool, n in each.gives.items())
    yield Cell(words.join(list(parts)))
    yield Cell(words.join([words.pool(pool) for pool in each.may_take]))


# ---------------------------------------------------------------- sources


def sources(words: TransferWords) -> Iterator[Table]:
    """The readings and clauses that the rules and goals rest on, and the documents."""
    record = words.record
    shelf = {name for each in record.held_to for name in each.shelf}
    named = {name for each in record.held_to for name in each.readings}
    named |= {name for rule in shelf for name in record.rules[rule].readings}
    named |= frozenset(STOCK_READINGS)
    names = ("question", "chosen", "chosen_why", "chosen_by", "clauses")
    rows = (reading_row(words, name) for name in record.readings if name in named)
    yield table(words, "readings", names, rows, sheet="sources")
    cited = {name for each in record.held_to for name in each.clauses}
    cited |= {name for goal in record.goals for name in goal.clauses}
    names = ("clause", "document", "place", "text", "standing")
    rows = (clause_row(words, name) for name in record.clauses if name in cited)
    yield table(words, "clauses", names, rows, sheet="sources")
    yield documents(words)
