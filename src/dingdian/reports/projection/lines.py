"""A projection as lines of text: what a terminal shows."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.projection_record import ScenarioRecord, SeriesRecord
from dingdian.reports.frame import mark_words
from dingdian.reports.projection import words as own
from dingdian.reports.projection.speech import ProjectionWords

_PRINT = 12
#: What a terminal shows of the whole area; the workbook has all of it.
_SHOWN = ("stock", "people", "age", "balance", "places", "admitted")


def projection_lines(words: ProjectionWords) -> Iterator[str]:
    """Marks, how it is projected, then every scenario: its assumptions, numbers and red lines."""
    yield from mark_words(words)
    yield words.title()
    yield words.basis()
    yield words.say(own.ADVICE)
    yield from words.asked()
    for each in words.record.scenarios:
        yield ""
        yield from _scenario(words, each)
    yield ""
    prints = words.record.fingerprints
    named = {"census": prints.census, "shelf": prints.shelf, "result": prints.result}
    yield words.tell("prints", **{name: each[:_PRINT] for name, each in named.items()})


def _scenario(words: ProjectionWords, each: ScenarioRecord) -> Iterator[str]:
    yield words.tell("scenario", name=words.scenario(each))
    yield from (f"  {line}" for line in words.assumed(each.assumed))
    whole = next(iter(words.record.scopes))
    for series in each.series:
        if series.area == whole and series.kind in _SHOWN and _says(series):
            yield f"  {words.tell('series', name=words.item(series), said=_years(words, series))}"
    yield from (f"  {line}" for line in red_lines(words, each))
    yield from (f"  {line}" for line in held(words, each))


def _says(series: SeriesRecord) -> bool:
    """Whether a series has a number other than 0."""
    return any((*series.middle, *series.high))


def _years(words: ProjectionWords, series: SeriesRecord) -> str:
    """The years of a series; one number where no run differs, and once where no year does."""
    same = {*series.low, *series.high}
    if len(same) == 1:
        last = series.first + len(series.middle) - 1
        only = words.number(series, same.pop())
        return words.tell("years", first=series.first, last=last, middle=only)
    told = []
    for at, numbers in enumerate(zip(series.low, series.middle, series.high, strict=True)):
        low, middle, high = (words.number(series, each) for each in numbers)
        name = "year" if low == high else "year_spread"
        told.append(words.tell(name, year=series.first + at, low=low, middle=middle, high=high))
    return words.join(told)


def red_lines(words: ProjectionWords, each: ScenarioRecord) -> Iterator[str]:
    """The red lines that some run meets, or of which it cannot be known; that none is."""
    met = [one for one in each.lines if not one.trigger and (one.met or one.unknown)]
    for one in met:
        name = "line_unknown" if one.unknown else "line"
        its = {"year": one.year, "rule": words.rule(one.rule), "runs": words.record.runs}
        yield words.tell(name, met=one.met, unknown=one.unknown, **its)
    if each.lines and not met:
        yield words.tell("no_line")


def held(words: ProjectionWords, each: ScenarioRecord) -> Iterator[str]:
    """What is not carried ahead, with the reason where there is one."""
    for name, reason in each.held.items():
        why = words.why(reason)
        said = words.pick(f"：{why}", f": {why}") if why else ""
        yield words.tell("held", name=words.thing(name), why=said)
