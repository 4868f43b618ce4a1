"""Figures as a list: key, name and value of each, and those whose name holds what is sought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from dingdian.core.record import Record
from dingdian.reports.wording import LANGUAGES, Lang, Words


def figure_lines(record: Record, keys: Iterable[str], lang: Lang = "zh") -> Iterator[str]:
    """``key  name  value`` of each figure, under a heading for each run of one measure."""
    words, figures = Words(record, lang), record.figures
    order = list(dict.fromkeys(figure.measure for figure in figures.values()))
    place = {measure: at for at, measure in enumerate(order)}
    known = sorted(keys, key=lambda key: place[figures[key].measure])
    for measure, group in groupby(known, key=lambda key: figures[key].measure):
        yield f"# {words.measure(measure)}"
        for key in group:
            yield f"  {key}  {words.figure_name(key)}  {words.quantity(figures[key])}"


def named(record: Record, sought: str) -> tuple[str, ...]:
    """The keys whose key or name, in either language, holds every word of ``sought``.

    The name of an area and that of a measure are two words: ``沈河区 定点零售药店数``. A figure
    that is named exactly so, or a measure, comes alone.
    """
    parts = sought.casefold().split()
    speakers = [Words(record, lang) for lang in LANGUAGES]
    names = {
        key: [speaker.figure_name(key).casefold() for speaker in speakers] for key in record.figures
    }
    exact = tuple(key for key, said in names.items() if "".join(parts) in said)
    return exact or tuple(
        key
        for key, said in names.items()
        if all(part in f"{key.casefold()} {' '.join(said)}" for part in parts)
    )


__all__ = ["figure_lines", "named"]
