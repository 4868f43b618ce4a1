"""How the districts of a transfer are shaded on its map: short of their target, or above it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.errors import Text
from dingdian.core.transfer_record import DistrictRecord
from dingdian.reports.transfer.speech import TransferWords
from dingdian.reports.words.texts import texts

#: The views of a map, in the order of its choice.
VIEWS = ("off_before", "off_after", "change")
#: Where a class ends, as a share of the target (of the beds before, for a change).
EDGES = (Fraction(-1, 4), Fraction(-1, 20), Fraction(1, 20), Fraction(1, 4))
#: Orange is short or gives, blue is above or takes: told apart by people who see no red or green.
FILLS = ("#c8621b", "#f2c08c", "#f4f4f1", "#a9cbe4", "#2f6fa7")
NAMES: Mapping[str, Text] = texts(
    off_before=("调剂前与目标相差", "off target before"),
    off_after=("调剂后与目标相差", "off target after"),
    change=("区县床位增减", "beds gained or lost"),
)
_OFF = (
    ("低于目标超过25%", "short by more than 25%"),
    ("低于目标5%至25%", "short by 5% to 25%"),
    ("与目标相差不足5%", "within 5% of the target"),
    ("高于目标5%至25%", "above by 5% to 25%"),
    ("高于目标超过25%", "above by more than 25%"),
)
_CHANGED = (
    ("减少超过25%", "loses more than 25%"),
    ("减少5%至25%", "loses 5% to 25%"),
    ("增减不足5%", "changes by less than 5%"),
    ("增加5%至25%", "gains 5% to 25%"),
    ("增加超过25%", "gains more than 25%"),
)
CLASSES: Mapping[str, tuple[Text, ...]] = MappingProxyType(
    {
        "off_before": tuple(Text(*pair) for pair in _OFF),
        "off_after": tuple(Text(*pair) for pair in _OFF),
        "change": tuple(Text(*pair) for pair in _CHANGED),
    }
)


def difference(each: DistrictRecord, view: str) -> tuple[int | None, int | None]:
    """By how many beds, and of how many; ``None`` where either is unknown.

    ``change`` counts the beds that count in the target of the district: those of all pools.
    """
    if view == "change":
        return (None if each.after is None else each.after - each.before), each.before
    beds = each.before if view == "off_before" else each.after
    known = beds is not None and each.target is not None
    return (beds - each.target if known else None), each.target  # type: ignore[operator]


def class_of(beds: int | None, base: int | None) -> int | None:
    """The class of a difference, 0 the shortest; ``None``: unknown.

    An edge belongs to the class that is nearer to none. Of a base of 0 anything above is the
    highest class.

    >>> [class_of(beds, 100) for beds in (-26, -25, -5, 5, 25, 26)]
    [0, 1, 2, 2, 3, 4]
    >>> class_of(0, 0), class_of(1, 0), class_of(None, 100), class_of(1, None)
    (2, 4, None, None)
    """
    if beds is None or base is None:
        return None
    if base == 0:
        return 2 if beds == 0 else 4
    share = Fraction(beds, base)
    low = sum(share >= edge for edge in EDGES[:2])
    return low + sum(share > edge for edge in EDGES[2:])


def told(words: TransferWords, beds: int | None) -> str:
    """A difference with its sign; — where it is unknown."""
    if beds is None:
        return "—"
    return ("+" if beds > 0 else "") + words.count(beds)
