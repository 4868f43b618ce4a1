"""Tables of a round made into applications: what is known stays, what is not stays unknown."""

# ruff: noqa: E501 -- a table reads best with one row a line

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
import shapely

from dingdian.core.admission.contract import TABLES
from dingdian.core.admission.words import item_words
from dingdian.core.census.headings import plain
from dingdian.core.errors import RequestError
from dingdian.core.faults import KINDS, ROUND
from dingdian.core.spacing.terms import Side
from dingdian.storage.policy_yaml import shelf_for
from tests.rounds import SOUND, a_round, tables
from tests.spots import LAT, LON, ground, institution

DAY = dt.date(2026, 3, 1)
ABOUT = ({"item": "decided_on", "value": "2026-03-01"}, {"item": "id", "value": "2026-1"})
FACT = {"application": "A1", "item": "physicians", "found_on": dt.date(2026, 2, 1)}


def of_a1(**cells):
    return [{"application": "A1", **cells}]


def kinds(faults):
    return [each.kind for each in faults]


def test_an_application_alone_is_a_round():
    found = a_round()
    (only,) = found.applications

    assert (only.id, only.side, only.kind) == ("A1", Side.MEDICAL, "clinic")
    assert only.site.services == only.services == ("outpatient_pooling",)
    assert (only.beds, only.facts, only.people, only.faults) == ({}, {}, (), ())
    assert "integrated_village_clinic" in only.unknown_flags
    assert (found.decided_on, found.records, set(found.tables)) == (None, (), {"applications"})


def test_everything_that_the_tables_say_is_there():
    found = a_round(
        {"integrated_village_clinic": True, "university_clinic": False, "opened_on": DAY},
        round=[*ABOUT, {"item": "year", "value": "2026"}],
        bed_requests=of_a1(bed_class="general", beds=20),
        people=of_a1(role="head", name="甲", id_number="1"),
        materials=of_a1(item="application_form", dated=dt.date(2026, 1, 4)),
        facts=of_a1(item="physicians", amount=Fraction(3, 2), by="乙"),
        scores=of_a1(part="quantitative", item="all", score=80, full=100),
        exceptions=of_a1(rule="sy_spacing_800", by="丙"),
        records=[{"number": "J1", "item": "price_policy", "other_names": "甲；乙 ; 丙"}],
        taken=[{"number": "Y1", "region": "here", "resource": "pharmacies", "amount": 2}],
    )
    (only,) = found.applications

    assert (found.id, found.year, found.decided_on) == ("2026-1", 2026, DAY)
    assert only.flags == {"integrated_village_clinic"}
    assert not only.unknown_flags & {"integrated_village_clinic", "university_clinic"}
    assert only.beds == {"general": 20}
    assert [(p.role, p.name, p.id_number) for p in only.people] == [("head", "甲", "1")]
    assert [(m.item, m.received_on) for m in only.materials] == [("application_form", None)]
    assert (only.facts["physicians"].amount, only.facts["physicians"].yes) == (Fraction(3, 2), None)
    assert [(s.score, s.full, s.passed) for s in only.scores] == [(80, 100, None)]
    assert [(e.rule, e.decided_on) for e in only.exceptions] == [("sy_spacing_800", None)]
    assert found.records[0].other_names == ("甲", "乙", "丙")
    assert [(t.region, t.resource, t.amount) for t in found.taken] == [("here", "pharmacies", 2)]


def test_a_table_that_is_there_and_empty_is_not_one_that_is_absent():
    assert "records" in a_round(records=[]).tables
    assert "records" not in a_round().tables


def test_a_fault_of_one_application_stays_with_it():
    found = a_round({}, {"code": "A2", "crs": None, "services": "牙科"})
    sound, faulty = found.applications

    assert (sound.faults, found.faults) == ((), ())
    assert faulty.site is None
    assert kinds(faulty.faults) == ["unknown_service", "site_without_system"]
    assert {each.place.row for each in faulty.faults} == {3}


