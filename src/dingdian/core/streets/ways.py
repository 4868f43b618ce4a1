"""Who may pass a street, by its words: those of OpenStreetMap, or a bureau's own few.

The tables are the whole rule. A bureau's lines say ``walk``, ``drive`` and ``oneway``; they are
read as the words of OpenStreetMap for the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Passage(NamedTuple):
    """Whether one may walk, and drive in the order of the line (``forward``) and against it."""

    walk: bool
    forward: bool
    backward: bool


#: Word of ``highway`` -> whether one walks and drives there, where nothing else is said.
KINDS: Mapping[str, tuple[bool, bool]] = MappingProxyType(
    dict.fromkeys(("motorway", "motorway_link", "trunk", "trunk_link"), (False, True))
    | dict.fromkeys(
        (
            *("primary", "primary_link", "secondary", "secondary_link"),
            *("tertiary", "tertiary_link", "unclassified", "residential"),
            *("living_street", "service", "road", "track"),
        ),
        (True, True),
    )
    | dict.fromkeys(
        (
            *("footway", "path", "pedestrian", "steps", "corridor", "crossing", "platform"),
            *("cycleway", "bridleway", "elevator", "trail"),
        ),
        (True, False),
    )
)
#: The kind of a line that names none: a street for both.
UNNAMED = "road"

_YES = frozenset({"yes", "designated", "permissive", "destination", "true", "1", "是"})
_NO = frozenset({"no", "private", "customers", "delivery", "false", "0", "否"})
_FORWARD = frozenset({"yes", "true", "1", "是"})
_AGAINST = frozenset({"-1", "reverse"})
_ROUND = frozenset({"roundabout", "circular"})
#: Words of a bureau's own lines -> the words of OpenStreetMap that say the same.
OWN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "walk": "foot",
        "步行": "foot",
        "drive": "motor_vehicle",
        "行车": "motor_vehicle",
        "单行": "oneway",
        "道路类型": "highway",
    }
)


def passage(tags: Mapping[str, str]) -> Passage | None:
    """Who may pass; ``None`` for a kind that is no street (being built, a race track …).

    The nearer word wins: ``foot`` before ``access``, ``motor_vehicle`` before ``vehicle`` before
    ``access``. A car never drives on a kind for walking. A word that is neither yes nor no, such
    as hours of the day, changes nothing.

    >>> passage({"highway": "residential", "oneway": "yes"})
    Passage(walk=True, forward=True, backward=False)
    >>> passage({"highway": "trunk", "foot": "yes"}).walk
    True
    >>> passage({"highway": "construction"}) is None
    True
    """
    kind = KINDS.get(tags.get("highway") or UNNAMED)
    if kind is None:
        return None
    walk = _allowed(tags, ("access", "foot"), kind[0])
    drive = kind[1] and _allowed(tags, ("access", "vehicle", "motor_vehicle"), default=True)
    oneway = tags.get("oneway", "")
    if oneway in _AGAINST:
        return Passage(walk, forward=False, backward=drive)
    runs_one_way = tags.get("highway", "").startswith("motorway") or tags.get("junction") in _ROUND
    one = oneway in _FORWARD or (runs_one_way and oneway not in _NO)
    return Passage(walk, forward=drive, backward=drive and not one)


def unread(tags: Mapping[str, str]) -> bool:
    """Whether a word on who may pass is neither yes nor no, such as hours of the day.

    >>> unread({"foot": "perhaps"}), unread({"oneway": "-1"}), unread({"highway": "road"})
    (True, False, False)
    """
    known = _YES | _NO
    passing = ("access", "foot", "vehicle", "motor_vehicle")
    told = any(tags.get(each) and tags[each] not in known for each in passing)
    oneway = tags.get("oneway", "")
    return told or bool(oneway and oneway not in _FORWARD | _AGAINST | _NO)


def _allowed(tags: Mapping[str, str], words: tuple[str, ...], default: bool) -> bool:
    """What the last of some words says that is yes or no; a general yes opens nothing."""
    allowed = default
    for word in words:
        said = tags.get(word, "")
        if said in _NO:
            allowed = False
        elif said in _YES and word != "access":
            allowed = True
    return allowed
