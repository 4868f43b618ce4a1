"""What the shelf asks of a panel, frozen when it is drawn: later changes leave it alone."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.admission.case import ABOUT, Rules, clauses_for
from dingdian.core.admission.evaluation import QUALITATIVE, QUANTITATIVE, mark_of
from dingdian.core.errors import Text
from dingdian.core.policy import Policy
from dingdian.core.policy.model import Said
from dingdian.core.spacing.terms import Side
from dingdian.core.workings import Reason, reason

#: Readings of a panel -> the options that are acted on.
OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "panel_members": ("number",),
        "panel_fields": ("each", "any"),
        "panel_relations": ("present_and_former", "present"),
        "panel_yearly_limit": ("none", "limit"),
        "panel_must_pass": ("majority", "unanimous"),
        "panel_points": ("mean", "trimmed"),
        "panel_sheet_use": ("proposed", "none"),
    }
)
#: Reading and option -> its number is needed.
_NUMBERED = (
    ("panel_members", "number"),
    ("panel_relations", "present_and_former"),
    ("panel_yearly_limit", "limit"),
)
#: With fewer sheets nothing is left once the highest and the lowest are out.
LEAST_TO_TRIM = 3
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the sheet: to be passed (``full`` is ``None``), or scored up to ``full`` points.

    ``name`` is its wording on the shelf.
    """

    item: str
    name: Text
    full: Fraction | None = None

    @property
    def part(self) -> str:
        """The part of the sheet in which it stands."""
        return QUALITATIVE if self.full is None else QUANTITATIVE


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one panel.

    ``day``: the day of the rules, as 2026-03-01. ``members`` sit in it, at least ``fields[f]`` of
    each field. ``former_years``: for how many years a relation that has ended still counts (0: not
    at all). ``yearly_limit``: so many cases of an expert in a calendar year (``None``: no limit).
    ``unanimous``: an item is passed only where all pass it, else where more than half do.
    ``trimmed``: the highest and the lowest total are left out. ``mark``: points of a hundred to
    reach (``None``: no mark). ``items``: the sheet, in the order of the shelf. ``names``: fields
    and grounds in words. ``clauses``: those that are about the side of the applicant.
    """

    day: str
    members: int
    fields: Mapping[str, int]
    grounds: tuple[str, ...]
    former_years: int
    yearly_limit: int | None
    unanimous: bool
    trimmed: bool
    mark: Fraction | None
    items: tuple[Item, ...]
    names: Mapping[str, Text]
    clauses: tuple[str, ...]

    @property
    def seats(self) -> int:
        """How many sit in the panel: the members, or more where the fields need more."""
        return max(self.members, sum(self.fields.values()))

    def name(self, word: str) -> Text:
        """A field or a ground in words; one that the terms do not know as it is."""
        return self.names.get(word, Text(word, word))


def terms_of(policy: Policy, side: Side) -> Terms | Reason:
    """The terms for an applicant of a side under a policy, or why they are not clear."""
    rules = Rules(policy)
    panels = [each for each in rules.of("panel") if ABOUT[side] in each.rule.about]
    looked = [each for each in rules.of("evaluation") if ABOUT[side] in each.rule.about]
    if not panels or not looked:
        return reason("no_panel_rule", side=ABOUT[side])
    if (why := _unclear(policy)) is not None:
        return why
    panel, mark = panels[-1].value, mark_of(policy, looked[-1].rule.pass_mark)
    if isinstance(mark, Reason):
        return mark
    each_field = policy.choice("panel_fields") == "each"
    cited = [clauses_for(policy, each, side) for each in (panels[-1], looked[-1])]
    terms = Terms(
        day=policy.day.isoformat(),
        members=_number(policy, "panel_members"),
        fields={each.field: each.at_least if each_field else 0 for each in panel.fields},
        grounds=tuple(each.ground for each in panel.grounds),
        former_years=_acting(policy, "panel_relations", "present_and_former") or 0,
        yearly_limit=_acting(policy, "panel_yearly_limit", "limit"),
        unanimous=policy.choice("panel_must_pass") == "unanimous",
        trimmed=policy.choice("panel_points") == "trimmed",
        mark=mark,
        items=tuple(_items(looked, panel, policy, ABOUT[side])),
        names={
            **{each.field: _text(each) for each in panel.fields},
            **{each.ground: _text(each) for each in panel.grounds},
        },
        clauses=tuple(dict.fromkeys(itertools.chain(*cited))),
    )
    few = terms.trimmed and terms.seats < LEAST_TO_TRIM
    return reason("panel_too_small_to_trim", seats=terms.seats) if few else terms


def _unclear(policy: Policy) -> Reason | None:
    for name, known in OPTIONS.items():
        if policy.choice(name) not in known:
            return reason("reading_open", reading=name)
    for name, option in _NUMBERED:
        if policy.choice(name) == option and policy.readings[name].number is None:
            return reason("reading_without_number", reading=name)
    return None


def _number(policy: Policy, name: str) -> int:
    return int(policy.readings[name].number or 0)


def _acting(policy: Policy, name: str, option: str) -> int | None:
    return _number(policy, name) if policy.choice(name) == option else None


def _text(said: Said) -> Text:
    return Text(said.text, said.text_en)


def _items(looked: list[Any], panel: Any, policy: Policy, side: str) -> Iterator[Item]:
    """What is to be passed, then what is scored: own items of an evaluation before proposed."""
    parts = [each.value.parts for each in looked]
    own = [each for its in parts for each in its.get(QUANTITATIVE, ()) if side in each.about]
    proposed = panel.scored if policy.choice("panel_sheet_use") == "proposed" else ()
    for each in (each for its in parts for each in its.get(QUALITATIVE, ())):
        if side in each.about:
            yield Item(each.item, _text(each))
    for each in own or (each for each in proposed if side in each.about):
        if each.full:
            yield Item(each.item, _text(each), each.full)


def terms_text(terms: Terms) -> str:
    """The terms as one text of a note: the same terms, the same text."""
    return _encode(
        {
            "day": terms.day,
            "members": terms.members,
            "fields": dict(terms.fields),
            "grounds": terms.grounds,
            "former_years": terms.former_years,
            "yearly_limit": terms.yearly_limit,
            "unanimous": terms.unanimous,
            "trimmed": terms.trimmed,
            "mark": None if terms.mark is None else str(terms.mark),
            "items": [
                [each.item, each.name.zh, each.name.en, each.full and str(each.full)]
                for each in terms.items
            ],
            "names": {word: [each.zh, each.en] for word, each in terms.names.items()},
            "clauses": terms.clauses,
        }
    )


def terms_read(text: str) -> Terms:
    """The terms that a text of a note stands for."""
    found = json.loads(text)
    return Terms(
        **{name: found[name] for name in ("day", "members", "fields", "former_years")},
        **{name: found[name] for name in ("yearly_limit", "unanimous", "trimmed")},
        grounds=tuple(found["grounds"]),
        mark=None if found["mark"] is None else Fraction(found["mark"]),
        items=tuple(
            Item(item, Text(zh, en), None if full is None else Fraction(full))
            for item, zh, en, full in found["items"]
        ),
        names={word: Text(*both) for word, both in found["names"].items()},
        clauses=tuple(found["clauses"]),
    )
