"""Coverage: people and localities by how many institutions stand within their service circle.

For each stock the people with at least one, two, three institutions within the circle that
the policy draws, and for pharmacies and medical institutions the classes of areas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dingdian.core.census.vocabulary import REGION_LEVELS
from dingdian.core.indicators.circles import SERVED, Served
from dingdian.core.indicators.covered import (
    INSUFFICIENT,
    SATURATED,
    SUFFICIENT,
    UNSERVED,
    Covered,
    InClass,
    Located,
)
from dingdian.core.indicators.recipes import share
from dingdian.core.workings import Measure

#: So many institutions within the circle are told apart.
TOLD = (1, 2, 3)
#: Stocks whose localities are counted and classed as well.
CLASSED = ("pharmacies", "medical_institutions")
#: Kinds of places that localities stand for, below the district.
PLACES = ("township", "community", "village")
_ALL = ("DX-18", "DX-22", "SY-09")

#: Class of areas -> its names and the clauses that name it.
CLASSES: Mapping[str, tuple[str, str, tuple[str, ...]]] = MappingProxyType(
    {
        UNSERVED: ("服务盲区", "unserved", ("DX-23", "DX-44", "SY-09")),
        INSUFFICIENT: ("相对不足区域", "insufficiently served", ("DX-24", "DX-44")),
        SUFFICIENT: ("充足区域", "sufficiently served", ("DX-44",)),
        SATURATED: ("饱和区域", "more than sufficiently served", ("DX-44",)),
    }
)


def _people(
    id: str, zh: str, en: str, recipe: Located | Covered | InClass, *, clauses: tuple[str, ...]
) -> Measure:
    return Measure(id, zh, en, "person", recipe, clauses=clauses)


def _places(
    id: str, zh: str, en: str, recipe: Located | Covered | InClass, *, clauses: tuple[str, ...]
) -> Measure:
    return Measure(id, zh, en, "locality", recipe, clauses=clauses)


def _share(of: Measure, zh: str, en: str, whole: str) -> Measure:
    recipe = share(of.id, whole)
    return Measure(
        f"share_{of.id}", of.zh + zh, of.en + en, "share", recipe, decimals=2, clauses=of.clauses
    )


def _base() -> Iterator[Measure]:
    yield _places("localities", "居民点数", "number of localities", Located(total=""), clauses=_ALL)
    yield _people(
        "located_persons", "居民点人口合计", "people in localities", Located(), clauses=_ALL
    )
    yield Measure(
        "located_share",
        "居民点人口合计占常住人口的比例（居民点人口合计÷常住人口）",
        "people in localities as a share of residents",
        "share",
        share("located_persons", "resident"),
        decimals=2,
        clauses=_ALL,
    )
    zh, en = "居民点人口（按口径）", "people in localities, by the reading"
    yield _people("circle_persons", zh, en, Located(weighed=True), clauses=_ALL)
    for kind in PLACES:
        term = REGION_LEVELS[kind]
        zh, en = f"{term.zh}类居民点人口（按口径）", f"people in localities of kind {term.en}"
        yield _people(
            f"circle_persons_{kind}", zh, en, Located(kind=kind, weighed=True), clauses=_ALL
        )


def _covered(of: Served) -> Iterator[Measure]:
    for n in TOLD:
        zh = f"服务圈内有{n}家及以上{of.zh}的人口"
        en = f"people with {n} or more {of.en} in the circle"
        made = _people(f"covered_{n}_{of.id}", zh, en, Covered(of.id, n), clauses=of.clauses)
        yield made
        yield _share(made, "占比", ", share", "circle_persons")


def _localities(of: Served) -> Iterator[Measure]:
    zh, en = f"服务圈内有{of.zh}的居民点数", f"localities with {of.en} in the circle"
    made = _places(
        f"covered_localities_{of.id}", zh, en, Covered(of.id, 1, total=""), clauses=of.clauses
    )
    yield made
    area = (
        "占比（按个数，等大网格即按面积）",
        ", share by number (of area where cells are of one size)",
    )
    yield _share(made, *area, "localities")
    for kind in PLACES:
        term = REGION_LEVELS[kind]
        zh = f"{term.zh}类居民点中服务圈内有{of.zh}的人口"
        en = f"people with {of.en} in the circle in localities of kind {term.en}"
        made = _people(
            f"covered_1_{of.id}_{kind}", zh, en, Covered(of.id, 1, kind=kind), clauses=of.clauses
        )
        yield made
        yield _share(made, "占比", ", share", f"circle_persons_{kind}")


def _classed(of: Served) -> Iterator[Measure]:
    for name, (zh, en, clauses) in CLASSES.items():
        yield _people(
            f"{name}_persons_{of.id}",
            f"{of.zh}{zh}的人口",
            f"people in areas {en} by {of.en}",
            InClass(of.id, name),
            clauses=clauses,
        )
        yield _places(
            f"{name}_localities_{of.id}",
            f"{of.zh}{zh}的居民点数",
            f"localities in areas {en} by {of.en}",
            InClass(of.id, name, total=""),
            clauses=clauses,
        )


MEASURES: tuple[Measure, ...] = (
    *_base(),
    *(measure for of in SERVED.values() for measure in _covered(of)),
    *(measure for id in CLASSED for measure in _localities(SERVED[id])),
    *(measure for id in CLASSED for measure in _classed(SERVED[id])),
)
