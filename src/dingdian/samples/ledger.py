"""Rows of the ledger: institutions, what their designation opens, and what follows from dates."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from dingdian.core.census.vocabulary import DESIGNATED, SERVICES
from dingdian.samples.codes import credit_code, institution_code
from dingdian.samples.draw import Draw
from dingdian.samples.sample import Row, num

FLAGS = (
    "integrated_village_clinic",
    "university_clinic",
    "key_project",
    "family_doctor",
    "combined_care",
    "emphasis_rural",
)

#: Kinds that provide family-doctor services; kinds that stand in townships and villages.
FAMILY_DOCTORS = frozenset({"community_health_centre", "township_health_centre", "village_clinic"})
RURAL_KINDS = frozenset({"township_health_centre", "village_clinic"})


def survey_rows(institutions: Iterable[Row]) -> list[Row]:
    """One signed on-site survey, from an application that nobody made to the first pharmacy."""
    first = next(row for row in institutions if is_pharmacy(row))
    return [
        {
            "number": "C2025001",
            "from_code": "示例申请1",
            "to_code": first["code"],
            "distance_m": num("812.5"),
            "measured_on": dt.date(2025, 12, 1),
            "by": "示例测量员",
            "document": "示例测量记录1号",
            "signed": True,
        }
    ]


class Numbering:
    """Hands out institution and credit codes, one after the other."""

    def __init__(self) -> None:
        self._of_region: Counter[str] = Counter()
        self._all = 0

    def identify(self, row: Row, county: str) -> None:
        """Give ``row`` its ``code`` and ``uscc``; ``kind`` and ``ownership`` are set."""
        letter = "P" if row["kind"] == "retail_pharmacy" else "H"
        self._of_region[letter + county] += 1
        self._all += 1
        row["code"] = institution_code(letter, county, self._of_region[letter + county])
        row["uscc"] = credit_code(county, self._all, public=row["ownership"] == "public")


def institution(
    *, kind: str, level: str | None, type_: str | None, ownership: str | None, region: str
) -> Row:
    """An institution that is not designated and has no service: every flag is 否."""
    row: Row = {
        "code": None,
        "name": None,
        "uscc": None,
        "kind": kind,
        "level": level,
        "type": type_,
        "ownership": ownership,
        "region": region,
        "standing": "undesignated",
    }
    row.update(dict.fromkeys(SERVICES, False))
    row.update(dict.fromkeys(FLAGS, False))
    row["family_doctor"] = kind in FAMILY_DOCTORS
    row["emphasis_rural"] = kind in RURAL_KINDS
    row["combined_care"] = kind == "care_home_infirmary"
    return row


def designate(row: Row, since: dt.date, standing: str = "in_force") -> None:
    """Designate an institution from ``since``."""
    row["standing"] = standing
    row["standing_since"] = since
    row["designated_since"] = since


def open_services(row: Row, services: Iterable[str], since: dt.date | None = None) -> None:
    """Open services since a day, at the earliest with the designation."""
    first = row["designated_since"]
    for service in services:
        row[service] = True
        row[f"{service}_since"] = max(d for d in (first, since) if isinstance(d, dt.date))


def end_designation(row: Row, standing: str, until: dt.date) -> None:
    """End a designation: open services close with it, and those to come never open."""
    row["standing"] = standing
    row["standing_since"] = until
    row["designated_until"] = until
    for service in SERVICES:
        since = row.get(f"{service}_since")
        if isinstance(since, dt.date) and since >= until:
            row[service], row[f"{service}_since"] = False, None
        elif row[service] is True:
            row[f"{service}_until"] = until


def days_between(draw: Draw, first: dt.date, last: dt.date, n: int) -> list[dt.date]:
    """``n`` days from ``first`` to ``last``, both included."""
    span = (last - first).days + 1
    return [first + dt.timedelta(days=d) for d in draw.integers(0, span, n)]


def held(row: Row, day: dt.date) -> bool:
    """Whether an institution was designated on ``day``, by its dates."""
    since, until = row.get("designated_since"), row.get("designated_until")
    begun = isinstance(since, dt.date) and since <= day
    return begun and not (isinstance(until, dt.date) and until <= day)


def is_designated(row: Row) -> bool:
    """Whether an institution counts as designated stock on the day of the census."""
    return row["standing"] in DESIGNATED


def is_pharmacy(row: Row) -> bool:
    """Whether a row of ``institutions`` is a pharmacy."""
    return row["kind"] == "retail_pharmacy"


def open_on(row: Row, service: str, day: dt.date) -> bool:
    """Whether a service of a designated institution was open on ``day``, by its dates."""
    since, until = row.get(f"{service}_since"), row.get(f"{service}_until")
    closed = isinstance(until, dt.date) and until <= day
    late = isinstance(since, dt.date) and since > day
    return held(row, day) and row[service] is True and not (closed or late)


def stock(
    rows: Iterable[Row], counties: Mapping[str, str], test: Callable[[Row], bool]
) -> Counter[str]:
    """How many rows pass ``test`` in each county; ``counties``: region code -> its county."""
    return Counter(counties[str(row["region"])] for row in rows if test(row))


def history_rows(
    amounts: Mapping[str, Mapping[str, int]], codes: Collection[str], year: int, source: str
) -> list[Row]:
    """Rows of ``history``: measure -> county -> number at the end of ``year``."""
    return [
        {
            "region": code,
            "year": num(year),
            "measure": measure,
            "amount": num(by_county.get(code, 0)),
            "source": source,
        }
        for measure, by_county in amounts.items()
        for code in codes
    ]


def bed_use_rows(
    draw: Draw,
    institutions: Iterable[Row],
    beds: Iterable[Row],
    per_cent: Mapping[str, int],
) -> list[Row]:
    """Rows of ``bed_use`` for 2024 and 2025 of designated or suspended institutions with beds.

    ``per_cent``: level -> mean use, each institution within 12 points of it; other levels
    report none. Open bed-days are open beds times the days of the year.
    """
    open_beds: Counter[object] = Counter()
    for bed in beds:
        if bed["bed_class"] != "dental_chair":
            open_beds[bed["institution"]] += int(bed["open"])  # type: ignore[arg-type]
    rows: list[Row] = []
    for row in institutions:
        mean = per_cent.get(str(row["level"]))
        in_use = is_designated(row) or row["standing"] == "suspended"
        if mean is None or not open_beds[row["code"]] or not in_use:
            continue
        for year, days in ((2024, 366), (2025, 365)):
            open_days = open_beds[row["code"]] * days
            used = open_days * draw.between(mean * 10 - 120, mean * 10 + 120) // 1000
            rows.append(
                {
                    "institution": row["code"],
                    "year": num(year),
                    "occupied_bed_days": num(used),
                    "open_bed_days": num(open_days),
                }
            )
    return rows