def test_an_application_without_coordinates_keeps_its_district_and_services():
    (only,) = a_round({"lon": None, "lat": None, "region": "east"}).applications

    assert (only.site, only.services) == (None, ("outpatient_pooling",))
    assert kinds(only.faults) == ["site_without_coordinates"]


@pytest.mark.parametrize(
    ("cells", "others", "kind", "column"),
    [
        ({"accepted_on": dt.date(2026, 1, 4)}, {}, "accepted_before_applied", "受理日期"),
        ({"opened_on": dt.date(2026, 3, 2)}, {}, "day_after_decision", "开业日期"),
        ({}, {"materials": of_a1(item="x", dated=dt.date(2026, 3, 2))}, "day_after_decision", "材料日期"),
        ({}, {"materials": of_a1(item="x", received_on=dt.date(2026, 3, 2))}, "day_after_decision", "收到日期"),
        ({}, {"facts": of_a1(item="x", yes=True, found_on=dt.date(2026, 3, 2))}, "day_after_decision", "核查日期"),
        ({}, {"facts": of_a1(item="x")}, "fact_without_answer", "是否"),
        ({}, {"facts": [FACT | {"yes": True}, FACT | {"yes": False}]}, "fact_contradicted", "核查项目"),
        ({}, {"bed_requests": of_a1(bed_class="general")}, "beds_without_number", "申请床位数"),
        ({}, {"bed_requests": 2 * of_a1(bed_class="general", beds=1)}, "bed_class_twice", "床位类别"),
        ({}, {"people": of_a1(role="head", name="甲")}, "person_without_number", "证件号码"),
        ({}, {"scores": of_a1(part="quantitative", item="x", score=101, full=100)}, "score_over_full", "得分"),
        ({}, {"scores": of_a1(part="quantitative", item="x", score=1)}, "score_incomplete", "得分"),
        ({}, {"scores": of_a1(part="qualitative", item="x")}, "score_incomplete", "是否合格"),
        ({}, {"exceptions": of_a1(rule="x", by="甲")}, "exception_incomplete", "规则"),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_row_is_said_of_its_application(cells, others, kind, column):
    found = a_round(cells, round=ABOUT, **others)
    (only,) = found.applications

    assert [(each.kind, each.place.column) for each in only.faults] == [(kind, column)]
    assert found.faults == ()


@pytest.mark.parametrize("day", [dt.date(2026, 2, 28), DAY])
def test_a_day_up_to_the_decision_is_sound(day):
    others = {"materials": of_a1(item="x", dated=day, received_on=day)}
    (only,) = a_round({"opened_on": day, "accepted_on": day}, round=ABOUT, **others).applications

    assert only.faults == ()


def test_of_two_facts_the_later_one_holds_and_a_contradiction_is_unknown():
    later = FACT | {"found_on": dt.date(2026, 2, 2), "yes": False}
    (changed,) = a_round(facts=[later, FACT | {"yes": True}]).applications
    (odd,) = a_round(facts=[FACT | {"yes": True}, FACT | {"yes": False}]).applications

    assert changed.facts["physicians"].yes is False
    assert changed.faults == ()
    assert odd.facts["physicians"].yes is None


def test_what_was_found_after_the_decision_does_not_hide_what_was_known():
    late = FACT | {"found_on": dt.date(2026, 3, 2), "yes": False}
    (only,) = a_round(round=ABOUT, facts=[FACT | {"yes": True}, late]).applications

    assert only.facts["physicians"].yes is True


@pytest.mark.parametrize(("day", "odd"), [(4, True), (5, False), (9, False), (10, True)])
def test_an_application_is_of_the_time_in_which_its_round_was_open(day, odd):
    opened = [
        {"item": "opened_from", "value": "2026-01-05"},
        {"item": "opened_through", "value": "2026-01-09"},
    ]
    found = a_round({"applied_on": dt.date(2026, 1, day)}, round=[*ABOUT, *opened])

    assert kinds(found.applications[0].faults) == odd * ["applied_out_of_time"]
    assert kinds(a_round({"applied_on": None}, round=[*ABOUT, *opened]).faults) == []


@pytest.mark.parametrize(("region", "odd"), [("west", True), ("east", False), (None, False)])
def test_a_point_in_another_district_than_the_one_named_is_remarked(region, odd):
    here = shapely.box(LON - 0.1, LAT - 0.1, LON + 0.1, LAT + 0.1)
    shapes = {"east": {**shapely.geometry.mapping(here), "crs": "wgs84"}}
    found = a_round({"region": region}, census=replace(ground(), boundaries=shapes))

    assert found.applications[0].district == "east"
    assert kinds(found.applications[0].faults) == odd * ["site_in_other_district"]


def test_a_bed_class_named_twice_is_unknown_and_not_added_up():
    twice = 2 * of_a1(bed_class="general", beds=10)
    (only,) = a_round(bed_requests=twice).applications

    assert only.beds == {"general": None}


@pytest.mark.parametrize(
    ("others", "kind"),
    [
        ({"records": [{"number": "J1", "item": "x"}]}, "record_of_nobody"),
        ({"round": [*ABOUT, {"item": "lottery_seed", "value": "8848"}]}, "seed_not_published"),
        ({"round": [*ABOUT, {"item": "lottery_seed", "value": "8848"}, {"item": "seed_published_on", "value": "2026-03-02"}]}, "seed_not_published"),
    ],
)  # fmt: skip
def test_what_concerns_no_single_application_is_said_of_the_round(others, kind):
    found = a_round(**others)

    assert kinds(found.faults) == [kind]
    assert found.applications[0].faults == ()


def test_a_seed_published_on_the_day_of_the_decision_will_do():
    published = {"item": "seed_published_on", "value": "2026-03-01"}
    found = a_round(round=[*ABOUT, {"item": "lottery_seed", "value": "8848"}, published])

    assert (found.faults, found.seed, found.seed_published_on) == ((), "8848", DAY)


def test_a_region_that_the_census_has_not_is_remarked():
    (only,) = a_round({"region": "south"}).applications

    assert kinds(only.faults) == ["site_region_unknown"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"institution": "H1", "moved": True}, []),
        ({"institution": "H2"}, ["applicant_code_unknown"]),
        ({"institution": "H2", "moved": True}, ["applicant_code_unknown"]),
        ({"moved": True}, ["applicant_moved_without_code"]),
        ({"moved": False}, []),
    ],
)
def test_a_code_that_the_census_has_not_is_told(cells, told):
    census = ground(institution("H1", (LON, LAT + 1)))
    (only,) = a_round(cells, census=census).applications

    assert kinds(only.faults) == told


