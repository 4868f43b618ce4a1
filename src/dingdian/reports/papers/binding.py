"""Numbers bound to their keys: what a template prints is looked up, never typed.

While a template is filled, a number or a table is only a mark in the text (a private character
that no name can hold); when the text stands, the mark is replaced and the place remembered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from dingdian.core.record import FigureRecord, Record
from dingdian.core.workings import key_of
from dingdian.reports.causes import causes
from dingdian.reports.glyphs import coded
from dingdian.reports.told import Num, Sentence, part_text
from dingdian.reports.wording import Words

#: What stands around the number of a mark.
OPEN, CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{OPEN}([0-9]+){CLOSE}")
#: What no XML may hold, and the Unicode categories of what no line may.
_NEVER, _OUT = "\ufffe\uffff", ("Cc", "Cs")


class Marked(str):
    """Text that may hold marks, already clean."""

    __slots__ = ()


class UnknownKeyError(LookupError):
    """A template asks for a number that the plan does not have; ``name`` is what it asked."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name)
        self.name, self.kind = name, kind


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of the text: the figure it prints and how it was printed.

    ``form`` is ``number``, ``quantity``, ``prose`` or ``size``; ``of`` is ``last_year`` where
    the figure stands in the plan of the year before.
    """

    key: str
    text: str
    form: str = "prose"
    of: str = ""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A table or a picture that takes the place of its paragraph.

    ``width``: at most so many millimetres; 0 leaves it to the picture.
    """

    kind: str
    id: str
    width: float = 0


class Holding:
    """Keeps what the marks of one paper stand for."""

    def __init__(self) -> None:
        self.held: list[Bound | Inserted | str] = []

    def keys(self) -> Iterable[str]:
        """The numbers that a template may ask for: none, where a paper has no plan."""
        return ()

    def mark(self, what: Bound | Inserted | str) -> Marked:
        """The mark of a number, a table, a picture, or of words that are kept as they are."""
        self.held.append(what)
        return Marked(f"{OPEN}{len(self.held) - 1}{CLOSE}")


class Binding(Holding):
    """Keeps the marks of a paper of a plan, whose numbers are looked up."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words

    @property
    def record(self) -> Record:
        """The plan that the numbers are looked up in."""
        return self.words.record

    def keys(self) -> Iterable[str]:
        """Every figure, then every measure."""
        figures = self.record.figures
        return (*figures, *dict.fromkeys(each.measure for each in figures.values()))

    def number(self, key: str, *, unit: bool = True, size: bool = False) -> Marked:
        """A number by its key, or by its measure for the whole area, with its unit.

        A number that cannot be had prints the reason in its place.

        Raises:
            UnknownKeyError: the plan has no such number.
        """
        key, figure = self.find(key)
        form = "size" if size else "prose" if unit else "number"
        return self.mark(Bound(key, printed(self.words, figure, form, key), form))

    def find(self, key: str) -> tuple[str, FigureRecord]:
        """The whole key and the figure of a key or measure."""
        figures = self.record.figures
        whole = next(iter(self.record.shown("whole")), "")
        for each in (key, key_of(key, whole)):
            if each in figures:
                return each, figures[each]
        raise UnknownKeyError(key, "key")

    def sentence(self, said: Sentence) -> Marked:
        """A conclusion with its numbers bound."""
        return Marked("".join(self._part(part) for part in said.parts))

    def _part(self, part: str | Num) -> str:
        if isinstance(part, str):
            return clean(part)
        form = "size" if part.size else "prose" if part.prose else "number"
        form = "quantity" if form == "number" and part.unit else form
        return self.mark(Bound(part.key, part_text(self.words, part), form))


def printed(words: Words, figure: FigureRecord, form: str, key: str) -> str:
    """A figure as the text prints it; where it cannot be had, with the reason."""
    if figure.value is None:
        why = words.pick("；", "; ").join(causes(words, key, short=True))
        return f"{words.number(figure)}（{why}）" if why else words.number(figure)
    return {
        "number": words.number,
        "quantity": words.quantity,
        "prose": words.prose,
        "size": words.size,
    }[form](figure)


def clean(text: str) -> str:
    r"""A text as a paper can hold it: no control character, no noncharacter, one line.

    A character like our own marks is written by its code; others of private use stay.

    >>> clean("a\x00b\nc\ue000\ue863")
    'ab c〔U+E000〕\ue863'
    """
    kept = (" " if c in "\t\r\n\v\f" else coded(c) if c in OPEN + CLOSE else c for c in text)
    return "".join(c for c in kept if c not in _NEVER and unicodedata.category(c[0]) not in _OUT)
