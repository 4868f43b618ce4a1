"""The sites that people ask about: rows of a file of applicants made into sites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import shapely

from dingdian.core.census import Census
from dingdian.core.census.applicants import FLAGS
from dingdian.core.census.checks.coordinates import fits_as
from dingdian.core.census.places import place_of
from dingdian.core.census.positions import Positions, Why, positions_of
from dingdian.core.census.schema import INSTITUTIONS
from dingdian.core.census.table import Table
from dingdian.core.census.vocabulary import CHOICES, SERVICES
from dingdian.core.errors import Fault, fault
from dingdian.core.naming import meant
from dingdian.core.spacing.places import Faulty, Site, Stated
from dingdian.core.spacing.stock import PHARMACY_KIND
from dingdian.core.spacing.terms import Side

#: No faults of reading.
NONE: Mapping[int, Sequence[Fault]] = MappingProxyType({})

_PARTS = re.compile(r"[\s、，,;；|/+]+")
#: Why a point has no position -> the kind of fault.
_FAULTS: Mapping[Why, str] = MappingProxyType(
    {
        Why.MISSING: "site_without_coordinates",
        Why.HALF: "site_without_coordinates",
        Why.NO_SYSTEM: "site_without_system",
        Why.ZERO: "site_zero",
        Why.SWAPPED: "site_swapped",
        Why.UNFIT: "site_not_of_system",
        Why.OUTSIDE: "site_outside_china",
    }
)


def service_named(word: str) -> str | None:
    """The service that a word means; ``None`` when it means none.

    >>> service_named("门诊统筹"), service_named("Inpatient"), service_named("牙科")
    ('outpatient_pooling', 'inpatient', None)
    """
    return meant(word, SERVICES)


def kind_named(word: str) -> str | None:
    """The kind of institution that a word means; ``None`` when it means none.

    ``pharmacy`` and ``药店`` are short for a retail pharmacy.

    >>> kind_named("pharmacy"), kind_named("诊所"), kind_named("商店")
    ('retail_pharmacy', 'clinic', None)
    """
    return PHARMACY_KIND if word.strip().casefold() == "pharmacy" else choice_named("kind", word)


def choice_named(choice: str, word: str) -> str | None:
    """The word of a list of choices of the census that a word means; ``None`` for none.

    >>> choice_named("ownership", "公办"), choice_named("ownership", "外国")
    ('public', None)
    """
    return meant(word, CHOICES[choice])


def flag_named(word: str) -> str | None:
    """The flag of an institution that a word means; ``None`` when it means none.

    >>> flag_named("高校内设医疗机构"), flag_named("key project"), flag_named("好")
    ('university_clinic', 'key_project', None)
    """
    return meant(word, {name: INSTITUTIONS[name] for name in FLAGS})


@dataclass(frozen=True, slots=True)
class Asked:
    """The sites of a table of ``APPLICANTS``, in its order, and all that is wrong with it.

    A row with a blocking fault has no site; it is among ``faulty``.
    """

    sites: tuple[Site, ...]
    faulty: tuple[Faulty, ...]
    faults: tuple[Fault, ...]


def asked_of(table: Table, census: Census, read: Mapping[int, Sequence[Fault]] = NONE) -> Asked:
    """Make sites of rows: placed, in a district, with services; every fault in one list.

    ``read``: row -> what reading it found that keeps the row from being a site.
    """
    repeated = dict(_repeated(table))
    positions = positions_of(table)
    sites: list[Site] = []
    faulty: list[Faulty] = []
    faults: list[Fault] = []
    for row in range(len(table)):
        stands = _stands(table, row, positions, census)
        own = [*read.get(row, ()), *repeated.get(row, ()), *_row_faults(table, row)]
        faults += _code_doubts(table, row, census)
        if isinstance(stands, Fault):
            own.append(stands)
        else:
            faults += _region_doubts(
                table, row, census, positions=positions, district=stands.district
            )
        if not own and not isinstance(stands, Fault):
            sites.append(_site(table, row, stands, census))
            continue
        point = None if isinstance(stands, Fault) else (stands.lon, stands.lat)
        faulty.append(_faulty(table, row, point))
        faults += own
    return Asked(tuple(sites), tuple(faulty), tuple(faults))


@dataclass(frozen=True, slots=True)
class _Stands:
    """Where a row stands; ``district`` is empty where neither outlines nor the row say it."""

    lon: float
    lat: float
    district: str


def _stands(table: Table, row: int, positions: Positions, census: Census) -> _Stands | Fault:
    why = Why(int(positions.why[row]))
    if why is not Why.USABLE:
        stated = ", ".join(_plain(axis[row]) for axis in (positions.x, positions.y))
        return fault(_FAULTS[why], place_of(table, row, "lon"), value=stated)
    lon, lat = float(positions.lon[row]), float(positions.lat[row])
    named = district_named(table, row, census)
    district, inside = district_at(census, lon, lat, first=named)
    if not inside:
        value = f"{lon:.6f}, {lat:.6f}"
        return fault("site_outside_city", place_of(table, row, "lon"), value=value)
    return _Stands(lon, lat, district or named)


def _region_doubts(
    table: Table, row: int, census: Census, *, positions: Positions, district: str
) -> Iterator[Fault]:
    """What is odd about the region that a row names, beside the district its point lies in."""
    said, names = table["region"].cell(row), census.tree.names
    named, place = district_named(table, row, census), place_of(table, row, "region")
    if named and named != district:
        fits = fits_as(positions, row, census.outlines.shapes.get(named))
        yield fault(
            "site_in_other_district",
            place,
            value=names.get(named) or named,
            found=names.get(district) or district,
            fits_zh=f"（按 {fits} 读则在其中）" if fits else "",
            fits_en=f" (inside it if read as {fits})" if fits else "",
        )
    elif not named and said is not None and said not in census.tree.parents:
        yield fault("site_region_unknown", place, value=said)


def _code_doubts(table: Table, row: int, census: Census) -> Iterator[Fault]:
    """What is odd about the code that an applicant is said to have in the census."""
    code = _text(table, row, "institution")
    if code and not has_institution(census, code):
        yield fault("applicant_code_unknown", place_of(table, row, "institution"), value=code)
    elif not code and table["moved"].cell(row) is True:
        yield fault("applicant_moved_without_code", place_of(table, row, "moved"))


def has_institution(census: Census, code: str) -> bool:
    """Whether the census has an institution of a code, in whatever standing."""
    codes = census.tables["institutions"]["code"]
    return code in census.cached("institution codes", lambda: frozenset(codes.labels))


def district_at(census: Census, lon: float, lat: float, *, first: str = "") -> tuple[str, bool]:
    """The district whose outline holds a point, and whether it lies in the city.

    On a common rim, or where outlines overlap, it is ``first`` if that is one of them. The
    district is empty where no outline says it; a point is outside only when the outline of the
    whole city, or those of all its districts, leave it out.
    """
    tree, shapes = census.tree, census.outlines.shapes
    for code in sorted(tree.districts, key=lambda each: each != first):
        if code in shapes and shapely.intersects_xy(shapes[code], lon, lat):
            return code, True
    if tree.root in shapes:
        return "", bool(shapely.intersects_xy(shapes[tree.root], lon, lat))
    return "", not (tree.districts and all(code in shapes for code in tree.districts))


def district_named(table: Table, row: int, census: Census) -> str:
    """The district of the region that a row names, by code or by a name only one region bears."""
    cell = table["region"].cell(row)
    tree = census.tree
    if cell is None:
        return ""
    code = str(cell)
    if code not in tree.parents:
        bearing = [each for each, name in tree.names.items() if name == code]
        code = bearing[0] if len(bearing) == 1 else ""
    return tree.county_of(code) or ""


def _repeated(table: Table) -> Iterator[tuple[int, list[Fault]]]:
    seen: dict[object, int] = {}
    for row, code in enumerate(table["code"].cells()):
        if code is None:
            continue
        if code in seen:
            first = table.origin[seen[code]]
            place = place_of(table, row, "code")
            yield row, [fault("duplicate_key", place, value=code, first=first)]
        seen.setdefault(code, row)


def _row_faults(table: Table, row: int) -> Iterator[Fault]:
    words = _listed(table, row)
    for word in words:
        if service_named(word) is None:
            known = "、".join(term.zh for term in SERVICES.values())
            yield fault(
                "unknown_service", place_of(table, row, "services"), value=word, known=known
            )
    if not words and not any(table[name].cell(row) for name in SERVICES):
        yield fault("site_without_service", place_of(table, row, "services"))


def _listed(table: Table, row: int) -> list[str]:
    return [word for word in _PARTS.split(str(table["services"].cell(row) or "")) if word]


def _services(table: Table, row: int) -> tuple[str, ...]:
    named = {service_named(word) for word in _listed(table, row)}
    return tuple(s for s in SERVICES if s in named or table[s].cell(row) is True)


def _side(kind: str) -> Side:
    return Side.PHARMACY if kind == PHARMACY_KIND else Side.MEDICAL


def _error_mm(table: Table, row: int) -> int | None:
    error = table["position_error_m"].cell(row)
    return int(error * 1000) if isinstance(error, Fraction) else None


def _rank(table: Table, row: int) -> int | None:
    rank = table["rank"].cell(row)
    return int(rank) if isinstance(rank, Fraction) else None


def _faulty(table: Table, row: int, point: tuple[float, float] | None) -> Faulty:
    kind, faults = _text(table, row, "kind"), any(_row_faults(table, row))
    return Faulty(
        id=_text(table, row, "code"),
        place=place_of(table, row),
        point=point,
        error_mm=_error_mm(table, row),
        side=_side(kind) if kind else None,
        services=None if faults else _services(table, row),
        rank=_rank(table, row),
    )


def _site(table: Table, row: int, stands: _Stands, census: Census) -> Site:
    kind = _text(table, row, "kind")
    return Site(
        id=_text(table, row, "code"),
        lon=stands.lon,
        lat=stands.lat,
        services=_services(table, row),
        side=_side(kind),
        name=_text(table, row, "name"),
        kind=kind,
        error_mm=_error_mm(table, row),
        institution=_text(table, row, "institution"),
        moved=table["moved"].cell(row) is True,
        district=stands.district,
        zone=census.tree.zones.get(stands.district) or "",
        ownership=_text(table, row, "ownership"),
        type=_text(table, row, "type"),
        flags=frozenset(name for name in FLAGS if table[name].cell(row) is True),
        rank=_rank(table, row),
        stated=_stated(table, row),
    )


def _stated(table: Table, row: int) -> Stated | None:
    x, y = table["lon"].cell(row), table["lat"].cell(row)
    if not isinstance(x, float) or not isinstance(y, float):
        return None
    return Stated(x, y, _text(table, row, "crs"))


def _text(table: Table, row: int, name: str) -> str:
    cell = table[name].cell(row)
    return "" if cell is None else str(cell)


def _plain(number: float) -> str:
    return "—" if number != number else repr(float(number))  # noqa: PLR0124 -- NaN


#: Degrees and minutes, perhaps seconds, as people copy them from a map.
_SEXAGESIMAL = re.compile(
    r"""\s*[NSEW东西南北]?\s*(\d{1,3})\s*[°º度d:\s]\s*(\d{1,2}(?:\.\d+)?)\s*['′’分m:\s]?
    \s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”秒s]|''|′′)?)?\s*[NSEW]?\s*""",
    re.VERBOSE | re.IGNORECASE,
)


def in_decimal(text: str) -> str:
    """Degrees, minutes and seconds in decimal degrees; empty for another text.

    >>> in_decimal("123°25′53″"), in_decimal("41度48.5分"), in_decimal("abc")
    ('123.431389', '41.808333', '')
    """
    found = _SEXAGESIMAL.fullmatch(text)
    if not found:
        return ""
    degrees, minutes, seconds = (Fraction(each or 0) for each in found.groups())
    return f"{float(degrees + minutes / 60 + seconds / 3600):.6f}"
