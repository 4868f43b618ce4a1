"""docs/reference/indicators.md: the register of measures, by topic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from dingdian.core.census import Where
from dingdian.core.formulas import FORMULAS
from dingdian.core.indicators import TOPICS
from dingdian.core.indicators.ledger import FromLedger, Own, Rows
from dingdian.core.indicators.recipes import Across, Area, ByReading, Computed, Of, WholeOnly
from dingdian.core.workings import Measure
from tools.reference.markdown import code, codes, escaped, number, page, table
from tools.reference.source import Source

ABOUT = """
Every measure of a plan. A measure that is a ratio names numerator and denominator. One that
cannot be computed (a number it needs is unknown, or a reading is open) is *undefined* and says
why; it is never zero. The exact value is always kept; *places* is how many decimals a report
prints. The formulas are in [formulas.md](formulas.md), the columns of the ledger in
[data-contract.md](data-contract.md).
"""


def indicators(source: Source) -> str:
    """The page."""
    del source
    return page("Measures", ABOUT, *(_topic(topic, each) for topic, each in TOPICS.items()))


def _topic(topic: str, measures: tuple[Measure, ...]) -> Iterator[str]:
    yield f"## {topic}"
    yield ""
    heads = ["measure", "名称 · name", "unit", "made from", "places", "clauses", "readings"]
    yield from table(heads, map(_row, measures))


def _row(measure: Measure) -> list[str]:
    return [
        f'<a id="{measure.id}"></a>{code(measure.id)}',
        f"{escaped(measure.zh)}<br>{escaped(measure.en)}",
        code(measure.unit),
        told(measure.recipe),
        str(measure.decimals),
        ", ".join(f"[{clause}](clauses.md#{clause})" for clause in measure.clauses),
        codes(measure.readings),
    ]


def told(value: object) -> str:
    """How a measure is made, in one sentence of identifiers."""
    teller = TELLERS.get(type(value))
    if teller is not None:
        return teller(value)
    if not is_dataclass(value) or isinstance(value, type):
        return _first_sentence(value)
    parts = ((f.name, plain(getattr(value, f.name))) for f in fields(value))
    named = "; ".join(f"{name}: {part}" for name, part in parts if part)
    return _first_sentence(type(value)) + (f" ({named})" if named else "")


def plain(value: object) -> str:
    """A field of a recipe; empty where it says nothing."""
    if value is None or value in ((), "", False):
        return ""
    if isinstance(value, str):
        return code(value)
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} → {plain(each)}" for key, each in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(plain, value))
    return told(value) if is_dataclass(value) else escaped(str(value))


def _first_sentence(thing: object) -> str:
    """What the code says of a recipe: the first sentence of its docstring."""
    text = " ".join((getattr(thing, "__doc__", None) or "").split())
    return escaped(text.split(". ")[0].rstrip(".").replace("``", "'"))


def _of(value: Of) -> str:
    return code(value.measure) + (" of the whole area" if value.area is Area.WHOLE else "")


def _computed(value: Computed) -> str:
    named = [f"{role} = {_of(each)}" for role, each in value.inputs]
    named += [f"{role} = {number(each)}" for role, each in value.constants]
    return f"{escaped(FORMULAS[value.formula].text)}<br>{', '.join(named)}"


def _by_reading(value: ByReading) -> str:
    options = "; ".join(f"{option} → {code(measure)}" for option, measure in value.options)
    absent = f"; not asked on the shelf → {code(value.absent)}" if value.absent else ""
    return f"by reading {code(value.reading)}: {options}{absent}"


def _across(value: Across) -> str:
    over = f"over the {value.parts} inside, x = {code(value.x)}, y = {code(value.y)}"
    return f"{escaped(FORMULAS[value.formula].text)}<br>{over}"


def _where(value: Where) -> str:
    words = f" {', '.join(value.words)}" if value.words else ""
    return f"`{value.column}` {value.test}{escaped(words)}"


def _rows(value: Rows) -> str:
    parts = [
        f"sum of {code(value.total)} in {code(value.table)}"
        if value.total
        else f"rows of {code(value.table)}",
        "designated on the stock day" if value.designated else "",
        f"open on the day: {codes(value.services)}" if value.services else "",
        f"any open on the day: {codes(value.any_service)}" if value.any_service else "",
        "bed classes managed apart left out" if value.general_pool else "",
        f"{code(value.year)} is the stock day's year" if value.year else "",
        *map(_where, value.where),
    ]
    return "; ".join(part for part in parts if part)


def _own(value: Own) -> str:
    latest = ", latest known year" if value.year else ""
    cell = f"{code(value.column)} in {code(value.table)}{latest}"
    return f"the area's own {cell}, else the sum of its parts"


def _whole_only(value: WholeOnly) -> str:
    return f"for the whole area alone: {told(value.recipe)}"


TELLERS: Mapping[type, Callable[[Any], str]] = {
    Of: _of,
    Computed: _computed,
    ByReading: _by_reading,
    Across: _across,
    Rows: _rows,
    FromLedger: lambda value: _rows(value.rows),
    Own: _own,
    Where: _where,
    WholeOnly: _whole_only,
}
