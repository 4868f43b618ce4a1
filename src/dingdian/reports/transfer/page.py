"""map.html of a transfer of beds: one file with everything in it, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from dingdian.core.census import Census
from dingdian.core.transfer_record import DistrictRecord, MoveRecord, TransferRecord
from dingdian.reports.frame import mark_words
from dingdian.reports.map.districts import district
from dingdian.reports.map.packing import STEPS, Plain
from dingdian.reports.map.page import is_schematic
from dingdian.reports.map.single import GROUND, single_page
from dingdian.reports.transfer import shades
from dingdian.reports.transfer import words as own
from dingdian.reports.transfer.lines import transfer_lines
from dingdian.reports.transfer.page_words import HEAD, SHOWN
from dingdian.reports.transfer.speech import TransferWords
from dingdian.reports.wording import Lang
from dingdian.reports.words import map as map_words

FILE = "map.html"
_HERE = Path(__file__).parent
#: What a fingerprint is shortened to in the foot.
_PRINT = 16


def write_page(record: TransferRecord, census: Census, lang: Lang = "zh") -> bytes:
    """The page as UTF-8; ``census`` gives the boundaries. The same answer, the same bytes.

    Where no transfer was found the page shows the beds as they stand, and what clashes.

    Raises:
        RequestError: ``missing_asset``: the map library was never fetched.
    """
    words = TransferWords(record, lang)
    schematic = [words.label(map_words.HEAD, "schematic")] if is_schematic(census) else []
    said = {name: words.say_raw(text) for name, text in SHOWN.items()}
    marks = mark_words(words)
    return single_page(
        _HERE / "transfer.html.j2",
        [*GROUND, _HERE / "transfer.js"],
        styles=[_HERE / "transfer.css"],
        data={**_data(words, census), "words": said},
        lang=words.pick("zh-CN", "en"),
        title=words.title(),
        basis=words.basis(),
        marks=marks,
        stamps=[*schematic, *mark_words(words, short=True)],
        lines=[*transfer_lines(words)][len(marks) + 1 :],
        answer=words.label(HEAD, "answer"),
        open=not record.found,
        notes=[*_notes(words, census)],
        no_script=words.label(HEAD, "no_script"),
        empty=words.label(HEAD, "empty"),
        skip_to="moves",
        words=said,
    )


def _notes(words: TransferWords, census: Census) -> Iterator[str]:
    """What the foot of the map says."""
    record, number = words.record, census.about.get("map_approval", "")
    yield words.say(own.ADVICE)
    if is_schematic(census):
        yield words.label(map_words.HEAD, "schematic_why")
    yield words.label(map_words.HEAD, "approval" if number else "no_approval", number=number)
    shapes = census.outlines.shapes
    bare = [words.scope(e.district) for e in record.districts if e.district not in shapes]
    if bare:
        yield words.label(HEAD, "no_outline", names=words.join(bare))
    prints = record.fingerprints
    yield words.label(
        HEAD,
        "prints",
        census=prints.census[:_PRINT],
        shelf=prints.shelf[:_PRINT],
        result=prints.result[:_PRINT],
        engine=record.engine,
    )


def _data(words: TransferWords, census: Census) -> Plain:
    """What the script of the page reads; districts in the order of the record."""
    record, shapes = words.record, census.outlines.shapes
    place = {each.district: at for at, each in enumerate(record.districts)}
    return {
        "steps": STEPS,
        "fills": list(shades.FILLS),
        "views": [
            {
                "id": view,
                "name": words.label(shades.NAMES, view),
                "classes": [words.say(text) for text in shades.CLASSES[view]],
            }
            for view in (shades.VIEWS if record.found else shades.VIEWS[:1])
        ],
        "districts": [
            district(each.district, words.scope(each.district), shapes.get(each.district))
            | _facts(words, each)
            for each in record.districts
        ],
        "flows": [
            {
                "start": place[start],
                "end": place[end],
                "beds": sum(move.beds for move in moves),
                "told": words.count(sum(move.beds for move in moves)),
                "parts": [_part(words, move) for move in moves],
            }
            for (start, end), moves in _flows(record)
        ],
    }


def _flows(record: TransferRecord) -> Iterator[tuple[tuple[str, str], list[MoveRecord]]]:
    """The moves from one district to another together, those of most beds first."""
    found: dict[tuple[str, str], list[MoveRecord]] = {}
    for move in record.moves:
        if move.start[0] != move.end[0]:
            found.setdefault((move.start[0], move.end[0]), []).append(move)
    yield from sorted(found.items(), key=lambda its: (-sum(m.beds for m in its[1]), its[0]))


def _part(words: TransferWords, move: MoveRecord) -> str:
    """Level and class of beds on both sides, and how many."""
    start, end = (
        " ".join((words.level(cell[1]), words.pool(cell[2]))) for cell in (move.start, move.end)
    )
    return f"{start if start == end else f'{start} → {end}'}  {words.count(move.beds)}"


def _facts(words: TransferWords, each: DistrictRecord) -> Plain:
    """The numbers of a district as they are told, and the class of each view."""
    code, moves = each.district, words.record.moves
    given = sum(m.beds for m in moves if m.start[0] == code != m.end[0])
    taken = sum(m.beds for m in moves if m.end[0] == code != m.start[0])
    inside = sum(m.beds for m in moves if m.start[0] == code == m.end[0])
    found = words.record.found
    shown: Plain = {}
    for view in shades.VIEWS:
        beds, base = shades.difference(each, view)
        shown[view] = {"at": shades.class_of(beds, base), "told": shades.told(words, beds)}
    per = None if each.per_1000 is None else Fraction(each.per_1000)
    return {
        "shown": shown,
        "facts": {
            "people": words.count(each.people),
            "per_1000": words.ratio(per),
            "target": words.count(each.target),
            "before": words.count(each.before),
            "after": words.count(each.after),
            "given": words.count(given if found else None),
            "taken": words.count(taken if found else None),
            "inside": words.count(inside if found else None),
            "why": words.label(own.WHY, each.why) if each.why else "",
        },
    }
