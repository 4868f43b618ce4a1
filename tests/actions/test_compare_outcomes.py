"""What the ledger took up since an issue, beside what the plan gave."""

import datetime as dt
from collections import Counter
from fractions import Fraction

import pytest

from dingdian.actions.compare_outcomes import (
    Part,
    compare_measures,
    compare_places,
    counted_as,
    lines_of,
    unit_of,
)
from dingdian.core.lifecycle.entry import SHANGHAI, Entry
from dingdian.core.record import BenchmarkRecord, FigureRecord, QuotaRecord, Record, ScopeRecord

SPAN = (dt.date(2026, 3, 1), dt.date(2026, 12, 31))


def figure(value):
    return FigureRecord(
        measure="quota_pharmacies", scope="2101", value=value, decimal="", unit="", formula="given"
    )


def record(beds="7", **figures):
    """A record with what is compared in it, and nothing else."""
    scopes = {
        code: ScopeRecord(zh=code, en=code, level=level)
        for code, level in (("2101", "whole"), ("210102", "county"), ("210103", "county"))
    }
    quotas = tuple(
        QuotaRecord(
            resource="pharmacies", scope=scope, key=f"q.{scope}" if scope in found else None
        )
        for found in [{"2101", "210102"}]
        for scope in scopes
    )
    benchmark = BenchmarkRecord(
        zh="床位", en="beds", measure="beds_per_1000", value="6", denominator="", unit="",
        source="", mark="verified",
    )  # fmt: skip
    made = {"q.2101": "3", "q.210102": "1", "beds_per_1000.2101": beds, **figures}
    return Record.model_construct(
        scopes=scopes, quotas=quotas, benchmarks={"norm": benchmark},
        figures={key: figure(value) for key, value in made.items()},
    )  # fmt: skip


def case(name, move, day, *, region="210102", through=None):
    """A pharmacy that was opened with the ledger, or applied and signed; ended where it says so."""
    about = {"name": name, "kind": "retail_pharmacy", "region": region}
    at = dt.datetime(2026, 12, 31, 9, tzinfo=SHANGHAI)
    signed = {**about, "institution": name, "agreement": "1", "services": "personal_account"}
    if move == "open":
        signed["stage"] = "in_force"
        found = [Entry(1, name, "open", "", "in_force", day, at, "li", "agency", facts=signed)]
    else:
        found = [
            Entry(1, name, "apply", "", "applied", day, at, "li", "agency", facts=about),
            Entry(
                2, name, "sign", "negotiating", "in_force", day, at, "li", "agency", facts=signed
            ),
        ]
    if through:
        facts = {"cause": "own_request"}
        found.append(
            Entry(
                9,
                name,
                "terminate",
                "in_force",
                "terminated",
                through,
                at,
                "li",
                "agency",
                facts=facts,
            )
        )
    return found


def compared(*cases):
    taken = Counter()
    for each in lines_of(cases, SPAN):
        if each.part is Part.TAKEN:
            taken[each.resource, each.bed_class, each.region] += each.amount
    found = compare_places(record(), taken)
    return {each.scope: (each.target, each.actual, each.difference) for each in found}


@pytest.mark.clause("DX-38")
def test_what_was_signed_in_the_span_counts_where_it_stands():
    found = compared(
        case("a", "sign", dt.date(2026, 3, 1)),
        case("b", "sign", dt.date(2026, 12, 31), through=dt.date(2026, 12, 31)),
        case("c", "sign", dt.date(2026, 6, 1), region="210103"),
    )
    assert found == {"2101": (3, 3, 0), "210102": (1, 2, 1), "210103": (None, 1, None)}


def test_days_outside_and_what_the_ledger_was_opened_with_do_not_count():
    found = compared(
        case("a", "sign", dt.date(2026, 2, 28)),
        case("b", "sign", dt.date(2027, 1, 1)),
        case("c", "open", dt.date(2026, 6, 1)),
    )
    assert {actual for _, actual, _ in found.values()} == {0}


@pytest.mark.clause("DX-38")
def test_measures_stand_beside_their_target_and_unknown_is_not_zero():
    (known,) = compare_measures(record("7"), record("13/2"))
    assert (known.target, known.then, known.now) == (6, 7, Fraction(13, 2))
    assert known.difference == Fraction(1, 2)
    (unknown,) = compare_measures(record("7"), record(None))
    assert (unknown.now, unknown.difference) == (None, None)


@pytest.mark.clause("DX-38")
def test_beds_with_places_of_their_own_count_there_alone_and_chairs_are_no_beds():
    quotas = [
        QuotaRecord(resource=f"contracted_beds{e}", scope="2101", key=None) for e in ("", "_tcm")
    ]
    plan = record().model_copy(update={"quotas": tuple(quotas)})
    _beds, classes = counted_as(plan, "contracted_beds")
    assert "general" in classes
    assert not {"tcm", "dental_chair"} & set(classes)
    taken = {
        ("contracted_beds", c, "210102"): n
        for c, n in (("general", 5), ("tcm", 7), ("dental_chair", 9))
    }
    assert [each.actual for each in compare_places(plan, taken)] == [5, 7]
    units = map(unit_of, ("contracted_beds", "contracted_beds_dental_chair", "pharmacies"))
    assert list(units) == ["bed", "chair", "institution"]


def test_what_stood_and_what_opened_the_ledger_are_told_apart():
    lines = list(
        lines_of(
            [
                case("a", "open", dt.date(2026, 2, 1), through=dt.date(2026, 5, 1)),
                case("b", "open", dt.date(2026, 3, 1)),
                case("c", "sign", dt.date(2026, 3, 1)),
            ],
            SPAN,
        )
    )
    found = {(each.part, each.case, each.seq) for each in lines if each.resource == "pharmacies"}
    assert found == {
        (Part.BEFORE, "a", 0),
        (Part.RELEASED, "a", 9),
        (Part.OPENED, "b", 1),
        (Part.TAKEN, "c", 2),
    }
    assert all(each.amount > 0 for each in lines)
