"""Chinese in an English text: only names of the user's own ledger may stay as they are."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Iterator

from dingdian.core.admission.contract import TABLES as OF_A_ROUND
from dingdian.core.assessment.contract import TABLES as OF_AN_ASSESSMENT
from dingdian.core.census import TABLES
from dingdian.samples import SAMPLES
from dingdian.samples.assessments import ASSESSMENTS
from dingdian.samples.rounds import ROUNDS

_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e]+")
_NO_TEXT = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
_SAID = re.compile(r'\b(?:alt|aria-label|content|title)="([^"]*)"')


def strange_lines(city: str, lines: Iterable[str]) -> list[str]:
    """The lines with Chinese (letters, punctuation) that a sample's ledger does not say."""
    known = _of_the_ledger(city)
    return sorted({line for line in lines if not known.issuperset(_CHINESE.findall(line))})


def html_lines(page: str) -> Iterator[str]:
    """What a page says, in its text and in attributes that are read out."""
    yield from map(html.unescape, _SAID.findall(page))
    yield from html.unescape(_NO_TEXT.sub("\n", page)).splitlines()


@functools.cache
def _of_the_ledger(city: str) -> frozenset[str]:
    """Every run of Chinese in a cell or heading of the ledger, its round and its assessment."""
    sample = SAMPLES[city]()
    beside = (*ROUNDS[city](sample, 1).values(), *ASSESSMENTS[city](sample, 1).values())
    held = (*sample.tables.values(), *beside)
    said = {c for table in held for row in table for c in row.values() if isinstance(c, str)}
    headed = (*TABLES.values(), *OF_A_ROUND.values(), *OF_AN_ASSESSMENT.values())
    said |= {text for table in headed for text in (table.zh, *(f.zh for f in table))}
    return frozenset(run for text in said for run in _CHINESE.findall(text))
