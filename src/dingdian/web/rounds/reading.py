"""A decided round as pages read it: made from its record once in a process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dingdian.core.admission.decision import Outcome
from dingdian.core.errors import RequestError, fault
from dingdian.reports.admission import reasons, tables
from dingdian.reports.admission.frame import round_basis, round_title
from dingdian.reports.admission.lines import decision_order, grounds_of
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.frame import mark_words
from dingdian.storage.manifest import file_digest
from dingdian.web.bureau import lang
from dingdian.web.rounds.models import Round
from dingdian.wiring import rounds

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dingdian.core.admission.record import DecisionRecord, DecisionsRecord
    from dingdian.reports.wording import Lang
    from dingdian.web.rights import Districts

#: How many records a process keeps read.
_KEPT = 4
_LONGEST = 100
#: Colour of a report -> that of a tag.
TAGS: Mapping[str, str] = {"broken": "bad", "unclear": "warn", "kept": "good", "": "info"}
#: Outcome -> the colour of its tag.
TONES: Mapping[Outcome, str] = {Outcome.PROPOSED: "good", Outcome.NOT_ADMITTED: "bad"}


@dataclass(frozen=True)
class Shown:
    """A record in a language, with what its pages show of it."""

    record: DecisionsRecord
    language: Lang

    @cached_property
    def words(self) -> CaseWords:
        """How it is said."""
        return CaseWords(self.record, self.language)

    @property
    def title(self) -> str:
        """The title of the round."""
        return round_title(self.words)

    @property
    def basis(self) -> str:
        """The days and the text that it rests on."""
        return round_basis(self.words)

    @property
    def marks(self) -> list[str]:
        """What the result is, and why (测算)."""
        return list(mark_words(self.words))

    @cached_property
    def ordered(self) -> list[DecisionRecord]:
        """The decisions by outcome, side and rank."""
        return sorted(self.record.decisions, key=decision_order)

    def row(self, each: DecisionRecord) -> dict[str, Any]:
        """An applicant as the table shows it."""
        words = self.words
        return {
            "decision": each,
            "outcome": tables.outcome(words, each),
            "tone": TONES.get(each.final, "warn"),
            "rank": each.standing.rank if each.standing else None,
            "kind": words.term("kind", each.kind),
            "district": words.scope(each.district) if each.district else "",
            "services": words.join([words.term("service", s) for s in each.services]),
            "beds": tables.beds(words, each),
            "takes": tables.takes(words, each),
            "grounds": list(dict.fromkeys(words.item(c) for c in grounds_of(each))),
        }

    def conditions(self, each: DecisionRecord) -> list[tuple[str, list[dict[str, Any]]]]:
        """Every condition of an applicant, by stage."""
        found = groupby(each.conditions, key=lambda c: c.stage)
        return [(self.words.stage(stage), list(map(self._condition, its))) for stage, its in found]

    def _condition(self, c: Any) -> dict[str, Any]:
        words = self.words
        return {
            "rule": words.rule(c.rule),
            "item": words.item(c),
            "met": words.met(c),
            "tone": TAGS.get(reasons.TONES.get(c.met.value, "unclear"), "warn"),
            "value": reasons.numbers(words, c.value, c.unit),
            "threshold": reasons.numbers(words, c.threshold, c.unit),
            "shortfall": reasons.numbers(words, c.shortfall, c.unit),
            "clauses": c.clauses,
            "sources": [(s, s in self.figures) for s in c.sources],
            "readings": [(name, words.reading(name), words.chosen(name)) for name in c.readings],
            "why": words.why(c.why),
            "principle": c.principle,
            "change": words.why(c.change) if c.change else "",
            "near": [words.near(n) for n in c.near],
        }

    @cached_property
    def figures(self) -> frozenset[str]:
        """The keys of figures of the plan that quotas of the round have."""
        return frozenset(each.figure for each in self.record.left if each.figure)

    def faults(self, each: DecisionRecord) -> list[tuple[str, str, str]]:
        """What is wrong with the rows of an applicant: where, what, how to mend it."""
        return [(f.where, *reasons.fault_words(self.words, f)) for f in each.faults]

    def exceptions(self, each: DecisionRecord) -> list[str]:
        """Recorded exceptions, each on one line."""
        joined = self.words.pick("；", "; ").join
        found = reasons.exceptions_of(self.words, each)
        return [joined(filter(None, (cell.text for cell in row.cells[2:]))) for row in found]

    @cached_property
    def places(self) -> Any:
        """The table of places before, taken in this round and left."""
        return tables.places(self.words)


def shown(row: Round) -> Shown:
    """A decided round in the language of the page.

    Raises:
        RequestError: its record is gone or is not what was written.
    """
    digest = row.manifest.get(rounds.DECISIONS_JSON, "")
    return Shown(_record(row.decision, digest), lang())


def held_file(row: Round, name: str) -> Path:
    """A file of a decision as it was written.

    Raises:
        RequestError: it is gone, or is not what was written.
    """
    path = row.decision / name
    if not path.is_file() or file_digest(path) != row.manifest.get(name):
        raise RequestError((fault("version_changed", name=name),))
    return path


@lru_cache(maxsize=_KEPT)
def _record(folder: Path, digest: str) -> DecisionsRecord:
    path = folder / rounds.DECISIONS_JSON
    if not path.is_file() or file_digest(path) != digest:
        raise RequestError((fault("version_changed", name=rounds.DECISIONS_JSON),))
    return rounds.read_round(folder)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the result says: an outcome, a district, a text."""

    outcome: str
    district: str
    text: str

    @classmethod
    def of(cls, request: HttpRequest) -> Filters:
        """The filters of a request."""
        names = ("outcome", "district", "q")
        return cls(*(request.GET.get(each, "").strip()[:_LONGEST] for each in names))

    def apply(self, found: Shown, districts: Districts) -> Iterator[DecisionRecord]:
        """The decisions of one's districts that meet every filter, in their order."""
        for each in found.ordered:
            named = f"{each.application} {each.name}".casefold()
            if (
                within(each, districts)
                and self.outcome in ("", each.final.value)
                and self.district in ("", each.district or "-")
                and self.text.casefold() in named
            ):
                yield each


def within(each: DecisionRecord, districts: Districts) -> bool:
    """Whether an applicant is of some districts; one of no known district is of the whole place."""
    return districts is None or each.district in districts
