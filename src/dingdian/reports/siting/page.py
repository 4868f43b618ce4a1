"""map.html of a choice of sites: one file with everything in it; it asks for nothing outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dingdian.actions.choose_sites import SitingReport
from dingdian.core.census import members_of
from dingdian.reports.frame import mark_words
from dingdian.reports.map.districts import district
from dingdian.reports.map.packing import STEPS, packed
from dingdian.reports.map.page import is_schematic
from dingdian.reports.map.places import spacing
from dingdian.reports.map.single import GROUND, single_page
from dingdian.reports.siting.frame import FrameWords, frame_of
from dingdian.reports.siting.text import result_lines, title
from dingdian.reports.siting.words import CLOSED, SHOWN, SitingSpeech, people, speech_of
from dingdian.reports.words.map import HEAD

FILE = "map.html"
_HERE = Path(__file__).parent

Plain = dict[str, Any]


def write_page(report: SitingReport, lang: str, *, result: str, seconds: float | None) -> bytes:
    """The page as UTF-8; the same answer, the same bytes. Every name is escaped.

    Raises:
        RequestError: ``missing_asset``: the map library was never fetched.
    """
    speech = speech_of(report, lang)
    census, frame = report.desk.census, FrameWords(frame_of(report), "zh" if lang == "zh" else "en")
    schematic = [HEAD["schematic"].say(lang)] if is_schematic(census) else []
    words = {name: text.zh if lang == "zh" else text.en for name, text in SHOWN.items()}
    return single_page(
        _HERE / "siting.html.j2",
        [*GROUND, _HERE / "siting.js"],
        styles=[_HERE / "siting.css"],
        data=_data(report, speech) | {"words": words},
        lang="zh-CN" if lang == "zh" else "en",
        title=title(report, speech),
        marks=mark_words(frame),
        stamps=[*schematic, *mark_words(frame, short=True)],
        lines=list(result_lines(report, speech, seconds)),
        notes=list(_notes(report, speech, result)),
        no_script=words["no_script"],
        empty=words["empty"],
        skip_to="chosen",
        words=words,
    )


def _notes(report: SitingReport, speech: SitingSpeech, result: str) -> list[str]:
    """What the foot of the map says."""
    census, lang = report.desk.census, speech.lang
    number = census.about.get("map_approval", "")
    basis = report.desk.basis
    prints = {"census": basis.census[:12], "shelf": basis.shelf[:12], "result": result[:12]}
    return [
        speech.tell("advice"),
        *([HEAD["schematic_why"].say(lang)] if is_schematic(census) else []),
        HEAD["approval" if number else "no_approval"].say(lang, number=number),
        speech.tell("prints", **prints),
    ]


def _data(report: SitingReport, speech: SitingSpeech) -> Plain:
    """What the script of the page reads."""
    census, demand = report.desk.census, report.demand
    tree, shapes = census.tree, census.outlines.shapes
    here = census.positions("localities")
    rows = np.flatnonzero((demand.people > 0) & (demand.times == 0) & here.known)
    there = census.positions("institutions")
    standing = np.flatnonzero(members_of(census, demand.circle)[0] & there.known)
    chosen = set(report.chosen)
    others = [
        each
        for row, each in enumerate(report.candidates.all)
        if each.site is not None and row not in chosen
    ]
    return {
        "steps": STEPS,
        "radius": demand.circle.radius_mm / 1000,
        "spacing": spacing(census),
        "districts": [district(c, tree.names[c], shapes.get(c)) for c in tree.districts],
        "unserved": {
            **_places(here.lon[rows], here.lat[rows]),
            "people": packed(demand.people[rows]),
            "now": packed(np.minimum(report.effect.after[rows], 1)),
        },
        "standing": _places(there.lon[standing], there.lat[standing]),
        "others": {
            **_places(*_axes([(each.site.lon, each.site.lat) for each in others if each.site])),
            "closed": packed([int(each.closed is not None) for each in others]),
            "name": [f"{each.id} {each.name}".strip() for each in others],
            "why": [speech.pick(CLOSED[each.closed]) if each.closed else "" for each in others],
        },
        "chosen": [
            {
                "lon": each.site.lon,
                "lat": each.site.lat,
                "name": f"{each.id} {each.name}".strip(),
                "where": speech.where(each),
                "allotted": f"{report.allotted[at]:,}" if report.allotted else "",
                "newly": people(brings.newly),
                "alone": people(brings.alone),
                "nearest": people(brings.nearest),
                "spacing": speech.verdict(each.verdict),
            }
            for at, (each, brings) in enumerate(zip(report.sites, report.effect.each, strict=True))
            if each.site is not None
        ],
    }


def _axes(places: list[tuple[float, float]]) -> tuple[npt.NDArray[np.float64], ...]:
    lon, lat = np.array(places, np.float64).reshape(-1, 2).T
    return lon, lat


def _places(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> Plain:
    """Positions in steps of a degree."""
    return {"lon": packed(np.rint(lon * STEPS)), "lat": packed(np.rint(lat * STEPS))}
