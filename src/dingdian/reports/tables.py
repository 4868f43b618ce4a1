"""The tables of a plan: every report of a plan starts here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from dingdian.core.record import Record
from dingdian.reports.annex import advice, coverage, grounds, indicators, need, places, verdicts
from dingdian.reports.conclusions import conclusions
from dingdian.reports.grid import Table, fitted
from dingdian.reports.wording import Lang, Words
from dingdian.reports.words.headings import SHEETS

_ANNEXES: tuple[Callable[[Words], Iterator[Table]], ...] = (
    places.tables,
    verdicts.tables,
    indicators.tables,
    coverage.tables,
    need.tables,
    advice.tables,
    grounds.tables,
)


def plan_tables(record: Record, lang: Lang = "zh") -> tuple[Table, ...]:
    """All annex tables in one language, in the order of their sheets."""
    words = Words(record, lang)
    found = list(chain.from_iterable(annex(words) for annex in _ANNEXES))
    shown = tuple(dict.fromkeys(key for table in found for key in table.keys))
    found.append(grounds.data_notes(words, shown))
    if record.quality:
        found.append(grounds.data_quality(words))
    order = {sheet: at for at, sheet in enumerate(SHEETS)}
    return tuple(map(fitted, sorted(found, key=lambda table: order[table.sheet])))


__all__ = ["conclusions", "plan_tables"]
