"""The columns that a list of institutions may show: heading, how it sorts, how a cell reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from dingdian.reports.lists import Head, Value
from dingdian.web.ledger import words
from dingdian.web.ledger.models import Institution


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``of`` is the table and the column of the census that it shows.

    ``heading`` is its own where no column of the census is meant. ``shape`` is ``n`` for numbers,
    ``day``, ``code`` or empty. ``says`` makes words of what the row holds.
    """

    name: str
    of: tuple[str, str] = ("", "")
    heading: Promise | str = ""
    shape: str = ""
    says: Callable[[str], str] | None = None
    width: int = 14

    @property
    def title(self) -> str:
        """Its heading in the language of the page."""
        return str(self.heading) if self.heading else words.title(*self.of)

    @property
    def field(self) -> str:
        """Its name as the national platform has it; ours where that has none."""
        return words.national(*self.of) if self.of[0] == "institutions" else self.name

    def value(self, row: Institution, names: Mapping[str, str]) -> Value:
        """What the cell holds: words, a number, a day, or ``None`` where it is unknown."""
        found = getattr(row, self.name)
        if self.name in ("district", "region"):
            return names.get(found, found) or None
        if found is None or found == "":
            return None
        return self.says(found) if self.says else found

    def head(self) -> Head:
        """The column of an export."""
        return Head(self.title, self.field, self.width)


def _says(choice: str) -> Callable[[str], str]:
    return lambda id: words.term(choice, id)


def _own(name: str, shape: str = "", choice: str = "", width: int = 14) -> Column:
    of = ("institutions", name)
    says = _says(choice) if choice else None
    return Column(name, of, shape=shape, says=says, width=width)


COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        each.name: each
        for each in (
            _own("code", "code", width=16),
            _own("name", width=32),
            _own("uscc", "code", width=22),
            _own("kind", choice="kind", width=18),
            _own("level", choice="level"),
            _own("type", choice="type"),
            _own("ownership", choice="ownership"),
            Column("district", heading=pgettext_lazy("ledger", "District"), width=16),
            Column("region", heading=pgettext_lazy("ledger", "Township or subdistrict"), width=18),
            _own("address", width=40),
            _own("standing", choice="standing"),
            _own("standing_since", "day"),
            Column(
                "stage",
                heading=pgettext_lazy("ledger", "Stage of its case"),
                says=words.stage,
                width=16,
            ),
            Column(
                "services",
                heading=pgettext_lazy("ledger", "Services open"),
                says=words.services,
                width=36,
            ),
            _own("pharmacy_grade", choice="grade"),
            _own("designated_since", "day"),
            Column("agreement_through", ("agreements", "through"), shape="day"),
            Column("trial_through", ("agreements", "trial_through"), shape="day"),
            Column("beds", heading=pgettext_lazy("ledger", "Open beds"), shape="n"),
            Column("contracted", heading=pgettext_lazy("ledger", "Contracted beds"), shape="n"),
        )
    }
)
#: What is shown where nobody chose.
USUAL = ("code", "name", "kind", "level", "district", "standing", "agreement_through", "contracted")
#: Columns that may not be left out: a row has to be known by something.
ALWAYS = ("code", "name")


def chosen(names: Sequence[str]) -> tuple[Column, ...]:
    """The columns of some names, in the order of the table; those usual where none is known."""
    wanted = {*names} & {*COLUMNS}
    return tuple(
        each for each in COLUMNS.values() if each.name in ({*ALWAYS, *wanted} if wanted else USUAL)
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a list shows it."""

    column: Column
    value: Value
    tone: str = ""

    @property
    def day(self) -> dt.date | None:
        """The day that it holds."""
        return self.value if isinstance(self.value, dt.date) else None


def cells(row: Institution, columns: Sequence[Column], names: Mapping[str, str]) -> list[Cell]:
    """The cells of a row."""
    return [
        Cell(
            each,
            each.value(row, names),
            words.tone(getattr(row, each.name)) if each.name in ("standing", "stage") else "",
        )
        for each in columns
    ]
