"""Sentences whose numbers keep their figure keys, so that every number can be followed down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from dingdian.core.errors import Text
from dingdian.reports.wording import Words
from dingdian.reports.words.sentences import SENTENCES


@dataclass(frozen=True, slots=True)
class Num:
    """A number in a sentence: the figure that it prints, with its unit where ``unit``.

    ``prose``: large Chinese numbers are said in 万. ``size``: the number without its sign.
    """

    key: str
    unit: bool = True
    prose: bool = False
    size: bool = False


Part = str | Num


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its group, the state that colours it, its words and numbers, its code."""

    group: str
    tone: str
    parts: tuple[Part, ...]
    code: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that the sentence prints."""
        return tuple(each.key for each in self.parts if isinstance(each, Num))

    def text(self, words: Words) -> str:
        """The sentence as plain text."""
        return "".join(part_text(words, each) for each in self.parts)


def part_text(words: Words, part: Part) -> str:
    """A part of a sentence as it is printed."""
    if isinstance(part, str):
        return part
    figure = words.record.figures[part.key]
    if part.size:
        return words.size(figure)
    if part.prose:
        return words.prose(figure)
    return words.quantity(figure) if part.unit else words.number(figure)


def sentence(words: Words, code: str, tone: str = "", **fields: Part | list[Part]) -> Sentence:
    """Fill the sentence ``code``: a field is words, a number, or a list of both."""
    group, text = SENTENCES[code]
    return Sentence(group, tone, tuple(_filled(words.say_raw(text), fields)), code)


def filled(words: Words, text: Text, fields: dict[str, Part | list[Part]]) -> list[Part]:
    """A clause of a sentence with its fields filled as in ``sentence``."""
    return list(_filled(words.say_raw(text), fields))


def _filled(template: str, fields: dict[str, Part | list[Part]]) -> Iterator[Part]:
    for literal, name, _, _ in Formatter().parse(template):
        if literal:
            yield literal
        if name:
            value = fields[name]
            yield from value if isinstance(value, list) else [value]


def in_a_list(words: Words, items: list[list[Part]]) -> list[Part]:
    """Items one after the other, with the separator of the language between them."""
    found: list[Part] = []
    for at, item in enumerate(items):
        found += ([words.pick("、", ", ")] if at else []) + item
    return found
