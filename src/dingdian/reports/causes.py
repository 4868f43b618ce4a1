"""Why a number cannot be had: the first causes, found by following undefined inputs down."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.record import ReasonRecord
from dingdian.reports.wording import Words
from dingdian.reports.words import codes

#: The reason that only points further down.
_PASSED_ON = "input_undefined"


def causes(words: Words, key: str, *, short: bool = False) -> tuple[str, ...]:
    """The sentences of the first causes of an undefined figure, each once.

    ``short`` leaves out what differs from area to area, so that a table has few notes.
    """
    table = codes.SHORT if short else {}
    said = (
        words.say(table[each.code], **words.details(each))
        if each.code in table
        else words.why(each)
        for each in first_causes(words, key)
    )
    return tuple(dict.fromkeys(said))


def first_causes(words: Words, key: str) -> tuple[ReasonRecord, ...]:
    """The reasons at the ends of the undefined inputs of a figure, in the order met."""
    return tuple(_walk(words, key, set()))


def _walk(words: Words, key: str, seen: set[str]) -> Iterator[ReasonRecord]:
    figure = words.record.figures.get(key)
    if figure is None or figure.why is None or key in seen:
        return
    seen.add(key)
    below = [each for _, each in figure.inputs] if figure.why.code == _PASSED_ON else []
    found = [reason for each in below for reason in _walk(words, each, seen)]
    if found or figure.why.code != _PASSED_ON:
        yield from found or (figure.why,)
