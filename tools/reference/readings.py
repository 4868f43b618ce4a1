"""docs/reference/readings.md: every place where a text is unclear, and how it is read."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.policy import Reading
from dingdian.core.policy.book import Layer
from tools.reference.markdown import code, codes, escaped, number, page, table
from tools.reference.source import Source

ABOUT = """
A reading (口径) stands where a text is unclear, contradicts itself or is silent. Each is a proposal
until the bureau confirms it: another option is chosen by changing `chosen` on the shelf, and the
plan says on every number which readings it rests on. *Doubt* is the number of the doubtful place
among the 42 that the two plans have.
"""


def readings(source: Source) -> str:
    """The page."""
    return page("Readings (口径)", ABOUT, _doubts(source), *map(_layer, source.layers))


def _doubts(source: Source) -> Iterator[str]:
    by_doubt: dict[int, list[str]] = {}
    for layer in source.layers:
        for reading in layer.readings:
            for doubt in reading.doubts:
                by_doubt.setdefault(doubt, []).append(reading.reading)
    yield "## By doubt"
    yield ""
    rows = ([str(doubt), _links(names)] for doubt, names in sorted(by_doubt.items()))
    yield from table(["doubt", "readings"], rows)


def _links(names: list[str]) -> str:
    return ", ".join(f"[{code(each)}](#{each})" for each in dict.fromkeys(names))


def _layer(layer: Layer) -> Iterator[str]:
    if layer.readings:
        yield f"## {layer.card.title_en} ({layer.card.title})"
        yield ""
    for reading in layer.readings:
        yield from _reading(reading)


def _reading(reading: Reading) -> Iterator[str]:
    yield f"### {reading.reading}"
    yield ""
    yield f"{escaped(reading.question)} · {escaped(reading.question_en)}"
    yield ""
    rows = (
        [
            "**chosen**" if key == reading.chosen else "",
            code(key),
            escaped(words),
            escaped(reading.options_en[key]),
        ]
        for key, words in reading.options.items()
    )
    yield from table(["", "option", "中文", "English"], rows)
    facts = [
        "open: what rests on it is `unclear`" if reading.chosen is None else "",
        _range(reading),
        f"why: {escaped(reading.why)} · {escaped(reading.why_en)}",
        f"by {escaped(reading.by)} · {escaped(reading.by_en)}",
        f"ground: {reading.mark}; decided on {reading.decided_on}",
        "doubts " + ", ".join(map(str, reading.doubts)) if reading.doubts else "",
        "clauses " + ", ".join(f"[{c}](clauses.md#{c})" for c in reading.clauses)
        if reading.clauses
        else "",
        f"moves {codes(reading.moves)}" if reading.moves else "",
    ]
    yield from (f"- {fact}" for fact in facts if fact)
    yield ""


def _range(reading: Reading) -> str:
    if reading.number is None:
        return ""
    text = f"number: {number(reading.number)}"
    if reading.low is not None and reading.high is not None:
        text += f", shown from {number(reading.low)} to {number(reading.high)}"
    return text
