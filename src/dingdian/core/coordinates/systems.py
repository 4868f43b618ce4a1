"""The coordinate systems that a point may be stated in, and what people write for them.

WGS84 and CGCS2000 are treated as one: at the accuracy of an address (metres) they differ by
centimetres to a few decimetres, by the drift of the plates since 2000. A system of another
datum (1954 Beijing, 1980 Xi'an, a city's own grid) has no public parameters to CGCS2000: it is
known by name only to be refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from dingdian.core.errors import RequestError, fault


class CoordinateSystemError(RequestError):
    """A system that is not known, or points of several systems where one is needed."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A transverse Mercator grid of the northern hemisphere.

    Its central ``meridian`` in degrees east, the ``false_easting`` in metres, the ``scale`` on
    the meridian and the ``flattening`` of its ellipsoid as 1/f. Northings count from the equator.
    """

    meridian: int
    false_easting: int
    scale: float
    inverse_flattening: float


@dataclass(frozen=True, slots=True)
class System:
    """A coordinate system: identifier, names, further spellings, and its grid if it is one.

    A point of a system without ``grid`` is longitude and latitude in degrees; a point of a grid
    is *easting and northing in metres*, in this order, whatever the order of a map's X and Y.
    """

    id: str
    zh: str
    en: str
    also: tuple[str, ...] = ()
    grid: Grid | None = None

    @property
    def unit(self) -> str:
        """``metre`` for a grid, else ``degree``."""
        return "metre" if self.grid else "degree"


WGS84 = System("wgs84", "WGS84", "WGS84", ("EPSG:4326", "WGS-84", "WGS 84", "WGS1984", "CRS84"))
CGCS2000 = System(
    "cgcs2000",
    "CGCS2000",
    "CGCS2000",
    ("EPSG:4490", "国家2000", "2000国家大地坐标系", "国家2000大地坐标系", "大地2000"),
)
GCJ02 = System(
    "gcj02", "GCJ-02", "GCJ-02", ("高德", "腾讯", "火星坐标", "火星坐标系", "国测局坐标")
)
BD09 = System("bd09", "BD-09", "BD-09", ("百度", "百度坐标", "BD09LL"))

#: The systems of degrees, by identifier.
DEGREES: Mapping[str, System] = MappingProxyType(
    {each.id: each for each in (WGS84, CGCS2000, GCJ02, BD09)}
)

_CGCS2000_FLATTENING, _WGS84_FLATTENING = 298.257222101, 298.257223563
_OTHER_DATUM = re.compile(
    r"北京54|54北京|1954|beijing|西安80|80西安|1980|xian|地方坐标|独立坐标|城市坐标"
)
_CODE = re.compile(r"(?:urnogcdefcrs)?(?:epsg)?(\d{4,6})")


def _grids() -> Iterable[System]:
    """The Gauss-Krüger grids of CGCS2000 (EPSG 4491-4554) and UTM of WGS84 over China."""
    for width, first, count, zoned in (
        (6, 4491, 11, True),
        (6, 4502, 11, False),
        (3, 4513, 21, True),
        (3, 4534, 21, False),
    ):
        kind, kind_zh = ("3-degree ", "3度带") if width == 3 else ("", "6度带")
        for at in range(count):
            meridian = 75 + width * at
            zone = meridian // 3 if width == 3 else (meridian + 3) // 6
            label, label_zh = (f"zone {zone}", f"第{zone}带") if zoned else (
                f"CM {meridian}E",
                f"中央经线{meridian}°",
            )  # fmt: skip
            easting = (zone * 1_000_000 if zoned else 0) + 500_000
            yield System(
                f"EPSG:{first + at}",
                f"CGCS2000 高斯-克吕格 {kind_zh} {label_zh}",
                f"CGCS2000 / {kind}Gauss-Kruger {label}",
                grid=Grid(meridian, easting, 1.0, _CGCS2000_FLATTENING),
            )
    for zone in range(43, 54):
        name = f"WGS 84 / UTM zone {zone}N"
        grid = Grid(6 * zone - 183, 500_000, 0.9996, _WGS84_FLATTENING)
        yield System(f"EPSG:{32600 + zone}", f"WGS84 UTM {zone}N", name, grid=grid)


@cache
def grids() -> Mapping[str, System]:
    """The projected grids by identifier (``EPSG:4547``)."""
    return MappingProxyType({each.id: each for each in _grids()})


@cache
def _spellings() -> Mapping[str, System]:
    found: dict[str, System] = {}
    for each in (*DEGREES.values(), *grids().values()):
        for word in (each.id, each.zh, each.en, *each.also):
            found.setdefault(_plain(word), each)
    return found


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_\-/:'\"()]+", "", folded)


def find_system(text: str) -> System | None:
    """The system that a ledger's text means; ``None`` when it means none that is known.

    Case, spaces, full-width forms and marks do not matter. A bare number is an EPSG code.

    >>> find_system("epsg 4547").en, find_system("国家2000").id, find_system("4524").grid.meridian
    ('CGCS2000 / 3-degree Gauss-Kruger CM 114E', 'cgcs2000', 108)
    >>> find_system("沈阳") is None
    True
    """
    plain = _plain(text)
    found = _spellings().get(plain)
    code = _CODE.fullmatch(plain)
    return found or (_spellings().get(f"epsg{code[1]}") if code else None)


def system_of(text: str) -> System:
    """The system that a text means.

    Raises:
        CoordinateSystemError: none that is known; the fault names those that are.

    >>> system_of("高德").id
    'gcj02'
    """
    found = find_system(text)
    if found is None:
        raise CoordinateSystemError((fault("unknown_system", value=text),))
    return found


def names_other_datum(text: str) -> bool:
    """Whether a text names a real system that cannot be converted: another datum or EPSG code.

    >>> names_other_datum("西安80"), names_other_datum("EPSG:2385"), names_other_datum("GCJ-02")
    (True, True, False)
    """
    plain = _plain(text)
    if find_system(text):
        return False
    return bool(_OTHER_DATUM.search(plain) or _CODE.fullmatch(plain))


def same(one: System, other: System) -> bool:
    """Whether numbers of both mean the same place: WGS84 and CGCS2000 do, a grid only itself.

    >>> same(WGS84, CGCS2000), same(WGS84, GCJ02)
    (True, False)
    """
    geodetic = (WGS84, CGCS2000)
    return one == other or (one in geodetic and other in geodetic)


def agreed(systems: Iterable[System]) -> System:
    """The one system of several points.

    Raises:
        CoordinateSystemError: there are several, which nothing may be computed across, or none.

    >>> agreed([WGS84, CGCS2000]).id
    'wgs84'
    """
    found = list(systems)
    if not found or not all(same(found[0], each) for each in found):
        value = "、".join(sorted({each.zh for each in found}))
        raise CoordinateSystemError((fault("mixed_systems", value=value),))
    return found[0]
