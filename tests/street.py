"""A street of five pharmacies with people along it, and who stays there under a cap."""

import datetime as dt
import functools
from fractions import Fraction

from dingdian.actions.choose_retained import Hearing, choose_retained
from dingdian.actions.record_retention import record_retention
from dingdian.actions.retention_terms import RetentionTerms
from dingdian.core.solving import Limits
from dingdian.storage.policy_yaml import shelf_for
from tests.worlds import census

LIMITS = Limits()
#: Name -> metres east of the first one (about), points of 2025, agreement through.
STREET = {
    "P1": (0, "80", "2026-12-31"),
    "P2": (100, "90", "2026-12-31"),
    "P3": (200, "70", "2026-12-31"),
    "P4": (5000, "60", "2026-12-31"),
    "P5": (300, "50", "2028-12-31"),
}
HOMES = {"L1": (150, 30), "L2": (5100, 10), "L3": (20000, 7)}
DEGREE = 83_000  # metres of a degree of longitude here


@functools.cache
def book_of(place):
    return shelf_for(place)[0]


def place(metres):
    return {"lon": round(123.4 + metres / DEGREE, 6), "lat": 41.8, "crs": "CGCS2000"}


def city(
    *, services=(), without=(), scores=True, homes=HOMES, ends=None, home_region="east", bases=None
):
    rows = [
        {
            "code": code,
            "name": f"{code}药房",
            "kind": "retail_pharmacy",
            "region": "east",
            "standing": "in_force",
            "designated_since": dt.date(2019, 1, 1),
            "prescription_transfer": code in services,
            "dual_channel": False,
            **(place(at) if code not in without else {}),
        }
        for code, (at, _, _) in STREET.items()
    ]
    return census(
        institutions=rows,
        localities=[
            {"code": code, "region": home_region, "persons": Fraction(people), **place(at)}
            for code, (at, people) in homes.items()
        ],
        agreements=[
            {
                "institution": code,
                "number": code,
                "through": dt.date.fromisoformat(end) if end else None,
            }
            for code, (_, _, through) in STREET.items()
            for end in [(ends or {}).get(code, through)]
        ],
        past_scores=[
            {"institution": code, "year": Fraction(2025), "points": Fraction(points)}
            for code, (_, points, _) in STREET.items()
        ]
        if scores
        else [],
        history=[
            {"region": at, "year": Fraction(2024), "measure": name, "amount": Fraction(amount)}
            for name in ("pharmacies", "prescription_transfer_pharmacies")
            for at, amount in (bases or {"city": 5}).items()
        ],
    )


def made(seen=None, *, place="shenyang", limits=LIMITS, assessment=None, hear=None, **terms):
    book = book_of(place)
    asked = RetentionTerms(**{"year": 2026, "compare": False, **terms})
    found = city() if seen is None else seen
    run = choose_retained(
        found,
        book,
        asked,
        place=place,
        as_if=True,
        limits=limits,
        assessment=assessment,
        hearing=Hearing(**(hear or {})),
    )
    return record_retention(run, engine="0")