def test_what_stops_a_round_is_told_in_one_list():
    twice = tables({}, {}, facts=[{"application": "A9", "item": "x", "yes": True}])
    with pytest.raises(RequestError) as stopped:
        a_round({}, {}, facts=[{"application": "A9", "item": "x", "yes": True}])

    assert kinds(stopped.value.faults) == ["duplicate_key", "unknown_reference"]
    assert len(twice["applications"]) == 2


def test_a_round_without_applications_stops():
    with pytest.raises(RequestError) as stopped:
        a_round(**{"applications": ()})

    assert kinds(stopped.value.faults) == ["round_without_applications"]


@pytest.mark.clause("O2-06", "O2-07", "O2-12", "O3-05", "O3-06", "O3-11", "SY-25", "SY-26", "SY-27")
@pytest.mark.parametrize("place", ["shenyang", "daxinganling"])
def test_every_item_of_the_shelf_may_be_named_by_its_wording(place):
    book, _ = shelf_for(place)
    policy = book.on(place, DAY)
    words = item_words(policy)
    tables = {"material": ["materials"], "condition": ["facts"], "refusal": ["facts", "records"]}
    rules = [each.rule for each in policy.rules.values() if each.rule.family == "checklist"]
    for rule in rules:
        for item in (each for dated in rule.values for each in dated.value):
            for table in tables.get(rule.purpose, ()):
                for word in (item.item, item.text, f" {item.text_en.upper()} "):
                    assert words[table][plain(word)] == item.item


