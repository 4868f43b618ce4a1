"""Small worlds for rule engines: a region tree, given numbers, chosen readings, a day."""

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction

from dingdian.core.census import TABLES, Census, make_census, table_from_rows
from dingdian.core.indicators import MEASURES
from dingdian.core.policy import InForce, PlaceCard, Policy, Reading
from dingdian.core.rules import SHAPES, Facts
from dingdian.core.workings import Workings, reason

ROOT = "city"
#: Quantitative readings, where a test chooses them.
NUMBERS = {"all_comes_back": "1", "half_comes_back": "50%", "structure_verdict": "5%"}
#: code, parent, level, zone: two districts of one zone and a county, with units below it.
TREE = (
    (ROOT, None, "prefecture", None),
    ("east", ROOT, "county", "main_urban"),
    ("west", ROOT, "county", "main_urban"),
    ("north", ROOT, "county", "county"),
    ("north-town", "north", "township", None),
    ("north-quarter", "north-town", "community", None),
    ("north-village", "north-town", "village", None),
)


def reading(name: str, chosen: str | None, number: object = None) -> Reading:
    options = {chosen or "open": "一项", "other": "另一项"}
    return Reading(
        reading=name,
        question="问",
        question_en="question",
        options=options,
        options_en=options,
        chosen=chosen,
        number=number,
        why="因",
        why_en="because",
        by="测试",
        by_en="test",
        decided_on=dt.date(2026, 1, 1),
    )


def rule(family: str, value: object, *, layer: str = "here", **fields: object) -> InForce:
    """A rule of one family with one value since 2025-01-01."""
    shape = SHAPES[family]
    dated = {"since": "2025-01-01", "value": value, "clause": "X-1", "checked_on": "2026-01-01"}
    content = {
        "rule": f"the_{family}",
        "family": family,
        "title": "规则",
        "title_en": "rule",
        "clauses": ("X-1",),
        "values": (dated,),
        **fields,
    }
    made = shape.model_validate(content)
    return InForce(made, made.values[0], layer)


def census(
    tree: Iterable[tuple[str, str | None, str, str | None]] = TREE,
    *,
    urban: Iterable[str] = (),
    **tables: list[dict[str, object]],
) -> Census:
    regions = [
        {
            "code": code,
            "name": code,
            "parent": parent,
            "level": level,
            "zone": zone,
            "main_urban_area": code in urban,
        }
        for code, parent, level, zone in tree
    ]
    rows = {"regions": regions, **tables}
    return make_census({name: table_from_rows(TABLES[name], r) for name, r in rows.items()})


def policy(
    *, rules: Iterable[InForce] = (), choices: Mapping[str, str | None] | None = None,
    day: dt.date = dt.date(2026, 1, 1),
) -> Policy:  # fmt: skip
    return Policy(
        place=PlaceCard(
            place="here", title="此地", title_en="here", region_code=ROOT, layers=("here",)
        ),
        day=day,
        rules={each.rule.rule: each for each in rules},
        readings={
            name: reading(name, chosen, NUMBERS.get(name))
            for name, chosen in (choices or {}).items()
        },
        benchmarks={},
        clauses={},
        documents={},
    )


def world(
    given: Mapping[str, object] | None = None,
    *,
    rules: Iterable[InForce] = (),
    choices: Mapping[str, str | None] | None = None,
    benchmarks: Mapping[str, object] | None = None,
    day: dt.date = dt.date(2026, 1, 1),
    **tables: list[dict[str, object]],
) -> Facts:
    """Facts in which ``given`` (``measure.scope`` -> number, None for unknown) stand."""
    limits = [
        {"benchmark": name, "value": Fraction(str(value))}
        for name, value in (benchmarks or {}).items()
    ]
    seen = census(**{"benchmarks": limits, **tables})
    works = Workings(
        census=seen,
        policy=policy(rules=rules, choices=choices, day=day),
        measures=MEASURES,
        stock_day=dt.date(day.year - 1, 12, 31),
    )
    for key, number in (given or {}).items():
        measure, scope = key.rsplit(".", 1)
        unit = MEASURES[measure].unit if measure in MEASURES else "place"
        value = None if number is None else Fraction(str(number))
        works.given(measure, scope, value, unit=unit, why=reason("not_given"))
    return Facts(works, day.year)
