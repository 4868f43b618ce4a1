"""Districts shaded by a measure: values, classes, fills. Maps and map figures share these rows.

Everything is read from the record, so that a map says what the tables say. Fills grow darker
in even steps, which colour-blind eyes and grey print tell apart; classes below zero (of a
measure that has both signs) and districts without a number are hatched as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.errors import Text
from dingdian.core.workings import key_of
from dingdian.reports.wording import Words

#: Group -> its name and the measures that a map offers, in this order.
MAPPED: Mapping[str, tuple[Text, tuple[str, ...]]] = MappingProxyType(
    {
        "beds": (
            Text("床位", "Beds"),
            (
                "beds_per_1000",
                "contracted_beds_per_1000",
                "share_beds_tertiary",
                "elderly_beds_per_1000_aged",
                "bed_use",
            ),
        ),
        "institutions": (
            Text("机构", "Institutions"),
            (
                "medical_institutions",
                "medical_per_10k_insured",
                "medical_per_10k_km2",
                "pharmacies",
                "pharmacies_per_10k_insured",
                "pharmacies_per_10k_km2",
                "insured_per_pharmacy",
                "hrad",
                "pad",
                "hrad_minus_pad",
            ),
        ),
        "circles": (
            Text("服务圈", "Service circles"),
            (
                "share_covered_1_pharmacies",
                "share_covered_1_dual_channel_pharmacies",
                "share_covered_1_medical_institutions",
                "share_covered_1_outpatient_pooling_institutions",
                "share_covered_1_inpatient_institutions",
                "unserved_persons_pharmacies",
                "unserved_persons_medical_institutions",
            ),
        ),
        "people": (
            Text("人口和基金", "People and fund"),
            ("resident", "insured", "density_people", "share_aged_65", "out_of_area_share"),
        ),
        "growth": (
            Text("增长", "Growth"),
            ("growth_insured", "growth_medical", "growth_pharmacies", "growth_beds"),
        ),
        "quotas": (
            Text("次年数量", "New places"),
            (
                "quota_pharmacies",
                "quota_outpatient_pooling_institutions",
                "quota_inpatient_institutions",
                "quota_contracted_beds",
            ),
        ),
    }
)

#: Fills from few to many, and from just below zero downwards.
UPWARD = ("#e9f0f5", "#b7d0e0", "#7aa6c4", "#3d789f", "#123f63")
DOWNWARD = ("#f3dcc3", "#d79a5b", "#8f4f12")
#: The fill of a district without a number, hatched.
UNKNOWN = "#f2f2f2"
_EACH_WAY = len(DOWNWARD)


@dataclass(frozen=True, slots=True)
class ShadeClass:
    """A class of districts by printed value: their range, its fill and how many they are."""

    label: str
    fill: str
    hatched: bool
    size: int


@dataclass(frozen=True, slots=True)
class Shade:
    """A district: its figure's key, value as printed with unit, and place among the classes.

    ``number`` is the value without its unit, for names on a map. ``at`` is ``None`` where there
    is no number; ``why`` then says why.
    """

    key: str
    text: str
    number: str
    at: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Shading:
    """A measure over the districts; ``shades`` by district, ``whole`` of the whole area."""

    measure: str
    title: str
    unit: str
    group: str
    shades: Mapping[str, Shade]
    classes: tuple[ShadeClass, ...]
    whole: Shade | None


def shadings(words: Words) -> tuple[Shading, ...]:
    """The measures of ``MAPPED`` that have a number in some district."""
    return tuple(
        found
        for group, (_, measures) in MAPPED.items()
        for measure in measures
        if (found := shading(words, measure, group=group)) is not None
    )


def shading(words: Words, measure: str, *, group: str = "") -> Shading | None:
    """A measure over the districts of the record; ``None`` where none has a number."""
    figures, districts = words.record.figures, words.record.shown("county")
    keys = {at: key for at in districts if (key := key_of(measure, at)) in figures}
    known = {at: Fraction(figures[key].decimal) for at, key in keys.items() if figures[key].decimal}
    if not known:
        return None
    members = list(_members(known))
    place = {at: number for number, (group_of, _) in enumerate(members) for at in group_of}
    classes = tuple(
        ShadeClass(_range(words, measure, group_of), fill, fill in DOWNWARD, len(group_of))
        for group_of, fill in members
    )
    whole = next((key_of(measure, at) for at in words.record.shown("whole")), "")
    unit = figures[next(iter(keys.values()))].unit
    return Shading(
        measure=measure,
        title=words.measure(measure),
        unit="%" if unit == "share" else words.unit(unit),
        group=group,
        shades={at: _shade(words, key, place.get(at)) for at, key in keys.items()},
        classes=classes,
        whole=_shade(words, whole, None) if whole in figures else None,
    )


def _shade(words: Words, key: str, at: int | None) -> Shade:
    figure = words.record.figures[key]
    return Shade(key, words.quantity(figure), words.number(figure), at, words.why(figure.why))


def _members(known: Mapping[str, Fraction]) -> Iterator[tuple[list[str], str]]:
    """The districts of each class from low to high, with its fill."""
    order = sorted(known, key=lambda at: known[at])
    below = [at for at in order if known[at] < 0]
    rest = order[len(below) :]
    if not below or not rest:
        yield from zip(*_cut(order, known, len(UPWARD)), strict=True)
        return
    lower, _ = _cut(below, known, _EACH_WAY)
    yield from zip(lower, reversed(DOWNWARD[: len(lower)]), strict=True)
    yield from zip(*_cut(rest, known, _EACH_WAY), strict=True)


def _cut(
    order: Sequence[str], known: Mapping[str, Fraction], most: int
) -> tuple[list[list[str]], Sequence[str]]:
    """Sorted districts in at most ``most`` classes of about equal size, and their fills.

    Values that are printed alike stand in one class.
    """
    found: dict[int, list[str]] = {}
    first: dict[Fraction, int] = {}
    for rank, at in enumerate(order):
        start = first.setdefault(known[at], rank)
        found.setdefault(start * most // len(order), []).append(at)
    classes = list(found.values())
    return classes, _spread(len(classes))


def _spread(n: int) -> tuple[str, ...]:
    """``n`` upward fills as far apart as there are.

    >>> [UPWARD.index(each) for each in _spread(3)], [UPWARD.index(each) for each in _spread(1)]
    ([0, 2, 4], [1])
    """
    last = len(UPWARD) - 1
    if n == 1:
        return (UPWARD[1],)
    return tuple(UPWARD[at * last // (n - 1)] for at in range(n))


def _range(words: Words, measure: str, districts: Sequence[str]) -> str:
    """The smallest and largest printed value of a class."""
    ends = [
        words.number(words.record.figures[key_of(measure, at)])
        for at in (districts[0], districts[-1])
    ]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"
