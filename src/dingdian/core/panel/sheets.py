"""The sheet of an expert: what is to be passed, what is scored, and what is still missing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.digits import natural
from dingdian.core.errors import Fault, fault
from dingdian.core.panel.terms import Item

#: The column of a round holds three decimals.
_POINTS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")
_VOTES: Mapping[str, bool] = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one expert found.

    ``votes``: item to be passed -> whether it is; ``points``: scored item -> points. An item that
    is in neither is not known, which is not zero. ``evaluated_on``: the day of the evaluation.
    """

    expert: str
    votes: Mapping[str, bool]
    points: Mapping[str, Fraction]
    evaluated_on: dt.date
    opinion: str = ""

    def missing(self, items: Iterable[Item]) -> tuple[str, ...]:
        """The items without an answer, in the order of the sheet."""
        known = {*self.votes, *self.points}
        return tuple(each.item for each in items if each.item not in known)

    @property
    def total(self) -> Fraction:
        """All points given."""
        return sum(self.points.values(), Fraction(0))


def answer_faults(
    answers: Mapping[str, str], items: Iterable[Item], opinion: str
) -> Iterator[Fault]:
    """Everything that is wrong with what an expert filled in; empty answers are left open."""
    known = {each.item: each for each in items}
    for item, text in answers.items():
        found = known.get(item)
        if found is None:
            yield fault("sheet_item_unknown", item=item, known=", ".join(known))
        elif text and not _fits(found, text):
            yield _wrong(found, text)
    if not opinion.strip() and any(
        text == "no" and item in known and known[item].full is None
        for item, text in answers.items()
    ):
        yield fault("sheet_without_opinion")


def _fits(item: Item, text: str) -> bool:
    if item.full is None:
        return text in _VOTES
    return _POINTS.fullmatch(text) is not None and Fraction(text) <= item.full


def _wrong(item: Item, text: str) -> Fault:
    words: dict[str, object] = {"item": item.name.en, "item_zh": item.name.zh, "value": text}
    if item.full is None:
        return fault("sheet_vote_wrong", None, **words)
    if _POINTS.fullmatch(text) and Fraction(text) > item.full:
        return fault("sheet_over_full", None, **words, full=natural(item.full))
    return fault("sheet_points_wrong", None, **words)


def sheet_of(
    expert: str, answers: Mapping[str, str], items: Iterable[Item], *, day: dt.date, opinion: str
) -> Sheet:
    """The sheet of answers without faults."""
    given = [(each, answers[each.item]) for each in items if answers.get(each.item)]
    votes = {each.item: _VOTES[text] for each, text in given if each.full is None}
    points = {each.item: Fraction(text) for each, text in given if each.full is not None}
    return Sheet(expert, votes, points, day, opinion)


def answers_text(answers: Mapping[str, str]) -> str:
    """Answers as one text of a note, without the open ones."""
    given = {item: text for item, text in sorted(answers.items()) if text}
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"))
