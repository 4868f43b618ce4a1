"""Check a shelf: its own faults, and whether every id that its rules name exists."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from dingdian.core.census.schema import INSTITUTIONS, Kind
from dingdian.core.census.vocabulary import BED_CLASSES, KINDS, SERVICES, TYPES, ZONES
from dingdian.core.errors import Fault, Place, ShelfError, fault
from dingdian.core.lifecycle.events import ELSEWHERE
from dingdian.core.lifecycle.moves import EVENTS, PAUSES
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.policy import PolicyBook, Rule


@dataclass(frozen=True, slots=True)
class KnownIds:
    """What rules may name besides the shelf's own ids: measures and resources."""

    measures: Collection[str]
    resources: Collection[str]


#: What a name stands for -> its words, where the census or the life of an institution has them.
#: An ``event`` is raised by a move or known to come from elsewhere; a ``pause`` is one that stops
#: a clock until another ends it.
TERMS: Mapping[str, Collection[str]] = MappingProxyType(
    {
        "bed_class": tuple(BED_CLASSES),
        "event": tuple(sorted({*EVENTS, *ELSEWHERE})),
        "flag": tuple(each.name for each in INSTITUTIONS if each.kind is Kind.FLAG),
        "kind": tuple(KINDS),
        "pause": tuple(PAUSES),
        "service": tuple(SERVICES),
        "stage": tuple(Stage),
        "type": tuple(TYPES),
        "zone": tuple(ZONES),
    }
)

#: A name in a rule: what it stands for, the name, and its path inside the rule.
Named = tuple[str, str, str]


def check_policy(read: Callable[[], PolicyBook], known: KnownIds) -> tuple[Fault, ...]:
    """Every fault of a shelf: those of reading it, and every id that does not exist.

    ``read`` is the port: it gives the book or raises ``ShelfError`` with its faults. An
    empty answer means that the shelf may be used.
    """
    faults: tuple[Fault, ...] = ()
    try:
        layers = read().layers.values()
        rules = tuple((layer.card.place, rule) for layer in layers for rule in layer.rules)
    except ShelfError as refused:
        faults = refused.faults
        rules = tuple((at, rule) for at, rule in refused.rules if isinstance(rule, Rule))
    return (*faults, *(each for at, rule in rules for each in _of_rule(rule, at, known)))


def names_in(rule: Rule) -> Iterator[Named]:
    """Every measure, resource and term that a rule names.

    Of a rule of family ``freeze`` it is the one resource; a duty names none.
    """
    for key, what in _KEYS.items():
        found = getattr(rule, key, None)
        for number, name in enumerate((found,) if isinstance(found, str) else found or ()):
            yield what, name, key if isinstance(found, str) else f"{key}[{number + 1}]"
    for number, condition in enumerate(getattr(rule, "any_of", ())):
        yield "measure", condition.measure, f"any_of[{number + 1}].measure"
    names = _IN_VALUES.get(rule.family)
    for number, dated in enumerate(rule.values):
        if names is not None and dated.value is not None:
            for what, name in names(dated.value):
                yield what, name, f"values[{number + 1}].value"


#: Key of a rule -> what the names under it stand for.
_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "measure": "measure",
        "demand": "measure",
        "mix": "measure",
        "resource": "resource",
        "resources": "resource",
        "about": "resource",
        "begins": "event",
        "ends": "event",
        "pauses": "pause",
    }
)


def _all(what: str) -> Callable[[Any], Iterator[tuple[str, str]]]:
    return lambda value: ((what, name) for name in value)


def _of_group(value: Any) -> Iterator[tuple[str, str]]:
    for key, what in (("flags", "flag"), ("kinds", "kind"), ("public_kinds", "kind")):
        yield from ((what, name) for name in getattr(value, key))
    yield from (("type", name) for name in value.types)


def _of_gate(value: Any) -> Iterator[tuple[str, str]]:
    yield from (("stage", name) for name in value.stages)
    yield from (("service", name) for name in value.closed)


def _of_eligible(value: Any) -> Iterator[tuple[str, str]]:
    yield from (("kind", name) for name in value.kinds)
    for service, kinds in value.services.items():
        yield "service", service
        yield from (("kind", name) for name in kinds)


#: Family -> the names in its values; families that are not here have none to check.
_IN_VALUES: Mapping[str, Callable[[Any], Iterator[tuple[str, str]]]] = MappingProxyType(
    {
        "eligibility": _of_eligible,
        "exemption": _of_group,
        "pool": _all("bed_class"),
        "priority": _of_group,
        "report": _all("measure"),
        "resources": _all("resource"),
        "scope": _all("zone"),
        "service_gate": _of_gate,
        "structure": _all("measure"),
    }
)


def _of_rule(rule: Rule, layer: str, known: KnownIds) -> Iterator[Fault]:
    for what, name, at in names_in(rule):
        words = {"measure": known.measures, "resource": known.resources}.get(what, TERMS.get(what))
        if words is None or name in words:
            continue
        near = get_close_matches(name, words, n=1, cutoff=0.6)
        details = {
            "name": name,
            "nearest_zh": f"；是不是 {near[0]}？" if near else "",
            "nearest_en": f"; did you mean {near[0]}?" if near else "",
        }
        place = Place(layer, f"{rule.rule}.{at}")
        if what in TERMS:
            yield fault("shelf_unknown_term", place, vocabulary=what, **details)
        else:
            yield fault(f"shelf_unknown_{what}", place, **details)
