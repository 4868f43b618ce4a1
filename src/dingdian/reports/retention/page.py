"""map.html of who is proposed to stay: one file with everything in it, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from dingdian.core.census import Census
from dingdian.core.digits import natural
from dingdian.core.retention_record import CapRecord, FirstRecord, GoingRecord, RetentionRecord
from dingdian.reports.frame import mark_words
from dingdian.reports.map.districts import district
from dingdian.reports.map.packing import STEPS, Plain, fronted, packed
from dingdian.reports.map.page import is_schematic
from dingdian.reports.map.single import GROUND, single_page
from dingdian.reports.retention.fates import Fate, close_calls, fates, tied, unanswered
from dingdian.reports.retention.lines import retention_lines
from dingdian.reports.retention.speech import RetentionWords
from dingdian.reports.wording import Lang, grouped
from dingdian.reports.words import map as map_words
from dingdian.reports.words import retention as own
from dingdian.reports.words.retention_map import HEAD, SHOWN

PAGE = "map.html"
_HERE = Path(__file__).parent
#: What a fingerprint is shortened to in the foot.
_PRINT = 16
#: The fates in the order of the page; 0 is none.
_ORDER = tuple(Fate)


def write_page(record: RetentionRecord, census: Census, lang: Lang = "zh") -> bytes:
    """The page as UTF-8; ``census`` gives the boundaries. The same answer, the same bytes.

    Raises:
        RequestError: ``missing_asset``: the map library was never fetched.
    """
    words = RetentionWords(record, lang)
    schematic = [words.label(map_words.HEAD, "schematic")] if is_schematic(census) else []
    said = {name: words.say_raw(text) for name, text in SHOWN.items()}
    return single_page(
        _HERE / "retention.html.j2",
        [*GROUND, _HERE / "retention.js"],
        styles=[_HERE / "retention.css"],
        data={**_data(words, census), "words": said},
        lang=words.pick("zh-CN", "en"),
        title=words.title(),
        basis=words.basis(),
        marks=mark_words(words),
        stamps=[*schematic, *mark_words(words, short=True)],
        lines=[*retention_lines(record, lang)][len(mark_words(words)) :],
        answer=words.label(HEAD, "answer"),
        open=not (record.caps and record.answered),
        notes=[*_notes(words, census)],
        no_script=words.label(HEAD, "no_script"),
        empty=words.label(HEAD, "empty"),
        skip_to="list",
        words=said,
    )


def _notes(words: RetentionWords, census: Census) -> Iterator[str]:
    """What the foot of the map says."""
    record, number = words.record, census.about.get("map_approval", "")
    prints = record.fingerprints
    if is_schematic(census):
        yield words.label(map_words.HEAD, "schematic_why")
    yield words.label(map_words.HEAD, "approval" if number else "no_approval", number=number)
    lost = sum(each.lon is None for each in record.institutions.values())
    if lost:
        yield words.label(HEAD, "unlocated", n=grouped(str(lost)))
    yield words.label(
        HEAD,
        "prints",
        census=prints.census[:_PRINT],
        shelf=prints.shelf[:_PRINT],
        result=prints.result[:_PRINT],
        engine=record.engine,
    )


def _data(words: RetentionWords, census: Census) -> Plain:
    """What the script of the page reads; institutions in the order of the record."""
    record, shapes = words.record, census.outlines.shapes
    codes = [code for code in record.scopes if code != census.tree.root]
    place = {code: at for at, code in enumerate(codes)}
    row = {code: at for at, code in enumerate(record.institutions)}
    institutions = [*record.institutions.values()]
    return {
        "steps": STEPS,
        "districts": [district(code, words.district(code), shapes.get(code)) for code in codes],
        "institutions": {
            "lon": packed([_steps(each.lon) for each in institutions]),
            "lat": packed([_steps(each.lat) for each in institutions]),
            "code": fronted(row),
            "name": [each.name for each in institutions],
            "district": packed([place.get(each.district, -1) for each in institutions]),
        },
        "caps": [_cap(words, cap, row) for cap in record.caps],
    }


def _steps(degrees: str | None) -> int:
    """A longitude or latitude in steps of a degree; 0 where there is none."""
    return 0 if degrees is None else round(Fraction(degrees) * STEPS)


def _cap(words: RetentionWords, cap: CapRecord, row: dict[str, int]) -> Plain:
    """The answer for one cap: the fate of each institution, and what each leaves behind."""
    found, close, before = fates(cap), close_calls(cap), unanswered(words.record, cap)
    why = {
        code: words.label(table, reason)
        for its, table in ((cap.leaving, own.WHY_LEAVING), (cap.held, own.WHY_HELD))
        for reason, codes in its.items()
        for code in codes
    }
    return {
        "name": words.resource(cap.resource),
        "circle": (cap.circle_mm or 0) / 1000,
        "fate": packed([_number(found.get(code)) for code in row]),
        "close": packed(sorted(row[code] for code in close)),
        "tied": tied(cap),
        "why": {row[code]: said for code, said in why.items()},
        "lost": {row[code]: _open(words, each) for code, each in before.items()}
        | {row[each.code]: _lost(words, each, row) for each in cap.gone_first}
        | {row[each.code]: _going(words, cap, each, row) for each in cap.going},
    }


def _number(fate: Fate | None) -> int:
    """A fate as a number; 0 for one whom the answer does not name."""
    return 0 if fate is None else _ORDER.index(fate) + 1


def _lost(words: RetentionWords, each: GoingRecord | FirstRecord, row: dict[str, int]) -> Plain:
    """What one leaves behind, and when."""
    return {
        "year": each.year,
        "people": each.people,
        "one": each.down_to_one,
        "none": each.down_to_none,
        "by": [[row[code], people] for code, people in each.served_by],
        "through": words.day(each.through),
    }


def _open(words: RetentionWords, each: GoingRecord | FirstRecord) -> Plain:
    """When one goes under a cap before, and its people; this cap has no answer for the rest."""
    told = {"year": each.year, "people": each.people, "through": words.day(each.through)}
    return told | {"open": True}


def _going(words: RetentionWords, cap: CapRecord, each: GoingRecord, row: dict[str, int]) -> Plain:
    """What one that would go leaves behind, what it has, and who could go instead."""
    exchange = each.exchange
    return _lost(words, each, row) | {
        "points": "—" if each.points is None else natural(Fraction(each.points)),
        "dual": each.dual_channel,
        "instead": None if exchange is None else row[exchange.code],
        "difference": "" if exchange is None else words.difference(cap, exchange.differences),
    }
