"""What a transfer rests on: the question that ledger, shelf and wish make, with what they cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.census.vocabulary import LEVELS
from dingdian.core.indicators.ledger import pool_classes
from dingdian.core.policy import InForce
from dingdian.core.rules import Facts
from dingdian.core.rules import decide as decided
from dingdian.core.transfer.choices import SIZES
from dingdian.core.transfer.question import Measure, Question, Rule, Structure
from dingdian.core.transfer.stock import GENERAL, LeftOut, Stock, sizes_of, stock_of
from dingdian.core.transfer.targets import Targets, targets_of
from dingdian.core.transfer.wish import Wish
from dingdian.core.workings import Workings

#: Measure of a structure -> the level whose beds it counts, as they stand in the ledger.
PARTS: Mapping[str, str] = MappingProxyType({f"contracted_beds_{level}": level for level in LEVELS})
#: Roles of the numbers in the finding of a freeze.
_ROLES = ("base", "stock")
_IN_RATIO, _UNGRADED = "separate_pools_in_ratio", "ungraded_beds"


@dataclass(frozen=True, slots=True)
class Cited:
    """What something rests on: rules, clauses, readings; nothing where only the asker said it."""

    rules: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frozen:
    """The stock that a freeze allows and the one there is; ``None`` where a number is unknown."""

    base: int | None
    stock: int | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A question with where it comes from.

    ``sizes``: level -> the size that its institutions keep. ``zones``: district -> its zone.
    ``cited``: rule of the question, or measure -> what it rests on. ``frozen`` stands where a
    freeze is in force.
    """

    question: Question
    stock: Stock
    targets: Targets
    sizes: Mapping[str, int]
    zones: Mapping[str, str]
    use: Mapping[str, Fraction]
    cited: Mapping[Rule | Measure, Cited]
    frozen: Frozen | None = None

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The institutions that are neither taken from nor counted."""
        return self.stock.left_out


def ground_of(facts: Facts, wish: Wish) -> Ground:
    """The question of a transfer on the stock day, by the policy of the day.

    A district of which some beds are not known keeps its sum; so does one whose people are not
    known, or that no target is given for, while others are held to theirs.
    """
    works, tree = facts.workings, facts.tree
    sizes = sizes_of(works, wish)
    stock = stock_of(works, wish, sizes)
    inside = works.choice(_IN_RATIO) != "outside"
    apart = frozenset() if inside else frozenset(pool_classes(works.policy))
    pools = {pool for each in stock.holders for pool in each.beds}
    unknown = frozenset(each.district for each in stock.left_out)
    question = Question(
        stock.holders,
        frozenset(pools - apart),
        structure=_structure(facts, wish, unknown),
        growth=wish.growth,
        held=wish.held,
    )
    targets = targets_of(facts, wish, question, set(unknown))
    whole = {at: each.beds for at, each in targets.districts.items() if each.beds is not None}
    people = {at: targets.districts[at].people or 0 for at in whole}
    without = frozenset(targets.districts) - frozenset(whole) if targets.given else frozenset()
    steady = (unknown & frozenset(tree.districts)) | without
    question = replace(question, targets=whole, people=people, steady=steady)
    zones = {at: zone for at in tree.districts if (zone := tree.zone_of(at)) is not None}
    return Ground(
        question,
        stock,
        targets,
        sizes,
        MappingProxyType(zones),
        _use(facts),
        MappingProxyType({**dict(_cited(facts, targets)), Rule.MINIMUM: _sizes_cited(works, wish)}),
        _frozen(facts),
    )


# -- what the shelf says ---------------------------------------------------------------


def _in_family(facts: Facts, family: str) -> list[InForce[Any]]:
    """Rules of a family in force that no reading sets aside."""
    return [each for each in facts.in_family(family) if not facts.chosen(each.rule.unless)]


def _structure(facts: Facts, wish: Wish, unknown: frozenset[str]) -> Structure | None:
    """The shares of the first rule on structure whose parts are levels; none: there is none.

    Nor is there one where every scope has a district, or the city an institution of no district,
    of which some beds are ``unknown``: what is not known is no part of a share.
    """
    for each in _in_family(facts, "structure"):
        if all(part in PARTS for part in each.value):
            shares = {PARTS[part]: share for part, share in each.value.items()}
            scopes = {
                at: inside
                for at in facts.scopes(wish.structure_at)
                if not unknown & (inside := _districts(facts, at))
                and unknown <= frozenset(facts.tree.districts)
            }
            if not scopes:
                return None
            return Structure(shares, {level: _levels(facts, level) for level in shares}, scopes)
    return None


def _levels(facts: Facts, level: str) -> frozenset[str]:
    """The levels whose beds a part counts; the ungraded among the primary by a reading."""
    more = level == "primary" and facts.workings.choice(_UNGRADED) == "with_primary"
    return frozenset((level, "ungraded") if more else (level,))


def _districts(facts: Facts, scope: str) -> frozenset[str]:
    inside = {code for at in facts.tree.members(scope) for code in facts.tree.descend(at)}
    return frozenset(inside & set(facts.tree.districts))


def _frozen(facts: Facts) -> Frozen | None:
    """What the first freeze in force allows; its numbers are unknown while a reading is open."""
    figures = facts.workings.figures
    for each in _freezes(facts):
        numbers = dict(decided(each, facts).findings[0].numbers)
        found = (figures[numbers[role]].exact if role in numbers else None for role in _ROLES)
        base, stock = (None if n is None else int(n) for n in found)
        return Frozen(base, stock)
    return None


def _freezes(facts: Facts) -> list[InForce[Any]]:
    its = (each for each in _in_family(facts, "freeze") if each.rule.resource == "contracted_beds")
    return [each for each in its if facts.day <= each.value.through]


def _cited(facts: Facts, targets: Targets) -> Iterable[tuple[Rule | Measure, Cited]]:
    """What each rule and measure rests on."""
    freezes = _freezes(facts)
    yield Rule.TOTAL, _joined(freezes)
    yield Rule.POOLS, _joined([*_in_family(facts, "pool"), *freezes])
    shares = _joined(_in_family(facts, "structure")[:1])
    aimed = _joined(targets.rules, readings=targets.readings)
    for measure in Measure:
        if measure is Measure.STRUCTURE:
            found = shares
        elif measure in (Measure.MOVED, Measure.LEAVING):
            found = Cited()
        else:
            found = aimed
        yield measure, found
        yield Rule.holding(measure), found
    yield Rule.STEADY, aimed


def _sizes_cited(works: Workings, wish: Wish) -> Cited:
    """The readings of the sizes that nobody asked for otherwise, and what they rest on."""
    names = tuple(name for level, name in SIZES.items() if level not in wish.minimum)
    its = [each for name in names if (each := works.policy.readings.get(name)) is not None]
    clauses = dict.fromkeys(clause for each in its for clause in each.clauses)
    return Cited((), tuple(clauses), tuple(each.reading for each in its))


def _joined(rules: Iterable[InForce[Any]], *, readings: Iterable[str] = ()) -> Cited:
    its = list(rules)
    return Cited(
        tuple(dict.fromkeys(each.rule.rule for each in its)),
        tuple(dict.fromkeys(clause for each in its for clause in each.rule.clauses)),
        tuple(dict.fromkeys((*(name for e in its for name in e.rule.readings), *readings))),
    )


def _use(facts: Facts) -> Mapping[str, Fraction]:
    """The share of its open bed-days that each institution used in the year of the stock day."""
    table, year = facts.workings.census.tables["bed_use"], facts.workings.stock_day.year
    found: dict[str, Fraction] = {}
    for row in map(table.row, range(len(table))):
        used, there = row["occupied_bed_days"], row["open_bed_days"]
        if row["year"] != year or not isinstance(used, Fraction):
            continue
        if isinstance(there, Fraction) and there:
            found[str(row["institution"])] = used / there
    return MappingProxyType(found)


__all__ = ["GENERAL", "PARTS", "Cited", "Frozen", "Ground", "ground_of"]
