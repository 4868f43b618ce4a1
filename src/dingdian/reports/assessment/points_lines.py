"""Points of persons as lines of text; a person's state needs no record of an assessment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dingdian.core.assessment.record import PersonRecord, PointsRecord
from dingdian.core.census.vocabulary import RESPONSIBILITIES
from dingdian.core.errors import Text
from dingdian.reports.wording import Lang, long_day
from dingdian.reports.words import assessment as own

_SAID: Mapping[str, Text] = MappingProxyType(
    {
        "head": Text("{day}，有记分的人员 {n} 名", "{n} persons with points on {day}"),
        "points": Text("本年 {n} 分", "{n} points this year"),
        "unknown": Text("本年记分不明", "points of this year unknown"),
        "repaired": Text("已修复 {n} 分", "{n} repaired"),
        "since": Text("自{day}", "since {day}"),
        "until": Text("至{day}前", "until before {day}"),
        "register": Text("自{day}起可重新登记", "may register again from {day}"),
        "institution": Text(
            "{code}：{what} {n} 次，{points} 分", "{code}: {what}, {n} entries, {points} points"
        ),
    }
)


def points_lines(record: PointsRecord, lang: Lang) -> Iterator[str]:
    """How many there are, a line a person, then institutions by responsibility."""
    yield _say(lang, "head", day=long_day(record.day, lang), n=len(record.persons))
    for each in record.persons:
        yield "  " + "  ".join(filter(None, _person(each, lang)))
    for its in record.responsibilities:
        term = RESPONSIBILITIES.get(its.responsibility)
        what = (term.zh if lang == "zh" else term.en) if term else "—"
        points = "—" if its.points is None else its.points
        details = {"code": its.institution or "—", "what": what, "n": its.entries}
        yield "  " + _say(lang, "institution", points=points, **details)


def _say(lang: Lang, sentence: str, /, **details: object) -> str:
    return _SAID[sentence].say(lang, **details)


def _person(each: PersonRecord, lang: Lang) -> Iterator[str]:
    yield f"{each.person} {each.name}".strip()
    yield own.PERSON_STATES[each.state].say(lang)
    yield _say(lang, "unknown") if each.points is None else _say(lang, "points", n=each.points)
    if each.repaired:
        yield _say(lang, "repaired", n=each.repaired)
    if each.since is not None:
        yield _say(lang, "since", day=long_day(each.since, lang))
    if each.until is not None:
        code = "register" if each.reach is not None else "until"
        yield _say(lang, code, day=long_day(each.until, lang))
    if each.why is not None:
        yield own.SENTENCES[each.why.code].say(lang, **each.why.details)
