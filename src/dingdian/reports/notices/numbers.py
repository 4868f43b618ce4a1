"""Numbers of notices: counted over the ledger, by kind and year, without a gap.

An entry that is annulled keeps the number of its notice: the ledger only grows, so the same
entries always get the same numbers. An office that makes its letters in the web system numbers
them as they are made (``web/letters``); those numbers are brought in as ``Sequences``.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.reports.notices.kinds import kinds_of
from dingdian.reports.papers.letterhead import Numbers

_BLANK = "　　"
#: Number of the entry and kind of the notice -> which of its kind in its year, from 1.
Sequences = Mapping[tuple[int, str], int]


def day_of(entry: Entry) -> dt.date:
    """The day of a notice: that on which its entry was recorded, in China."""
    return entry.known_at.astimezone(SHANGHAI).date()


def sequences_of(entries: Iterable[Entry]) -> Sequences:
    """The place of every notice among those of its kind and year, by all entries of a ledger."""
    counted: Counter[tuple[int, str]] = Counter()
    found: dict[tuple[int, str], int] = {}
    for each in sorted(entries, key=lambda entry: entry.seq):
        for kind in kinds_of(each):
            series = day_of(each).year, kind
            counted[series] += 1
            found[each.seq, kind] = counted[series]
    return found


def number_of(patterns: Numbers, kind: str, *, city: str, year: int, n: int) -> str:
    """The number of a notice; one that was not given a number yet (``n`` 0) has a blank in it.

    >>> number_of(Numbers(), "acceptance", city="示例市", year=2026, n=12)
    '示例市医保受理〔2026〕12号'
    """
    series = series_of(patterns, kind, city=city, year=year)
    return series.replace("{n}", str(n) if n else _BLANK)


def series_of(patterns: Numbers, kind: str, *, city: str, year: int) -> str:
    """The number with ``{n}`` left open: notices that share it are counted together.

    >>> series_of(Numbers(), "acceptance", city="示例市", year=2026)
    '示例市医保受理〔2026〕{n}号'
    """
    pattern: str = getattr(patterns, kind)
    return pattern.replace("{city}", city).replace("{year}", str(year))
