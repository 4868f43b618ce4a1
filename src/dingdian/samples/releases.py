"""What ended designations release: places of each resource and contracted beds by class."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dingdian.samples.ledger import is_pharmacy
from dingdian.samples.sample import TAKEN_ON, Row, num

#: Standing of an ended designation -> cause of the release.
CAUSES = {"terminated": "termination", "expired": "expiry", "closed": "closure"}

#: Service -> the resource whose place it frees, for medical institutions and for pharmacies.
MEDICAL_PLACES = {
    "inpatient": "inpatient_institutions",
    "outpatient_pooling": "outpatient_pooling_institutions",
    "personal_account": "personal_account_institutions",
}
PHARMACY_PLACES = {
    "prescription_transfer": "prescription_transfer_pharmacies",
    "dual_channel": "dual_channel_pharmacies",
}

TWO_YEARS = dt.timedelta(days=730)


def release_rows(
    institutions: Iterable[Row], beds: Iterable[Row], counties: Mapping[str, str]
) -> list[Row]:
    """A row for every place and bed class freed in the year of the census, without numbers.

    ``beds`` of an institution whose designation ended hold the freed beds as ``approved``
    and none as ``contracted``.
    """
    of: dict[object, list[Row]] = defaultdict(list)
    for bed in beds:
        of[bed["institution"]].append(bed)
    return [
        row
        for each in institutions
        if _ended_this_year(each)
        for row in _freed(each, of[each["code"]], counties[str(each["region"])])
    ]


def numbered(rows: Sequence[Row]) -> list[Row]:
    """The releases in order of day, numbered."""
    ordered = sorted(rows, key=lambda row: (str(row["released_on"]), str(row["institution"])))
    return [{"number": f"R{i:04d}", **row} for i, row in enumerate(ordered, 1)]


def _ended_this_year(row: Row) -> bool:
    until = row.get("designated_until")
    return isinstance(until, dt.date) and until.year == TAKEN_ON.year and row["standing"] in CAUSES


def _cause(row: Row) -> str:
    """The cause; an expiry within a medical institution's first two years is a failed trial."""
    since, until = row["designated_since"], row["designated_until"]
    on_trial = row["standing"] == "expired" and not is_pharmacy(row)
    if on_trial and isinstance(since, dt.date) and isinstance(until, dt.date):
        return "trial_failure" if until - since < TWO_YEARS else "expiry"
    return CAUSES[str(row["standing"])]


def _freed(row: Row, beds: Sequence[Row], county: str) -> list[Row]:
    places = PHARMACY_PLACES if is_pharmacy(row) else MEDICAL_PLACES
    resources = ["pharmacies" if is_pharmacy(row) else "medical_institutions"]
    resources += [resource for service, resource in places.items() if row[service] is True]
    common: Row = {
        "region": county,
        "year": num(TAKEN_ON.year),
        "released_on": row["designated_until"],
        "institution": row["code"],
        "cause": _cause(row),
    }
    freed: list[Row] = [
        common | {"resource": resource, "bed_class": None, "amount": num(1)}
        for resource in resources
    ]
    return freed + [
        common
        | {
            "resource": "dental_chairs"
            if bed["bed_class"] == "dental_chair"
            else "contracted_beds",
            "bed_class": bed["bed_class"],
            "amount": bed["approved"],
        }
        for bed in beds
        if bed["approved"]
    ]
