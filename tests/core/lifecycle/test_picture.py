"""The census of any day: what stands in the ledger since, and a plan made of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from dingdian.actions.evaluate_plan import evaluate_plan
from dingdian.core.census import Census
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.table import Cell
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.opening import opening
from dingdian.core.lifecycle.picture import Since, picture
from dingdian.core.lifecycle.reading import cases_by_id
from dingdian.core.lifecycle.stages import LIVE, STAGES, Stage
from dingdian.core.lifecycle.terms import Terms
from dingdian.core.plan import Plan
from dingdian.storage.policy_yaml import shelf_for
from tests import city
from tests.city import BING, JIA, ROOT, YI
from tests.core.lifecycle.lives import Life, day, evening, terms
from tests.policies.test_new_city import files_of
from tests.reports.plans import sample_census

TAKEN = day("2025-12-31")
SAVED = evening(day("2026-01-02"))
OPENED = day("2026-01-01")
YEAR_END = "2026-12-31"


def opened(census: Census, its: Terms) -> dict[str, Life]:
    """The cases of the opening load, by institution."""
    asked, faults = opening(census, known_at=SAVED, by="李", reason="期初")
    assert not [each for each in faults if each.kind == "opening_lacks"]
    lives = {}
    for each in asked:
        life = Life(its, each.case)
        life.do("open", each.held_on, known=SAVED, reason=each.reason, **each.facts)
        lives[each.case] = life
    return lives


class Town:
    """The tiny city with its ledger; moves are recorded in 2026 by the code of the case."""

    def __init__(self, rows: city.Rows | None = None) -> None:
        self.base = city.census(rows)
        self.lives = opened(self.base, terms())

    def do(self, code: str, move: str, on: str, **more: object) -> Entry:
        return self.lives[code].do(move, on, **more)

    def admit(self, code: str, on: str, **facts: str) -> Life:
        """One that signs on a day; it applied on 2026-01-05."""
        life = Life(terms(), f"A-{code}")
        life.do("apply", "2026-01-05", **{"region": JIA, **facts})
        life.do("accept", "2026-01-05")
        life.do("pass_evaluation", "2026-01-10")
        life.do("publish", "2026-01-12")
        life.do("close_notice", "2026-01-30")
        services = facts.get("services", "outpatient_pooling;personal_account;out_of_area")
        beds = {"beds": facts["beds"]} if "beds" in facts else {}
        life.do("sign", on, institution=code, services=services, **beds)
        self.lives[life.case] = life
        return life

    def entries(self) -> list[Entry]:
        """All entries, numbered in the order in which they were known."""
        found = sorted(
            (each for life in self.lives.values() for each in life.entries),
            key=lambda each: (each.known_at, each.case, each.seq),
        )
        return [replace(each, seq=at) for at, each in enumerate(found, 1)]

    def on(self, on: str, *, known: dt.datetime | None = None, saved: object = None) -> Census:
        since = Since(day(on), TAKEN, saved or SAVED, OPENED)  # type: ignore[arg-type]
        return picture(self.base, cases_by_id(self.entries(), known).values(), since, terms())


def row(census: Census, table: str, **wanted: object) -> Mapping[str, Cell]:
    found = rows(census, table, **wanted)
    assert len(found) == 1
    return found[0]


def rows(census: Census, table: str, **wanted: object) -> list[Mapping[str, Cell]]:
    every = (census.tables[table].row(at) for at in range(len(census.tables[table])))
    return [each for each in every if all(each[k] == v for k, v in wanted.items())]


def told(census: Census, code: str) -> tuple[Cell, Cell]:
    its = row(census, "institutions", code=code)
    return its["standing"], its["standing_since"]


# ---- nothing new


@pytest.mark.parametrize("place", ["shenyang", "daxinganling"])
def test_the_day_of_the_census_is_the_census(place: str) -> None:
    base = sample_census(place)
    its = terms(place)
    lives = opened(base, its)
    assert len(lives) > 300
    since = Since(TAKEN, TAKEN, SAVED, OPENED)
    found = picture(base, [each.entries for each in lives.values()], since, its)
    assert base.taken_on == TAKEN
    assert fingerprint(found) == fingerprint(base)


def test_a_later_day_without_a_move_is_the_census_of_that_day() -> None:
    town = Town()
    found = town.on("2026-06-30")
    assert found.taken_on == day("2026-06-30")
    for name in ("institutions", "beds", "agreements"):
        assert rows(found, name) == rows(town.base, name)


def test_every_live_standing_becomes_its_stage() -> None:
    town = Town()
    for code, life in town.lives.items():
        standing = row(town.base, "institutions", code=code)["standing"]
        assert STAGES[life.state.stage].standing == standing
    assert "H9102099" not in town.lives  # was never designated
    assert town.lives["P9101009"].stage == "suspended_imposed"
    assert town.lives["H9101099"].stage == "terminated"
    assert town.lives["H9101001"].state.beds == {"general": 300, "dialysis": 20, "dental_chair": 5}


def test_the_opening_load_says_what_it_cannot_take() -> None:
    its = city.rows()
    its["institutions"][0]["name"] = None
    asked, faults = opening(city.census(its), known_at=SAVED, by="李", reason="期初")
    assert "H9101001" not in {each.case for each in asked}
    assert [e.fields["value"] for e in faults if e.kind == "opening_lacks"] == ["H9101001"]
    assert len([e for e in faults if e.kind == "opening_without_end"]) == len(
        [e for e in asked if Stage(e.facts["stage"]) in LIVE]
    )


# ---- what happened since


def test_a_new_one_stands_with_its_services_beds_and_agreement() -> None:
    town = Town()
    town.admit("H9", "2026-03-01", kind="hospital", level="primary", beds="general=40",
               services="inpatient;personal_account;out_of_area", lon="123.4", lat="41.8",
               crs="CGCS2000")  # fmt: skip
    before, guidance, trial = (town.on(on) for on in ("2026-02-28", "2026-03-01", "2026-09-01"))
    assert rows(before, "institutions", code="H9") == []
    its = row(guidance, "institutions", code="H9")
    assert (its["standing"], its["standing_since"]) == ("guidance", day("2026-03-01"))
    assert (its["kind"], its["region"], its["name"]) == ("hospital", JIA, "甲诊所")
    assert (its["lon"], its["crs"]) == (123.4, "CGCS2000")
    assert (its["inpatient"], its["inpatient_since"]) == (True, day("2026-03-01"))
    assert (its["out_of_area"], its["outpatient_pooling"]) == (False, False)  # SY-19
    assert row(guidance, "beds", institution="H9")["contracted"] == 40
    agreement = row(guidance, "agreements", institution="H9")
    assert agreement["through"] == day("2027-02-28")
    assert agreement["guidance_through"] == day("2026-08-31")
    assert row(trial, "institutions", code="H9")["standing"] == "guidance"  # nothing recorded
    town.do("A-H9", "end_guidance", "2026-09-01")
    trial = town.on("2026-10-01")
    its = row(trial, "institutions", code="H9")
    assert (its["standing"], its["standing_since"]) == ("trial", day("2026-09-01"))
    assert (its["out_of_area"], its["out_of_area_since"]) == (True, day("2026-09-01"))
    town.do("A-H9", "suspend_imposed", "2026-10-01")
    town.do("A-H9", "resume", "2026-11-01")
    its = row(town.on("2026-11-01"), "institutions", code="H9")
    assert (its["standing"], its["standing_since"]) == ("trial", day("2026-11-01"))
    assert its["out_of_area_since"] == day("2026-09-01")
    assert its["designated_since"] == day("2026-03-01")


def test_an_exception_in_guidance_shows_as_an_open_service() -> None:
    town = Town()
    town.admit("H9", "2026-03-01")
    town.do("A-H9", "open_service", "2026-04-01", service="out_of_area", documents=("纪要",))
    assert row(town.on("2026-03-31"), "institutions", code="H9")["out_of_area"] is False
    its = row(town.on("2026-04-01"), "institutions", code="H9")
    assert (its["out_of_area"], its["out_of_area_since"]) == (True, day("2026-04-01"))


@pytest.mark.parametrize(
    ("move", "standing"),
    [("terminate", "terminated"), ("close", "closed"), ("suspend_imposed", "suspended")],
)
def test_an_end_or_a_pause_shows_from_its_day(move: str, standing: str) -> None:
    town = Town()
    town.do("H9102001", move, "2026-05-01")
    assert told(town.on("2026-04-30"), "H9102001")[0] == "in_force"
    found = town.on("2026-05-01")
    assert told(found, "H9102001") == (standing, day("2026-05-01"))
    ended = row(found, "institutions", code="H9102001")["designated_until"]
    assert ended == (None if move == "suspend_imposed" else day("2026-05-01"))


def test_one_that_expires_sets_its_places_and_beds_free() -> None:
    given = city.rows()
    given["agreements"] = [
        {"institution": "H9102001", "number": "XY", "since": day("2025-07-01"),
         "through": day("2026-06-30")},
    ]  # fmt: skip
    town = Town(given)
    town.do("H9102001", "expire", "2026-07-01")
    found = town.on(YEAR_END)
    assert told(found, "H9102001") == ("expired", day("2026-07-01"))
    assert row(found, "agreements", institution="H9102001")["through"] == day("2026-06-30")
    freed = {
        (each["resource"], each["bed_class"]): (each["amount"], each["cause"], each["region"])
        for each in rows(found, "releases", year=Fraction(2026))
    }
    assert freed == {
        ("medical_institutions", None): (1, "expiry", YI),
        ("inpatient_institutions", None): (1, "expiry", YI),
        ("outpatient_pooling_institutions", None): (1, "expiry", YI),
        ("personal_account_institutions", None): (1, "expiry", YI),
        ("contracted_beds", "general"): (80, "expiry", YI),
        ("contracted_beds", "rehabilitation"): (20, "expiry", YI),
    }


def test_services_opened_and_closed() -> None:
    town = Town()
    town.do("P9101005", "close_service", "2026-04-01", service="prescription_transfer")
    town.do("P9101001", "open_service", "2026-05-01", service="prescription_transfer")
    found = town.on("2026-05-01")
    closed, now_open = (row(found, "institutions", code=c) for c in ("P9101005", "P9101001"))
    assert closed["prescription_transfer"] is False
    assert closed["prescription_transfer_until"] == day("2026-04-01")
    assert now_open["prescription_transfer"] is True
    assert now_open["prescription_transfer_since"] == day("2026-05-01")
    (freed,) = rows(found, "releases", year=Fraction(2026))
    assert (freed["resource"], freed["cause"], freed["institution"]) == (
        "prescription_transfer_pharmacies", "service_closed", "P9101005",
    )  # fmt: skip


def test_fewer_beds_are_a_bed_reduction_also_with_a_renewal() -> None:
    town = Town()
    town.do("H9101001", "change_beds", "2026-02-01", beds="general=280;dialysis=25;dental_chair=5")
    town.do("H9103001", "renew", "2026-03-01", beds="general=50",
            services="inpatient;outpatient_pooling")  # fmt: skip
    found = town.on("2026-03-01")
    beds = {e["bed_class"]: e["contracted"] for e in rows(found, "beds", institution="H9101001")}
    assert beds == {"general": 280, "dialysis": 25, "dental_chair": 5}
    row_of_it = row(found, "beds", institution="H9101001", bed_class="general")
    assert (row_of_it["approved"], row_of_it["open"]) == (300, 320)
    freed = [
        (e["institution"], e["resource"], e["bed_class"], e["amount"], e["cause"])
        for e in rows(found, "releases", year=Fraction(2026))
    ]
    assert freed == [
        ("H9101001", "contracted_beds", "general", 20, "bed_reduction"),
        ("H9103001", "personal_account_institutions", None, 1, "service_closed"),
        ("H9103001", "contracted_beds", "general", 10, "bed_reduction"),
    ]


def test_changed_information_shows() -> None:
    town = Town()
    town.do("H9101001", "change_information", "2026-02-01", changed="name;level", name="新名",
            level="secondary", approved_on="2026-01-20")  # fmt: skip
    its = row(town.on("2026-02-01"), "institutions", code="H9101001")
    assert (its["name"], its["level"], its["standing"]) == ("新名", "secondary", "in_force")
    assert its["designated_since"] == day("2019-01-01")
    assert row(town.on("2026-01-31"), "institutions", code="H9101001")["name"] == "示例H9101001"


def test_a_failed_trial_stands_as_expired_until_it_signs_again() -> None:
    town = Town()
    town.admit("H9", "2026-03-01")
    for move, on in (("fail_trial", "2027-03-01"), ("review_again", "2028-03-02")):
        town.do("A-H9", move, on)
        assert told(town.on("2028-06-30"), "H9") == ("expired", day("2027-03-01"))
    town.do("A-H9", "refuse", "2028-05-01")
    assert told(town.on("2028-06-30"), "H9") == ("expired", day("2027-03-01"))
    causes = {e["cause"] for e in rows(town.on("2027-12-31"), "releases", year=Fraction(2027))}
    assert causes == {"trial_failure"}


def test_who_was_terminated_and_is_admitted_anew_stands_by_the_new_case() -> None:
    town = Town()
    town.do("P9101001", "terminate", "2026-01-20", cause="device_lent")
    town.admit("P9101001", "2026-03-01", kind="retail_pharmacy", services="personal_account")
    assert told(town.on("2026-02-28"), "P9101001") == ("terminated", day("2026-01-20"))
    assert told(town.on("2026-03-01"), "P9101001") == ("in_force", day("2026-03-01"))


# ---- known, and not yet known


def test_an_entry_counts_from_when_it_was_known() -> None:
    town = Town()
    late = evening(day("2026-08-01"))
    town.do("H9102001", "terminate", "2026-05-01", known=late)
    before = town.on("2026-06-30", known=late - dt.timedelta(seconds=1))
    assert told(before, "H9102001")[0] == "in_force"
    assert rows(before, "releases", institution="H9102001") == []
    assert told(town.on("2026-06-30", known=late), "H9102001")[0] == "terminated"


def test_what_held_before_the_census_and_was_known_after_it_counts() -> None:
    town = Town()
    town.lives["H9102001"].entries[:] = [
        replace(e, held_on=day("2025-01-01")) for e in town.lives["H9102001"].entries
    ]
    town.do("H9102001", "terminate", "2025-12-01", known=evening(day("2026-02-01")))
    assert told(town.on("2026-02-01"), "H9102001") == ("terminated", day("2025-12-01"))
    (freed, *_) = rows(town.on("2026-02-01"), "releases", institution="H9102001")
    assert freed["year"] == 2025


def test_what_was_annulled_leaves_nothing() -> None:
    town = Town()
    town.do("H9102001", "terminate", "2026-05-01")
    life = town.lives["H9102001"]
    life.do("annul", "2026-05-02", entry="2")
    cases: Iterable[list[Entry]] = [each.entries for each in town.lives.values()]
    found = picture(town.base, cases, Since(day(YEAR_END), TAKEN, SAVED, OPENED), terms())
    assert told(found, "H9102001")[0] == "in_force"
    assert rows(found, "releases", institution="H9102001") == []


# ---- years without a release


@pytest.mark.parametrize(
    ("opened_on", "on", "years"),
    [
        ("2026-01-01", "2026-12-31", [2026]),
        ("2026-01-02", "2026-12-31", []),  # the ledger does not cover all of 2026
        ("2026-01-01", "2027-03-01", [2026, 2027]),
        ("2024-01-01", "2025-12-31", []),  # the census itself covers 2025
    ],
)
def test_a_year_without_a_release_says_so(opened_on: str, on: str, years: list[int]) -> None:
    town = Town()
    since = Since(day(on), TAKEN, SAVED, day(opened_on))
    found = picture(town.base, [e.entries for e in town.lives.values()], since, terms())
    none = rows(found, "releases", amount=Fraction(0))
    assert [each["year"] for each in none] == years
    assert all(each["region"] == ROOT for each in none)


def test_a_year_with_a_release_needs_no_row_of_nothing() -> None:
    town = Town()
    town.do("P9101001", "close", "2026-05-01")
    assert rows(town.on(YEAR_END), "releases", amount=Fraction(0)) == []


# ---- the loop closes: a plan of next year


def planned(census: Census, folder: Path) -> Plan:
    for name, content in files_of("new-city.md").items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    book, place = shelf_for(str(folder / "newcity"))
    return evaluate_plan(census, book, place=place, year=2027, as_if=True)


def figure(plan: Plan, key: str) -> object:
    return plan.figures[key].value


@pytest.mark.clause("SY-12", "DX-25")
def test_what_was_set_free_is_handed_out_next_year(tmp_path: Path) -> None:
    town = Town()
    town.do("P9101001", "terminate", "2026-04-01", cause="device_lent")
    town.do("P9103001", "close", "2026-06-01")
    town.do("P9101002", "suspend_imposed", "2026-07-01")  # sets nothing free
    town.do("H9102001", "change_beds", "2026-05-01", beds="general=50;rehabilitation=20")
    town.admit("H9", "2026-03-01", kind="hospital", beds="general=10", services="inpatient")
    plan = planned(town.on(YEAR_END), tmp_path)
    assert figure(plan, f"released_pharmacies.{ROOT}") == 2
    assert figure(plan, f"released_contracted_beds.{ROOT}") == 30
    assert figure(plan, f"released_contracted_beds.{YI}") == 30
    assert figure(plan, f"released_contracted_beds.{BING}") == 0


def test_a_plan_of_the_day_of_the_census_is_the_same(tmp_path: Path) -> None:
    town = Town()
    for code in ("P9101001", "H9102001"):
        town.do(code, "close", "2026-02-01")
    one = picture(
        town.base,
        cases_by_id(town.entries(), SAVED).values(),
        Since(TAKEN, TAKEN, SAVED, OPENED),
        terms(),
    )
    assert fingerprint(one) == fingerprint(town.base)
    before, after = (planned(each, tmp_path) for each in (town.base, one))
    assert before.figures == after.figures


@pytest.mark.clause("O2-12", "O2-10")
def test_terminations_and_failed_evaluations_bar_in_later_rounds() -> None:
    town = Town()
    town.do("H9102001", "terminate", "2026-05-01")
    failed = Life(terms(), "A-failed")
    for move, on in (
        ("apply", "2026-01-05"),
        ("accept", "2026-01-05"),
        ("fail_evaluation", "2026-01-20"),
        ("re_evaluate", "2026-04-21"),
        ("fail_again", "2026-04-30"),
    ):
        failed.do(move, on)
    town.lives["A-failed"] = failed

    before, after = town.on("2026-04-29"), town.on("2026-05-01")

    assert rows(before, "records", institution="H9102001") == []
    barred = row(after, "records", institution="H9102001")
    assert (barred["item"], barred["happened_on"]) == (
        "illegal_termination_within_3_years",
        day("2026-05-01"),
    )
    kinds = [each["item"] for each in rows(after, "records")]
    assert {"evaluation_failed", "second_evaluation_failed"} <= set(kinds)


def test_what_is_annulled_after_a_census_was_kept_is_taken_out_of_it() -> None:
    town = Town()
    last = town.do("H9102001", "terminate", "2026-03-01")
    kept = town.on("2026-06-30")
    assert rows(kept, "records", institution="H9102001")
    number = next(each.seq for each in town.entries() if each.move == "terminate")
    town.lives["H9102001"].do("annul", "2026-07-10", entry=str(last.seq))
    entries = [
        replace(each, facts={"entry": str(number)}) if each.move == "annul" else each
        for each in town.entries()
    ]
    since = Since(day("2026-12-31"), day("2026-06-30"), evening(day("2026-07-01")), OPENED)

    found = picture(kept, cases_by_id(entries).values(), since, terms())

    assert told(found, "H9102001")[0] == "in_force"
    assert rows(found, "records", institution="H9102001") == []
    released = rows(found, "releases", institution="H9102001")
    assert [each for each in released if each["cause"] == "termination"] == []