def test_rows_may_name_an_item_in_either_language():
    book, place = shelf_for("shenyang")
    policy = book.on(place, DAY)
    licence = policy.rules["pharmacy_conditions"].value[0]
    bar = policy.rules["sy_refuse_data"].value[0]
    paper = policy.rules["medical_materials"].value[0]
    found = a_round(
        words=item_words(policy),
        facts=of_a1(item=licence.text, yes=True) + of_a1(item=bar.text_en, yes=False),
        materials=of_a1(item=f"{paper.text} "),
        exceptions=of_a1(rule="15分钟医保服务圈间距"),
        records=[{"number": "J1", "item": "被行政处罚尚未完全履行处罚责任", "name": "甲"}],
    )
    (only,) = found.applications

    assert {name: fact.yes for name, fact in only.facts.items()} == {
        "drug_licence": True,
        "no_full_transmission": False,
    }
    assert [each.item for each in only.materials] == ["application_form"]
    assert [each.rule for each in only.exceptions] == ["sy_spacing_800"]
    assert [each.item for each in found.records] == ["unserved_penalty"]


def test_a_wording_of_no_list_is_said_and_kept():
    book, place = shelf_for("shenyang")
    rows = of_a1(item="营业面积", yes=True)
    (only,) = a_round(words=item_words(book.on(place, DAY)), facts=rows).applications

    assert kinds(only.faults) == ["round_item_unknown"]
    assert set(only.facts) == {"营业面积"}


def test_the_order_of_rows_changes_nothing():
    others = {
        "facts": [FACT | {"yes": True}, FACT | {"item": "insurance_head", "yes": False}],
        "bed_requests": of_a1(bed_class="general", beds=3) + of_a1(bed_class="tcm", beds=4),
    }
    (one,) = a_round(**others).applications
    (other,) = a_round(**{name: rows[::-1] for name, rows in others.items()}).applications

    assert one.beds == other.beds
    assert {k: f.yes for k, f in one.facts.items()} == {k: f.yes for k, f in other.facts.items()}


def test_every_column_of_the_contract_is_explained_in_both_languages():
    for schema in TABLES.values():
        for field in (schema, *schema):
            assert field.meaning_zh
            assert field.meaning != field.meaning_zh


def test_the_sound_application_is_of_the_contract():
    assert set(SOUND) <= {field.name for field in TABLES["applications"]}


def test_every_kind_of_fault_of_a_round_is_made_to_happen():
    here = Path(__file__)
    tests = here.parents[2] / "storage" / "test_round_read.py"
    told = here.read_text("utf-8") + tests.read_text("utf-8")
    assert [kind for kind in ROUND if f'"{kind}"' not in told] == []


def test_every_fault_of_a_row_says_how_to_mend_it_in_both_languages():
    found = a_round(
        {"accepted_on": dt.date(2026, 1, 4)},
        round=[*ABOUT, {"item": "lottery_seed", "value": "8848"}],
        bed_requests=of_a1(bed_class="general"),
        people=of_a1(role="head", name="甲"),
        facts=[FACT, FACT | {"yes": True}, FACT | {"found_on": dt.date(2027, 1, 1)}],
        scores=of_a1(part="quantitative", item="x", score=101, full=100),
        exceptions=of_a1(rule="x"),
        records=[{"number": "J1", "item": "x"}],
    )
    faults = [*found.faults, *found.applications[0].faults]

    assert len({each.kind for each in faults}) >= 9
    for each in faults:
        for lang in ("zh", "en"):
            told = KINDS[each.kind].what.say(lang, **each.fields)
            cure = KINDS[each.kind].cure.say(lang, **each.fields)
            assert told
            assert cure
            assert "{" not in told + cure
