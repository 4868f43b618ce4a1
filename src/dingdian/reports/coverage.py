"""Conclusions on service circles: how many people nobody serves, where, and who is not located."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dingdian.core.digits import natural
from dingdian.core.indicators.coverage import CLASSED
from dingdian.core.record import FigureRecord
from dingdian.core.workings import key_of
from dingdian.reports.told import Num, Part, Sentence, in_a_list, sentence
from dingdian.reports.wording import Words, grouped
from dingdian.reports.words.sentences import AT_LEAST, NOT_LOCATED, OFF_STREETS

#: The reasons of a figure that only sums the localities that could be decided, and what they say.
_PARTIAL = {"not_located": NOT_LOCATED, "off_streets": OFF_STREETS}


def coverage(words: Words) -> Iterator[Sentence]:
    """One sentence for each stock around which circles are drawn."""
    for whole in words.record.shown("whole"):
        for of in CLASSED:
            found = words.record.figures.get(key_of(f"unserved_persons_{of}", whole))
            if found is not None and (people := _people(words, found, whole)):
                yield _said(words, found, whole, people)


def _said(words: Words, found: FigureRecord, whole: str, people: list[Part]) -> Sentence:
    area, measure = words.scope(whole), words.measure(found.measure)
    where: list[list[Part]] = []
    for district in words.record.shown("county"):
        figure = words.record.figures[key_of(found.measure, district)]
        if some := _people(words, figure, district):
            where.append([words.scope(district) + words.pick("", " "), *some])
    rest = _not_located(words, found)
    if found.number == 0:
        return sentence(words, "served", "kept", measure=measure, area=area)
    code = "unserved" if where else "unserved_whole"
    return sentence(
        words,
        code,
        "broken",
        measure=measure,
        area=area,
        people=people,
        districts=in_a_list(words, where),
        rest=rest,
    )


def _people(words: Words, figure: FigureRecord, scope: str) -> list[Part]:
    """The people of a figure, at least those that are decided; nothing where there are none.

    The whole area is said even with nobody.
    """
    whole = words.record.scopes[scope].level == "whole"
    if figure.number is not None:
        return [Num(key_of(figure.measure, scope), prose=whole)] if figure.number or whole else []
    if figure.why is None or figure.why.code not in _PARTIAL:
        return []
    part = Fraction(figure.why.details["part"])
    number = grouped(natural(part)) + words.pick("", " ") + words.unit(figure.unit)
    return [words.say(AT_LEAST, number=number)] if part else []


def _not_located(words: Words, figure: FigureRecord) -> str:
    """Who has no usable position; empty where everybody has one."""
    if figure.why is None:
        return ""
    details = figure.why.details
    missing = [
        f"{details[what]}{words.pick('', ' ')}{words.unit(unit)}"
        for what, unit in (("institutions", "institution"), ("localities", "locality"))
        if details.get(what, "0") != "0"
    ]
    said = _PARTIAL.get(figure.why.code, NOT_LOCATED)
    return words.say(said, who=words.join(missing)) if missing else ""
