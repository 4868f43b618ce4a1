"""Coverage: people and localities by how many institutions stand within their service circle.

For each stock the people with at least one, two, three institutions within the circle that
the policy draws, and for pharmacies and medical institutions the classes of areas. The people
are the insured where the ledger gives them by locality, else the residents (``Who``); the names of
the measures say which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.census.vocabulary import REGION_LEVELS
from dingdian.core.indicators.circles import SERVED, Served
from dingdian.core.indicators.covered import (
    BASES,
    INSUFFICIENT,
    INSURED_COLUMN,
    RESIDENT,
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


@dataclass(frozen=True, slots=True)
class Who:
    """Whose coverage it is: the column of localities summed, and the measure it is held against."""

    total: str
    base: str
    zh: str
    en: str
    base_zh: str
    base_en: str


RESIDENTS = Who(RESIDENT, BASES[RESIDENT], "人口", "people", "常住人口", "residents")
INSURED = Who(
    INSURED_COLUMN,
    BASES[INSURED_COLUMN],
    "参保人数",
    "insured people",
    "参保人数",
    "insured people",
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


def _base(who: Who) -> Iterator[Measure]:
    yield _places("localities", "居民点数", "number of localities", Located(total=""), clauses=_ALL)
    located = f"居民点{who.zh}合计"
    yield _people(
        "located_persons", located, f"{who.en} in localities", Located(who.total), clauses=_ALL
    )
    yield Measure(
        "located_share",
        f"{located}占{who.base_zh}的比例（{located}÷{who.base_zh}）",
        f"{who.en} in localities as a share of {who.base_en}",
        "share",
        share("located_persons", who.base),
        decimals=2,
        clauses=_ALL,
    )
    zh, en = f"居民点{who.zh}（按口径）", f"{who.en} in localities, by the reading"
    yield _people("circle_persons", zh, en, Located(who.total, weighed=True), clauses=_ALL)
    for kind in PLACES:
        term = REGION_LEVELS[kind]
        zh = f"{term.zh}类居民点{who.zh}（按口径）"
        en = f"{who.en} in localities of kind {term.en}"
        recipe = Located(who.total, kind, weighed=True)
        yield _people(f"circle_persons_{kind}", zh, en, recipe, clauses=_ALL)


def _covered(of: Served, who: Who) -> Iterator[Measure]:
    for n in TOLD:
        zh = f"服务圈内有{n}家及以上{of.zh}的{who.zh}"
        en = f"{who.en} with {n} or more {of.en} in the circle"
        recipe = Covered(of.id, n, who.total)
        made = _people(f"covered_{n}_{of.id}", zh, en, recipe, clauses=of.clauses)
        yield made
        yield _share(made, "占比", ", share", "circle_persons")


def _localities(of: Served, who: Who) -> Iterator[Measure]:
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
        zh = f"{term.zh}类居民点中服务圈内有{of.zh}的{who.zh}"
        en = f"{who.en} with {of.en} in the circle in localities of kind {term.en}"
        recipe = Covered(of.id, 1, who.total, kind)
        made = _people(f"covered_1_{of.id}_{kind}", zh, en, recipe, clauses=of.clauses)
        yield made
        yield _share(made, "占比", ", share", f"circle_persons_{kind}")


def _classed(of: Served, who: Who) -> Iterator[Measure]:
    for name, (zh, en, clauses) in CLASSES.items():
        yield _people(
            f"{name}_persons_{of.id}",
            f"{of.zh}{zh}的{who.zh}",
            f"{who.en} in areas {en} by {of.en}",
            InClass(of.id, name, who.total),
            clauses=clauses,
        )
        yield _places(
            f"{name}_localities_{of.id}",
            f"{of.zh}{zh}的居民点数",
            f"localities in areas {en} by {of.en}",
            InClass(of.id, name, total=""),
            clauses=clauses,
        )


def measures(who: Who) -> Iterator[Measure]:
    """Every measure of coverage, of some people."""
    yield from _base(who)
    for of in SERVED.values():
        yield from _covered(of, who)
    for id in CLASSED:
        yield from _localities(SERVED[id], who)
    for id in CLASSED:
        yield from _classed(SERVED[id], who)


MEASURES: tuple[Measure, ...] = tuple(measures(RESIDENTS))
