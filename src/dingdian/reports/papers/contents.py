"""What a template may ask for: every name that stands between its braces (docs/guide/papers.md)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dingdian.core.record import ClauseRecord
from dingdian.reports.annex.grounds import bearing_readings
from dingdian.reports.conclusions import sentences
from dingdian.reports.frame import city_name, mark_words, marks_of
from dingdian.reports.grid import Table
from dingdian.reports.papers.binding import (
    Binding,
    Bound,
    Inserted,
    Marked,
    UnknownKeyError,
    clean,
)
from dingdian.reports.papers.comparison import Comparison
from dingdian.reports.papers.letterhead import Letterhead
from dingdian.reports.wording import Words
from dingdian.reports.words import labels
from dingdian.reports.words.headings import SHEETS

#: Where the shelf names the line of a text behind its place.
_LINE_NUMBER = re.compile(r"(?:，另见)?\s*L[0-9]+(?:-[0-9]+)?(?:、L[0-9]+(?:-[0-9]+)?)*")
_BREAK = re.compile(r"(?<=[\u3000-\u9fff]) (?=[\u3000-\u9fff])")
_NARROW = re.compile(r",(?=[\u3000-\u9fff])|(?<=[\u3000-\u9fff]),")


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its number, its title, and the tables on it."""

    number: int
    title: str
    tables: tuple[str, ...]


