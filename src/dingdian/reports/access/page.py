"""map.html of access: one file with everything in it, nothing from outside."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dingdian.core.access_record import AccessRecord
from dingdian.core.census import Census
from dingdian.reports.access import words as own
from dingdian.reports.access.lines import access_lines
from dingdian.reports.access.speech import AccessWords
from dingdian.reports.frame import mark_words
from dingdian.reports.map.districts import district
from dingdian.reports.map.packing import STEPS, Plain, packed
from dingdian.reports.map.page import is_schematic
from dingdian.reports.map.places import spacing
from dingdian.reports.map.single import GROUND, single_page
from dingdian.reports.shading import UPWARD
from dingdian.reports.wording import Lang
from dingdian.reports.words.map import HEAD

FILE = "map.html"
_HERE = Path(__file__).parent
#: Classes of a locality beside the fifths: nobody within reach, and no score.
NONE, UNDEFINED = len(UPWARD), len(UPWARD) + 1


def write_page(record: AccessRecord, census: Census, lang: Lang = "zh") -> bytes:
    """The page as UTF-8; ``census`` gives the boundaries. The same record, the same bytes.

    Raises:
        RequestError: ``missing_asset``: the map library was never fetched.
    """
    words = AccessWords(record, lang)
    schematic = [words.label(HEAD, "schematic")] if is_schematic(census) else []
    said = {name: words.say_raw(text) for name, text in own.SHOWN.items()}
    marks = mark_words(words)
    return single_page(
        _HERE / "access.html.j2",
        [*GROUND, _HERE / "access.js"],
        styles=[_HERE / "access.css"],
        data={**_data(words, census), "words": said},
        lang=words.pick("zh-CN", "en"),
        title=words.title(),
        marks=marks,
        stamps=[*schematic, *mark_words(words, short=True)],
        lines=[*access_lines(words)][len(marks) + 1 :],
        notes=_notes(words, census),
        no_script=words.label(own.HEAD, "no_script"),
        empty=words.label(own.HEAD, "empty"),
        skip_to="districts",
        words=said,
    )


def _notes(words: AccessWords, census: Census) -> list[str]:
    """What the foot of the map says."""
    number = census.about.get("map_approval", "")
    return [
        words.say(own.ADVICE),
        *([words.label(HEAD, "schematic_why")] if is_schematic(census) else []),
        words.label(HEAD, "approval" if number else "no_approval", number=number),
    ]


def _data(words: AccessWords, census: Census) -> Plain:
    """What the script of the page reads."""
    record, shapes = words.record, census.outlines.shapes
    shade, edges = _shades(record)
    places, providers = record.places, record.providers
    ends = [words.score(each) for each in edges]
    names = [words.label(own.SHOWN, "fifth", low=a, high=b) for a, b in pairwise(ends)]
    names += [""] * (NONE - len(names))
    names += [words.label(own.SHOWN, each) for each in ("none", "undefined")]
    return {
        "steps": STEPS,
        "spacing": spacing(census),
        "fills": UPWARD,
        "fifths": words.label(own.SHOWN, "fifths", per=words.per()),
        "classes": {str(at): names[at] for at in sorted(set(shade.tolist()))},
        "districts": [
            district(each.area, words.scope(each.area), shapes.get(each.area))
            for each in record.areas[1:]
        ],
        "areas": [
            {
                "name": words.scope(each.area),
                "people": words.people(each.people),
                "enhanced": words.score(each.means.get("enhanced")),
                "none_share": words.share(each.none, each.people),
            }
            for each in record.areas
        ],
        "places": {
            **_points(places.lon, places.lat),
            "shade": packed(shade),
            "told": [words.score(each) for each in places.enhanced],
        },
        "providers": {
            **_points([each.lon for each in providers], [each.lat for each in providers]),
            "name": [f"{each.code} {each.name}".strip() for each in providers],
        },
    }


def _points(lon: npt.ArrayLike, lat: npt.ArrayLike) -> Plain:
    """Positions in steps of a degree."""
    return {
        name: packed(np.rint(np.asarray(each, np.float64) * STEPS))
        for name, each in (("lon", lon), ("lat", lat))
    }


def _shades(record: AccessRecord) -> tuple[npt.NDArray[np.int64], list[float]]:
    """The class of each locality, and the ends of the classes: a fifth of the people in each.

    People with nobody within reach are a class of their own, and no part of the fifths; so are
    localities without a score.
    """
    places = record.places
    score = np.array([np.nan if each is None else each for each in places.enhanced], np.float64)
    people = np.array([each or 0.0 for each in places.people], np.float64)
    none = np.array([each is None for each in places.nearest_mm], np.bool_)
    asked = np.flatnonzero(~np.isnan(score) & ~none)
    shade = np.where(none, NONE, UNDEFINED)
    if not len(asked):
        return shade, []
    by = asked[np.argsort(score[asked], kind="stable")]
    below = np.cumsum(people[by])
    wanted = below[-1] * np.arange(1, len(UPWARD)) / len(UPWARD)
    inner = score[by[np.minimum(np.searchsorted(below, wanted), len(by) - 1)]]
    shade[asked] = np.searchsorted(inner, score[asked])
    return shade, [float(score[by[0]]), *inner.tolist(), float(score[by[-1]])]
