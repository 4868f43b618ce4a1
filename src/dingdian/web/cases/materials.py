"""The materials that an application needs, by the checklists of the shelf: which were supplied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dingdian.core.lifecycle.stages import OPEN
from dingdian.core.lifecycle.state import State
from dingdian.core.lifecycle.terms import Terms
from dingdian.web.cases.models import Paper
from dingdian.web.ledger import words

#: The purpose of the checklists of materials, and the moves that hand some in.
PURPOSE = "material"
HAND_IN = ("apply", "supplement")


@dataclass(frozen=True, slots=True)
class Material:
    """An item of a checklist of materials, with the papers supplied for it.

    ``title`` are its Chinese words, as an entry of the ledger names it. ``optional``: no
    application is asked for it by itself.
    """

    item: str
    title: str
    says: str
    optional: bool
    papers: tuple[Paper, ...] = ()


def materials(
    terms: Terms, day: dt.date, side: str, papers: Iterable[Paper] = ()
) -> Iterator[Material]:
    """The materials that are asked for on a day, in the order of the lists."""
    supplied: dict[str, list[Paper]] = {}
    for each in papers:
        supplied.setdefault(each.item, []).append(each)
    for id, item in terms.items(day, side, PURPOSE).items():
        says = words.pick(item.text, item.text_en)
        yield Material(id, item.text, says, item.optional, tuple(supplied.get(id, ())))


def materials_of(
    state: State, terms: Terms, day: dt.date, papers: Iterable[Paper]
) -> list[Material]:
    """The materials of an application that is not decided; none are asked for after that."""
    if state.stage not in OPEN:
        return []
    return list(materials(terms, terms.rules_day(state, day), state.side, papers))
