"""The data of a map that is not of a plan: the census of today under the rules of today.

The scripts of the map page read it. It comes in parts: ``points`` (institutions, outlines) and
``localities`` are large and the same in every language, ``words`` are small.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from dingdian.core.census import Census
from dingdian.core.census.vocabulary import CHOICES, SERVICES
from dingdian.core.indicators import measures_of
from dingdian.core.indicators.circles import SERVED, Drawn, drawn
from dingdian.core.indicators.covered import gives_insured
from dingdian.core.policy import Policy
from dingdian.core.record import Record
from dingdian.core.workings import Reason, Workings
from dingdian.reports.geojson import circles_of
from dingdian.reports.map import places
from dingdian.reports.map.districts import district, measures
from dingdian.reports.map.packing import STEPS, Plain
from dingdian.reports.map.page import TERMS, is_schematic
from dingdian.reports.shading import MAPPED, UNKNOWN
from dingdian.reports.sites.words import Speech
from dingdian.reports.wording import Lang, Words, grouped
from dingdian.reports.words.map import AREA_CLASSES, HEAD, SHOWN

#: Of a census, what the foot of a map says.
_TABLES = ("institutions", "localities")


def workings_on(census: Census, policy: Policy, day: dt.date) -> Workings:
    """A register with the census and the rules of a day, to draw circles with."""
    return Workings(census=census, policy=policy, measures=measures_of(census), stock_day=day)


def points(workings: Workings) -> Plain:
    """The districts, and the institutions that are designated or suspended."""
    tree, shapes = workings.census.tree, workings.census.outlines.shapes
    return {
        "districts": [district(c, tree.names[c], shapes.get(c)) for c in tree.districts],
        "institutions": places.institutions(workings),
    }


def localities(workings: Workings) -> Plain:
    """All localities, and for each stock with a circle who serves them."""
    return {"localities": places.localities(workings)}


def words(workings: Workings, lang: Lang, record: Record | None = None) -> Plain:
    """What the scripts say, the circles, and the measures of districts that a record gives."""
    tree = workings.census.tree
    told = Words(record, lang) if record is not None else None
    return {
        "words": {name: _raw(text.zh, text.en, lang) for name, text in SHOWN.items()},
        "steps": STEPS,
        "unknown_fill": UNKNOWN,
        "whole": tree.names[tree.root],
        "measures": measures(told, tree.districts) if told else [],
        "groups": {name: text.say(lang) for name, (text, _) in MAPPED.items()},
        "stocks": stocks(workings, lang),
        "services": _terms("service", SERVICES, lang),
        "terms": {name: _terms(choice, CHOICES[choice], lang) for name, choice in TERMS.items()},
        "classes": {
            "order": places.ORDER,
            "names": {name: text.say(lang) for name, text in AREA_CLASSES.items()},
        },
    }


def notes(census: Census, lang: Lang, approval: str) -> list[str]:
    """What stands under the map: schematic or not, its approval number, what it cannot draw."""
    number = approval or census.about.get("map_approval", "")
    said = [HEAD["schematic_why"].say(lang)] if is_schematic(census) else []
    said.append(HEAD["approval" if number else "no_approval"].say(lang, number=number))
    counts = {t: int((~census.positions(t).known).sum()) for t in _TABLES}
    what = [HEAD[f"stated_{t}"].say(lang, n=grouped(str(n))) for t, n in counts.items() if n]
    if what:
        said.append(HEAD["unlocated"].say(lang, what=("、" if lang == "zh" else ", ").join(what)))
    return said


def stocks(workings: Workings, lang: Lang) -> list[Plain]:
    """The stocks that circles are drawn around; without figures, which only a plan has."""
    speech = Speech(lang, workings.policy, workings.census.tree.names)
    return [_stock(of, drawn(workings, of), speech) for of in SERVED]


def _stock(of: str, found: Drawn | Reason, speech: Speech) -> Plain:
    name = SERVED[of].zh if speech.lang == "zh" else SERVED[of].en
    own: Plain = {"id": of, "name": name, "figures": [], "unserved": []}
    if isinstance(found, Reason):
        return own | {"metres": None, "circle": speech.why(found)}
    metres, rule = found.circle.radius_mm / 1000, found.rule.rule
    circle = HEAD["circle"].say(
        speech.lang,
        metres=grouped(f"{metres:g}"),
        rule=speech.title(rule.rule),
        clauses=speech.join(_clauses(found)),
        along=HEAD[f"along_{found.aside}"].say(speech.lang) if found.aside else "",
    )
    return own | {"metres": metres, "circle": circle}


def _clauses(found: Drawn) -> Sequence[str]:
    dated = found.rule.dated
    return (dated.clause,) if dated else ()


def _terms(choice: str, ids: Mapping[str, object], lang: Lang) -> dict[str, str]:
    found = CHOICES[choice]
    return {id: _raw(found[id].zh, found[id].en, lang) for id in ids}


def _raw(zh: str, en: str, lang: Lang) -> str:
    return zh if lang == "zh" else en


def no_localities(workings: Workings) -> Plain:
    """Localities as the scripts read them where they were not asked for: none of them."""
    columns = dict.fromkeys(("lon", "lat", "district", "persons"), "")
    served = dict.fromkeys(("class", "at_least", "nearest", "metres"), "")
    return {
        "localities": {
            "n": 0,
            **columns,
            "code": [],
            "name": [],
            "kind": {"ids": [], "at": ""},
            "insured": gives_insured(workings.census),
            "scale": 1,
            "spacing": 0,
            "served": dict.fromkeys(circles_of(workings), served),
        }
    }
