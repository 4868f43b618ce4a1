"""Family ``freeze``: a total that may not grow; transfers inside it stay allowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.census.vocabulary import CHAIR_CLASSES
from dingdian.core.findings import Limit, Outcome, State
from dingdian.core.policy import Dated, InForce, Rule, Shape
from dingdian.core.policy.model import Day, Identifier
from dingdian.core.rules import pool
from dingdian.core.rules.compare import Comparison, holds
from dingdian.core.rules.facts import Facts, parts_of, verdict
from dingdian.core.workings import Figure, reason


class FreezeValue(Shape):
    """The total must not rise above the stock at the end of ``base_year`` through ``through``.

    The reading ``freeze_base`` may move the base to the first plan year.
    """

    base_year: Annotated[str, Field(pattern=r"^\d{4}$")]
    through: Day


class FreezeRule(Rule):
    """A resource's total may not grow; transfers between areas and levels stay allowed."""

    family: Literal["freeze"]
    resource: Identifier
    values: tuple[Dated[FreezeValue], ...]


def _released(rule: FreezeRule, facts: Facts, _room: Figure) -> tuple[Limit, ...]:
    """No more new ones in a district than were released there: the total stays."""
    return tuple(
        Limit(rule.resource, at, rule.rule, facts.figure(f"released_{rule.resource}", at).key)
        for at in facts.tree.districts
    )


def _zero_net(rule: FreezeRule, facts: Facts, room: Figure) -> tuple[Limit, ...]:
    """No more new ones in the whole area than the stock lies below its base, all pools together.

    The pools managed apart draw on the room first, up to what they released; where it is too
    small for that it is shared out among them by their releases, and nothing is left for the
    general pool.
    """
    apart = _apart(rule, facts)
    if not apart:
        return (Limit(rule.resource, facts.root, rule.rule, room.key),)
    released = {name: facts.figure(f"released_{name}", facts.root) for name in apart}
    works, root = facts.workings, facts.root
    wanted = works.compute(f"apart_released.{rule.rule}", root, "sum", released, unit=room.unit)
    kept = works.compute(
        f"kept_free.{rule.rule}",
        root,
        "minimum",
        {"room": room, "released": wanted},
        unit=room.unit,
        clauses=rule.clauses,
        readings=("freeze_room", "separate_pools"),
    )
    general = works.compute(
        f"room_general.{rule.rule}",
        root,
        "difference",
        {"a": room, "b": kept},
        unit=room.unit,
        clauses=rule.clauses,
        readings=("freeze_room", "separate_pools"),
    )
    shares = {
        name: works.compute(
            f"room.{rule.rule}.{name}",
            root,
            "shared_out",
            parts_of(kept, released, own=name),
            unit=room.unit,
            clauses=rule.clauses,
            readings=("freeze_room", "separate_pools"),
        )
        for name in apart
    }
    return tuple(
        Limit(name, root, rule.rule, share.key)
        for name, share in {rule.resource: general, **shares}.items()
    )


def _apart(rule: FreezeRule, facts: Facts) -> list[str]:
    """The pools inside the frozen total that draw on their own releases; never chairs."""
    if facts.workings.choice("separate_pools") == "outside":
        return []
    beds = (each for each in pool.classes(facts) if each not in CHAIR_CLASSES)
    return [name for each in beds if (name := pool.resource_of(each)).startswith(rule.resource)]


#: Reading ``freeze_room`` -> the limits that a freeze sets.
ROOM: Mapping[str, Callable[[FreezeRule, Facts, Figure], tuple[Limit, ...]]] = MappingProxyType(
    {"released": _released, "zero_net": _zero_net}
)


def decide(in_force: InForce[FreezeRule], facts: Facts) -> Outcome:
    """Kept while the total is at most its base; limits new ones by the reading."""
    rule, value = in_force.rule, in_force.value
    if facts.day > value.through:
        return Outcome((facts.finding(in_force, facts.root, State.NOT_IN_FORCE),))
    base = facts.stock_in(
        rule.resource, facts.base_year("freeze_base", int(value.base_year)), facts.root
    )
    stock = facts.figure(rule.resource, facts.root)
    room = facts.workings.compute(
        f"room.{rule.rule}",
        facts.root,
        "difference_not_below_zero",
        {"a": base, "b": stock},
        unit=stock.unit,
        clauses=rule.clauses,
    )
    choice = facts.workings.choice("freeze_room")
    if choice is None:
        why = reason("reading_open", reading="freeze_room")
        return Outcome((facts.finding(in_force, facts.root, State.UNCLEAR, why=why),))
    state = verdict(holds(Comparison.AT_MOST, stock, base))
    finding = facts.finding(
        in_force, facts.root, state, {"stock": stock, "base": base, "room": room}
    )
    return Outcome((finding,), ROOM[choice](rule, facts, room))
