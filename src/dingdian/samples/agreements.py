"""Agreements that stand in an invented city, what barred somebody there, and last year's scores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from dingdian.core.census.vocabulary import DESIGNATED
from dingdian.core.period import months_after, years_after
from dingdian.samples.sample import TAKEN_ON, Row, num

#: Every so many pharmacies belong to a chain, of so many chains.
_CHAINED, _CHAINS = 3, 40
#: So many terminations of the city are on record as a bar, and so many scores of last year.
_BARS, _SCORED = 6, 60
_ONE = dt.timedelta(1)


def opening_rows(institutions: Sequence[Row]) -> Mapping[str, list[Row]]:
    """The tables of the opening load: agreements, records and past scores."""
    return {
        "agreements": list(_agreements(institutions)),
        "records": list(_records(institutions)),
        "past_scores": list(_past_scores(institutions)),
    }


def _agreements(institutions: Iterable[Row]) -> Iterable[Row]:
    """Yearly agreements, each renewed on the day of the year on which the first one began."""
    for number, row in enumerate(institutions, 1):
        since = row.get("designated_since")
        standing = row["standing"]
        if standing not in (*DESIGNATED, "suspended") or not isinstance(since, dt.date):
            continue
        began = _anniversary(since)
        made: Row = {
            "institution": row["code"],
            "number": f"示例协议{began.year}-{number:05d}",
            "since": began,
            "through": years_after(began, 1) - _ONE,
        }
        if standing in ("guidance", "trial"):
            made["trial_through"] = months_after(since, 12) - _ONE
        if standing == "guidance":
            made["guidance_through"] = months_after(since, 6) - _ONE
        if standing == "suspended":
            made |= _suspension(row)
        if row["kind"] == "retail_pharmacy" and number % _CHAINED == 0:
            chain = number % _CHAINS
            made |= {"chain": f"示例连锁{chain:02d}", "person": f"示例负责人{chain % 7}-{chain}"}
        yield made


def _anniversary(since: dt.date) -> dt.date:
    """The last day up to the census on which a yearly agreement that began then was renewed."""
    found = years_after(since, TAKEN_ON.year - since.year)
    return found if found <= TAKEN_ON else years_after(since, TAKEN_ON.year - since.year - 1)


def _suspension(row: Row) -> Row:
    """A private institution asked for it itself; a public one may not."""
    asked = row["ownership"] == "private"
    began = row["standing_since"]
    assert isinstance(began, dt.date)  # noqa: S101 -- a suspension of the sample has its day
    through = began + dt.timedelta(180) if asked else months_after(began, 6) - _ONE
    return {"suspended_on_request": asked, "suspended_through": through}


def _records(institutions: Iterable[Row]) -> Iterable[Row]:
    """Former terminations for a breach of the agreement."""
    ended = [row for row in institutions if row["standing"] == "terminated"]
    for number, row in enumerate(ended[:_BARS], 1):
        yield {
            "number": f"示例记录{number}",
            "item": "breach_termination_within_1_year",
            "uscc": row["uscc"],
            "institution": row["code"],
            "name": row["name"],
            "happened_on": row["standing_since"],
            "document": f"示例决定{number}号",
        }


def _past_scores(institutions: Iterable[Row]) -> Iterable[Row]:
    """Scores of the year before the census, of some that were designated all along."""
    year = TAKEN_ON.year - 1
    old = [
        row
        for row in institutions
        if row["standing"] == "in_force"
        and isinstance(since := row.get("designated_since"), dt.date)
        and since.year < year
    ]
    for number, row in enumerate(old[:_SCORED]):
        yield {
            "institution": row["code"],
            "year": num(year),
            "points": num(100 - number % 37),
            "clean": number % 11 != 0,
            "bottom": number % 37 == 36,
        }
