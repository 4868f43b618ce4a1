"""Who has how many institutions within a circle: counted once for each set and radius.

A set of institutions is designated ones of a kind with a service open on a day. Counting is
three-valued: an institution that may belong to the set, or has no usable position, may stand
within the circle of anyone whom its county reaches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from dingdian.core.census.counties import across, by_label, counties_of
from dingdian.core.census.positions import Positions
from dingdian.core.census.table import Mask
from dingdian.core.census.vocabulary import DENSITIES
from dingdian.core.circles import Index, Points, Sites

if TYPE_CHECKING:
    from dingdian.core.census.census import Census
    from dingdian.core.streets import Network, Snapped, StreetSites

Counts = npt.NDArray[np.int64]

#: Kinds of institutions that a set may be of.
MEDICAL, PHARMACY, ANY = "medical", "pharmacy", "any"
#: Whether an institution at exactly the radius counts, in the words of the rules.
RIM = {"at_most": True, "less_than": False}
#: A threshold that nothing reaches: as a word of a condition, and as a number.
NOTHING, NEVER = "never", np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Circle:
    """A set of institutions and the radius within which they serve, in millimetres.

    ``kind`` is medical, pharmacy or any; ``service`` one that is open on ``day`` (ISO), empty
    for any; ``standings`` those that count as designated; ``rim`` whether exactly the radius
    is inside. ``by``: how one goes along the streets of the census (``walking``, ``driving``);
    empty for the straight line.
    """

    kind: str
    service: str
    radius_mm: int
    rim: bool
    day: str
    standings: tuple[str, ...]
    by: str = ""

    @property
    def column(self) -> str:
        """The set as the column of a condition: ``pharmacy``, ``medical:inpatient``."""
        return f"{self.kind}:{self.service}" if self.service else self.kind

    def words(self, threshold: str) -> tuple[str, ...]:
        """The words of a condition on the number within the circle.

        ``threshold`` is a number, or one for each density class that has one
        (``dense=2 ordinary=1``).
        """
        rim = "at_most" if self.rim else "less_than"
        how = f"{rim} {self.by}" if self.by else rim
        return (threshold, str(self.radius_mm), how, self.day, *self.standings)


def read_condition(column: str, words: tuple[str, ...]) -> tuple[Circle, str]:
    """The circle and the threshold of a condition.

    Raises:
        ValueError: too few words, or a radius that is not a whole number.
        KeyError: the word for the rim is not known.

    >>> circle = Circle("pharmacy", "", 800_000, True, "2025-12-31", ("in_force",), "walking")
    >>> read_condition(circle.column, circle.words("2")) == (circle, "2")
    True
    """
    threshold, radius, how, day, *standings = words
    kind, _, service = column.partition(":")
    rim, _, by = how.partition(" ")
    return Circle(kind, service, int(radius), RIM[rim], day, tuple(standings), by), threshold


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """How many institutions of a set each row of a table has within the circle.

    Both counts have shape (n,): at least ``least``, at most ``most``. Where ``located`` is
    false the row itself has no position and both mean nothing.
    """

    located: Mask
    least: Counts
    most: Counts


def within(census: Census, table: str, circle: Circle, members: tuple[Mask, Mask]) -> Within:
    """Count for each row of ``table``; ``members``: institutions surely in the set, and maybe.

    Along streets, who is on none is surely near nobody, and may be near whoever is in a straight
    line: no way is shorter.

    Raises:
        KeyError: the table has no coordinates.
    """
    here, there = census.positions(table), census.positions("institutions")
    sure, possible = members
    least = np.zeros(len(here), np.int64)
    points = census.cached((table, "sites"), lambda: _sites(here, here.known))

    def straight(rows: Mask) -> Counts:
        found = _sites(there, rows).counts(points, circle.radius_mm, rim=circle.rim)
        return found.astype(np.int64)

    def along(rows: Mask) -> Counts:
        sites = on_streets(census, rows)
        return sites.counts(joined(census, table), circle.radius_mm, rim=circle.rim)

    count = along if circle.by else straight
    least[here.known] = count(sure & there.known)
    most = least.copy()
    most[here.known] += count(possible & ~sure & there.known)
    if circle.by:
        most[here.known] += straight(possible & off_streets(census, "institutions"))
        aside = off_streets(census, table)
        most[aside] = straight(possible & there.known)[aside[here.known]]
    most += _unlocated(census, table, possible & ~there.known, circle.radius_mm)
    return Within(here.known, least, most)


def index_of(points: Points, circle: Circle, network: Network | None) -> Index:
    """The index over sites that are not of the census, measured as a circle is.

    Raises:
        ValueError: the circle goes along streets, and none are loaded.
    """
    if not circle.by:
        return Sites.of(points)
    from dingdian.core.streets import StreetSites  # noqa: PLC0415 -- needs an optional extra

    if network is None:
        raise ValueError("a circle along streets asks for a census with streets")
    return StreetSites.of(network, points)


def joined(census: Census, table: str) -> Snapped:
    """Where the rows of ``table`` that have a position join the streets; found once.

    Raises:
        ValueError: no streets are loaded.
    """
    network = census.network
    if network is None:
        raise ValueError("a circle along streets asks for a census with streets")
    here = census.positions(table)
    points = Points(here.lon[here.known], here.lat[here.known])
    return census.cached((table, "streets"), lambda: network.snap(points))


def off_streets(census: Census, table: str) -> Mask:
    """The rows of ``table`` that have a position and are on no street."""
    off = census.positions(table).known.copy()
    off[off] = joined(census, table).piece < 0
    return off


def on_streets(census: Census, rows: Mask) -> StreetSites:
    """The index of some institutions that have a position, along the streets of a census."""
    from dingdian.core.streets import StreetSites  # noqa: PLC0415 -- needs an optional extra

    there, snapped = census.positions("institutions"), joined(census, "institutions")
    if census.network is None:
        raise ValueError("a circle along streets asks for a census with streets")
    its = np.flatnonzero(rows[there.known])
    points = Points(there.lon[rows], there.lat[rows])
    return StreetSites(census.network, points, snapped.take(its))


def _sites(positions: Positions, rows: Mask) -> Sites:
    return Sites.of(Points(positions.lon[rows], positions.lat[rows]))


def _unlocated(census: Census, table: str, rows: Mask, radius_mm: int) -> Counts:
    """For each row of ``table`` the institutions without position that may stand near it.

    They are those of its county, and of each county that reaches within the radius of it; one
    whose county is not known may stand anywhere.
    """
    own, counties = counties_of(census, "institutions")
    missing = np.bincount(own[rows] + 1, minlength=len(counties) + 1).astype(np.int64)
    at, _ = counties_of(census, table)
    everywhere = int(missing[0])
    found: Counts = np.where(at >= 0, missing[at + 1] + everywhere, int(missing.sum()))
    for county in np.flatnonzero(missing[1:]).tolist():
        found += missing[county + 1] * across(census, table, county, radius_mm)
    return found


def thresholds(census: Census, table: str, text: str) -> Counts | int:
    """The threshold of each row of ``table``: one number, or one by the density of its region.

    A class without a number has one that nothing reaches; a row without region likewise.
    """
    if "=" not in text:
        return NEVER if text == NOTHING else int(text)
    by_class = dict(part.split("=") for part in text.split())

    def found() -> Counts:
        region = census.column(table, "region")
        classes = densities_of(census)
        own = [int(by_class.get(classes.get(code, ""), NEVER)) for code in region.labels]
        return by_label(region, own, NEVER)

    return census.cached((table, "thresholds", text), found)


def densities_of(census: Census) -> Mapping[str, str]:
    """The density class of each region: its own mark, else that of the nearest region above.

    A main urban area (主城区) without a mark is dense; where nothing is marked up to the root,
    the class is ordinary.
    """

    def found() -> Mapping[str, str]:
        regions = census.tables["regions"]
        codes, marks = regions["code"].cells(), regions["density"].cells()
        marked = {str(c): str(m) for c, m in zip(codes, marks, strict=True) if m is not None}
        marked = dict.fromkeys(census.main_urban_areas, "dense") | marked
        classes: dict[str, str] = {}

        def down(code: str, above: str) -> None:
            classes[code] = marked.get(code, above)
            for child in census.tree.children(code):
                down(child, classes[code])

        down(census.tree.root, "ordinary")
        return classes

    return census.cached("densities", found)


def threshold_text(by_class: Mapping[str, int]) -> str:
    """Thresholds by density class as the text of a condition, in the order of the vocabulary.

    >>> threshold_text({"ordinary": 1, "dense": 2}), threshold_text({})
    ('dense=2 ordinary=1', 'never')
    """
    told = (f"{each}={by_class[each]}" for each in DENSITIES if each in by_class)
    return " ".join(told) or NOTHING