@dataclass
class Contents:
    """The answers to a template, for one paper of one plan."""

    words: Words
    head: Letterhead
    tables: Mapping[str, Table]
    figures: tuple[str, ...]
    comparison: Comparison | None = None
    binding: Binding = field(init=False)

    def __post_init__(self) -> None:
        self.binding = Binding(self.words)

    @property
    def day(self) -> dt.date:
        """The day that the file bears."""
        return self.words.record.stock_day

    def names(self) -> dict[str, Any]:
        """Name -> value or function, as a template sees them."""
        record, words = self.words.record, self.words
        plan = record.documents.get(record.place.plan)
        simulated = bool(marks_of(words))
        return {
            "city": city_name(words),
            "year": record.year,
            "stock_year": record.stock_day.year,
            "stock_day": words.day(record.stock_day),
            "policy_day": words.day(record.policy_day),
            "plan_text": titled(words.name(plan)) if plan else "",
            "plan_standing": words.label(labels.STANDINGS, plan.standing) if plan else "",
            "head": self.head.filled(city_name(words), record.year),
            "marks": list(mark_words(words)),
            "mark_line": "　".join(mark_words(words, short=True)) if simulated else "",
            "mark_title": "".join(f"（{each}）" for each in mark_words(words, short=True)),
            "districts": [words.scope(each) for each in record.shown("county")],
            "fingerprints": record.fingerprints,
            "engine": record.engine,
            "n": self.binding.number,
            "has": self.has,
            "said": self.said,
            "rules": self.rules,
            "readings": list(self.readings()),
            "documents": list(self.documents()),
            "annexes": self.annexes,
            "table": self.table,
            "figure": self.figure,
            "drawn": self.drawn,
            "compared": self.compared(),
            "comparisons": [each.id for each in self.comparison.tables] if self.comparison else [],
        }

    # -- what templates call --------------------------------------------------

    def has(self, *keys: str) -> bool:
        """Whether the plan has all these numbers and none is undefined."""
        try:
            return all(self.binding.find(key)[1].value is not None for key in keys)
        except UnknownKeyError:
            return False

    def said(self, *names: str) -> list[Marked]:
        """The conclusions of some groups or codes, with their numbers."""
        return [
            self.binding.sentence(each)
            for each in self._sentences
            if each.group in names or each.code in names
        ]

    @cached_property
    def _sentences(self) -> Any:
        return sentences(self.words)

    def rules(self, *families: str, own: bool = False) -> list[dict[str, str]]:
        """The rules of some families that are in force: title, text, and where it stands.

        ``own``: only those that carry out a clause of the plan's own text.
        """
        record, found = self.words.record, []
        for each in record.rules.values():
            clauses = [record.clauses[c] for c in each.clauses if c in record.clauses]
            ours = any(clause.document == record.place.plan for clause in clauses)
            if each.family in families and each.in_force and (ours or not own):
                found.append(
                    {
                        "title": self.words.name(each),
                        "text": "；".join(
                            clause_text(self.words.name(clause)) for clause in clauses
                        ),
                        "source": "、".join(dict.fromkeys(map(self._cited, clauses))),
                    }
                )
        return found

    def _cited(self, clause: ClauseRecord) -> str:
        """Where a clause stands: in the plan's own text, or in another document by its name."""
        record = self.words.record
        at = clause_at(self.words, clause)
        document = record.documents.get(clause.document)
        if document is None or clause.document == record.place.plan:
            return f"规划文本{at}"
        name = self.words.name(document)
        return f"{name}{at}" if "《" in name else f"《{name}》{at}"

    def readings(self) -> Iterator[dict[str, str]]:
        """The readings that bear on it: question, option chosen, reason, by whom and when."""
        words = self.words
        for id in bearing_readings(words):
            each = words.record.readings[id]
            yield {
                "question": words.name(each),
                "chosen": words.chosen(id),
                "others": "；".join(
                    words.name(option)
                    for name, option in each.options.items()
                    if name != each.chosen
                ),
                "why": each.why,
                "by": each.by,
                "day": words.day(each.decided_on),
                "clauses": words.join(list(each.clauses)),
            }

    def documents(self) -> Iterator[dict[str, str]]:
        """The documents that the plan rests on."""
        words = self.words
        for each in words.record.documents.values():
            yield {
                "title": words.name(each),
                "number": each.number,
                "issuer": each.issuer,
                "standing": words.label(labels.STANDINGS, each.standing),
                "dated": words.day(each.dated) if each.dated else "",
            }

    def annexes(self, *sheets: str) -> list[Annex]:
        """Annexes, one a sheet of the workbook that has tables, numbered in the order asked."""
        found: list[Annex] = []
        for sheet in sheets:
            if sheet not in SHEETS:
                raise UnknownKeyError(sheet, "sheet")
            tables = tuple(t.id for t in self.tables.values() if t.sheet == sheet and t.rows)
            if tables:
                title = self.words.label(SHEETS, sheet)
                found.append(Annex(len(found) + 1, title, tables))
        return found

    def compared(self) -> list[Marked]:
        """What changed against the plan of the year before; empty without one."""
        found = self.comparison.sentences if self.comparison else ()
        return [Marked("".join(self._compared(part) for part in parts)) for parts in found]

    def _compared(self, part: str | Bound) -> str:
        return clean(part) if isinstance(part, str) else self.binding.mark(part)

    def table(self, id: str) -> Marked:
        """A table; its paragraph gives way to it."""
        if id not in self.tables:
            raise UnknownKeyError(id, "table")
        return self.binding.mark(Inserted("table", id))

    def figure(self, id: str, width: float = 0) -> Marked:
        """A picture with its number and title; its paragraph gives way to it.

        ``width`` in millimetres makes it smaller than it would be.
        """
        if id not in self.figures:
            raise UnknownKeyError(id, "figure")
        if width < 0:
            raise ValueError(f"width={width}")
        return self.binding.mark(Inserted("figure", id, width))

    def drawn(self, *ids: str) -> list[str]:
        """Those of some pictures that the plan has, in the order asked."""
        return [each for each in ids if each in self.figures]


def clause_at(words: Words, clause: ClauseRecord) -> str:
    """Where a clause stands in its document, without the lines of the file it was read from."""
    return unnumbered(words.clause_place(clause))


def unnumbered(at: str) -> str:
    """The place of a clause without the lines of the file that it was read from."""
    return _LINE_NUMBER.sub("", at)


def clause_text(text: str) -> str:
    """A clause as it is typeset: the breaks and narrow commas of a scanned text taken out.

    >>> clause_text("实行分级 分类,末位惩戒")
    '实行分级分类，末位惩戒'
    """
    return _NARROW.sub("，", _BREAK.sub("", text))


def titled(name: str) -> str:
    """The name of a document in its marks, unless it has some."""
    return name if "《" in name else f"《{name}》"
