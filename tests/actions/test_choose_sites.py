"""Choosing sites: against every possible choice, under each term, and what is refused."""

import itertools
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dingdian.actions.choose_sites import Model
from dingdian.actions.gather_candidates import Closed
from dingdian.actions.name_sites import district_named, stock_named
from dingdian.core.census import table_from_rows
from dingdian.core.census.applicants import APPLICANTS
from dingdian.core.errors import RequestError
from dingdian.core.siting import Wish
from dingdian.core.solving import Ending, Limits, Status
from tests.choosing import (
    BOOK,
    ROW,
    STOCK,
    ask,
    choices,
    city,
    home,
    institution,
    point,
    reached,
    times,
)
from tests.spots import apart

pytestmark = pytest.mark.clause("SY-09")
FAR = home("island", point(30_000, 0), 7, region="west")

steps = st.integers(0, 8)
homes_of = st.lists(
    st.tuples(steps, steps, st.integers(0, 50), st.sampled_from(["east", "west"])),
    min_size=1,
    max_size=7,
    unique_by=lambda each: each[:2],
)
stands = st.lists(st.tuples(steps, steps), max_size=2, unique=True)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def made(homes, standing):
    rows = [
        home(f"h{at}", point(350 * x, 350 * y), people, region)
        for at, (x, y, people, region) in enumerate(homes)
    ]
    there = [institution(f"i{at}", point(350 * x, 350 * y)) for at, (x, y) in enumerate(standing)]
    return rows, city(rows, there)


def peopled(homes):
    return any(people for _, _, people, _ in homes)


# ---------------------------------------------------------------- against every choice


@few
@given(homes_of.filter(peopled), stands, st.integers(0, 3), st.integers(0, 2))
def test_no_choice_that_keeps_the_terms_reaches_more(homes, standing, places, quota):
    rows, world = made(homes, standing)
    report = ask(world, places=places, quotas={"east": quota})

    def kept(chosen):
        found = [report.candidates.all[row].site.district for row in chosen]
        return found.count("east") <= quota

    allowed = [each for each in choices(report, places) if kept(each)]
    best = max(reached(report, rows, each) for each in allowed)
    before = reached(report, rows, ())
    assert report.answer.status is Status.OPTIMAL
    assert tuple(sorted(report.chosen)) in allowed
    assert report.goals[0].value == report.goals[0].bound == best - before
    whole = report.effect.scopes[0]
    assert (whole.before, whole.after) == (before, best)
    assert whole.twice_after == reached(report, rows, report.chosen, at_least=2)
    assert report.effect.after.tolist() == times(report, rows, report.chosen)


@few
@given(homes_of.filter(peopled), stands, st.integers(1, 3))
def test_backup_comes_second_and_is_the_most_beside_the_first(homes, standing, places):
    rows, world = made(homes, standing)
    report = ask(world, places=places, wishes=(Wish.COVERED, Wish.COVERED_TWICE))

    def worth(chosen):
        return tuple(reached(report, rows, chosen, at_least=n) for n in (1, 2))

    best = max(worth(each) for each in choices(report, places))
    assert worth(report.chosen) == best
    new = [wanted - stood for wanted, stood in zip(best, worth(()), strict=True)]
    assert [goal.value for goal in report.goals] == new


@few
@given(homes_of.filter(peopled), stands)
def test_everybody_who_can_be_reached_is_reached_by_the_fewest_or_nothing_can(homes, standing):
    rows, world = made(homes, standing)
    report = ask(world, model=Model.SET)
    most = len(report.candidates.all)
    lost = {rows[row]["code"] for row in report.lost.tolist()}
    wanted = [each for each in rows if each["persons"] and each["code"] not in lost]
    enough = [
        len(each)
        for each in choices(report, most)
        if reached(report, wanted, each) == sum(int(home["persons"]) for home in wanted)
    ]
    if enough:
        assert (report.answer.status, len(report.chosen)) == (Status.OPTIMAL, min(enough))
    else:
        assert report.answer.status is Status.INFEASIBLE
        assert report.clashes


@few
@given(
    homes_of.filter(peopled),
    stands,
    st.integers(1, 2),
    st.sampled_from([Model.MEDIAN, Model.CENTRE]),
)
def test_no_choice_makes_the_ways_shorter(homes, standing, places, model):
    rows, world = made(homes, standing)
    report = ask(world, model=model, places=places)
    there = [point(350 * x, 350 * y) for x, y in standing]

    def worth(chosen):
        sites = [report.candidates.all[row].site for row in chosen]
        places = [*there, *((each.lon, each.lat) for each in sites)]
        ways = [
            (int(each["persons"]), min(_metres((each["lon"], each["lat"]), at) for at in places))
            for each in rows
            if each["persons"]
        ]
        if model is Model.CENTRE:
            return max(way for _, way in ways)
        return sum(people * way for people, way in ways)

    allowed = [each for each in choices(report, places) if each or there]
    if not allowed:
        return
    assert worth(report.chosen) == min(map(worth, allowed))
    last = report.goals[-1]
    assert (last.value, last.gap) == (worth(report.chosen), 0)


crowds = st.tuples(steps, steps, st.integers(1, 2))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(crowds, min_size=1, max_size=3, unique_by=lambda each: each[:2]),
    st.integers(1, 2),
    st.integers(0, 3),
)
def test_where_room_is_limited_no_choice_and_no_sharing_out_is_shorter(homes, places, room):
    rows, world = made([(*each, "east") for each in homes], [(4, 4)])
    report = ask(world, model=Model.MEDIAN, places=places, room=room)
    people = [(each["lon"], each["lat"]) for each in rows for _ in range(int(each["persons"]))]

    def worth(chosen):
        sites = [report.candidates.all[row].site for row in chosen]
        ends = [point(350 * 4, 350 * 4), *((each.lon, each.lat) for each in sites)]
        return min(
            sum(_metres(one, ends[end]) for one, end in zip(people, going, strict=True))
            for going in itertools.product(range(len(ends)), repeat=len(people))
            if all(going.count(end) <= room for end in range(1, len(ends)))
        )

    assert report.goals[-1].value == min(map(worth, choices(report, places)))
    assert max(report.allotted, default=0) <= room


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(crowds, min_size=1, max_size=3, unique_by=lambda each: each[:2]),
    st.integers(1, 2),
    st.integers(0, 3),
)
def test_where_room_is_limited_no_choice_has_room_for_more_within_its_circles(homes, places, room):
    rows, world = made([(*each, "east") for each in homes], [(40, 40)])
    report = ask(world, model=Model.COVER, places=places, room=room)
    enough = ask(world, model=Model.COVER, places=places)
    assert report.goals[0].name == "covered"
    assert report.goals[0].value <= min(enough.goals[0].value, room * places)
    assert report.goals[0].value == sum(report.allotted)
    assert (report.goals[0].gap, max(report.allotted, default=0) <= room) == (0, True)
    if room >= sum(int(each["persons"]) for each in rows):
        assert report.goals == enough.goals or report.goals[0].value == enough.goals[0].value


def test_room_for_everybody_takes_more_sites_where_each_has_less():
    """The one in the middle reaches all; with less room those at both ends share its people."""
    homes = [(0, 0, 2, "east"), (1, 0, 2, "east"), (3, 0, 2, "east")]
    _rows, world = made(homes, [(40, 40)])
    found = [ask(world, model=Model.SET, room=room) for room in (6, 3)]
    assert [len(each.chosen) for each in found] == [1, 2]
    assert [each.allotted for each in found] == [(6,), (3, 3)]
    longest = ask(world, model=Model.CENTRE, places=1, room=6)
    names = [(goal.name, goal.gap) for goal in longest.goals]
    assert names == [("unreached", 0), ("longest", 0)]
    assert longest.goals[-1].value == 701  # metres of two steps
    assert longest.allotted == (6,)


def _metres(one, other):
    return (apart(one, other) + 500) // 1000


@few
@given(homes_of.filter(peopled), stands, st.randoms(use_true_random=False))
def test_the_order_of_the_ledger_does_not_change_how_good_it_is(homes, standing, random):
    rows, world = made(homes, standing)
    mixed = list(rows)
    random.shuffle(mixed)
    there = [institution(f"i{at}", point(350 * x, 350 * y)) for at, (x, y) in enumerate(standing)]
    one, other = (ask(each, places=2) for each in (world, city(mixed, there)))

    wholes = [each.effect.scopes[0] for each in (one, other)]
    assert one.goals == other.goals
    assert wholes[0].before == wholes[1].before
    assert wholes[0].after == wholes[1].after


# ---------------------------------------------------------------- as coverage counts


@pytest.mark.parametrize("how", ["as_is", "rescaled"])
def test_before_is_the_figure_of_the_plan(how):
    populations = [
        {"region": each, "year": Fraction(2025), "resident": Fraction(n)}
        for each, n in (("east", 3000), ("west", 14))
    ]
    world = city(
        [*ROW, FAR], [institution("i", point(0, 0))], book=_chosen("grid_disagreement", how),
        populations=populations,
    )  # fmt: skip
    whole = ask(world, places=1).effect.scopes[0]

    figures = [world[1].figure(f"{name}", "210100").exact for name in _FIGURES]
    assert [whole.before, whole.twice_before, whole.people] == figures
    assert whole.people == (1507 if how == "as_is" else 3014)


_FIGURES = (f"covered_1_{STOCK}", f"covered_2_{STOCK}", "circle_persons")


def _chosen(reading, option):
    def switched(layer):
        readings = tuple(
            each.model_copy(update={"chosen": option}) if each.reading == reading else each
            for each in layer.readings
        )
        return replace(layer, readings=readings)

    return replace(BOOK, layers={name: switched(each) for name, each in BOOK.layers.items()})


def test_the_insured_count_where_the_ledger_gives_them():
    homes = [home("a", point(0, 0), 10, insured=Fraction(3)), FAR]
    report = ask(city(homes), places=1)

    assert (report.demand.insured, report.goals[0].value) == (True, 3)


def test_who_may_be_reached_by_one_without_coordinates_counts_as_not_reached():
    report = ask(city(ROW, [institution("i", None)]), places=1)

    assert report.demand.maybe.sum() == 5
    assert report.effect.scopes[0].before == 0


def test_each_site_says_whom_it_reaches_and_whom_it_alone():
    # two points of a file 900 m apart: the homes between them have both
    table = _file(("p", point(600, 0)), ("q", point(1700, 0)))
    report = ask(city(ROW), places=2, given=table)

    newly = {
        site.id: (int(each.newly), int(each.alone), each.codes)
        for site, each in zip(report.sites, report.effect.each, strict=True)
    }
    assert newly == {
        "p": (600, 300, ("h0", "h1", "h2")),
        "q": (1200, 900, ("h2", "h3", "h4")),
    }


# ---------------------------------------------------------------- terms


def test_a_quota_of_nought_keeps_a_district_free():
    report = ask(city([*ROW, FAR]), places=5, quotas={"east": 0})

    assert [each.id for each in report.sites] == ["island"]


def test_a_quota_of_one_gives_the_second_place_to_another_district():
    far = home("c", point(9000, 0), 1, "west")
    homes = [home("a", point(0, 0), 10), home("b", point(5000, 0), 9), far]
    chosen = [ask(city(homes), places=2, quotas=each).sites for each in ({}, {"east": 1})]

    assert [[each.id for each in sites] for sites in chosen] == [["a", "b"], ["a", "c"]]


def test_a_quota_of_nought_holds_for_points_of_a_file():
    given = _file(("p", point(0, 0)), region="east")
    report = ask(city(ROW), places=2, quotas={"east": 0}, given=given)

    assert (report.chosen, len(report.candidates.open)) == ((), 1)


def test_each_site_says_of_whom_it_is_the_nearest_and_ways_are_told_before_and_after():
    homes = [home("a", point(0, 0), 10), home("b", point(3000, 0), 30)]
    world = city(homes, [institution("i", point(0, 0))])
    report = ask(world, places=1, given=_file(("p", point(3000, 0))))

    assert [int(each.nearest) for each in report.effect.each] == [30]
    before, after = report.effect.way_before, report.effect.way_after
    far = apart(point(0, 0), point(3000, 0))
    assert (before.longest_mm, before.longest_at) == (far, "b")
    assert before.mean_mm == (2 * 30 * far + 40) // 80
    assert (after.mean_mm, after.longest_mm) == (0, 0)


def test_sites_are_chosen_by_whole_people_and_coverage_is_exact():
    homes = [home("half", point(0, 0), "0.5"), home("less", point(5000, 0), "0.499")]
    report = ask(city(homes), places=2)

    assert (report.demand.people.tolist(), report.demand.rounded) == ([1, 0], True)
    assert (report.goals[0].value, report.effect.scopes[0].after) == (1, Fraction("0.5"))
    assert report.effect.scopes[0].people == Fraction("0.999")


def test_priorities_move_the_choice_and_name_a_region_or_a_kind():
    homes = [
        home("big", point(0, 0), 10),
        home("small", point(5000, 0), 6, region="town", kind="township"),
    ]

    plain = ask(city(homes), places=1)
    favoured = [
        ask(city(homes), places=1, priorities={word: 2}) for word in ("town", "乡镇", "west")
    ]

    assert [each.id for each in plain.sites] == ["big"]
    assert [[each.id for each in one.sites] for one in favoured] == [["small"]] * 3
    assert {one.goals[0].value for one in favoured} == {12}
    assert {one.effect.scopes[0].after for one in favoured} == {6}


def test_no_places_choose_nobody():
    report = ask(city(ROW), places=0)

    assert (report.chosen, report.answer.status) == ((), Status.OPTIMAL)
    assert report.effect.scopes[0].after == 0


def test_no_candidates_are_an_answer():
    report = ask(city([home("a", point(0, 0), 5)], [institution("i", point(100, 0))]), places=3)

    assert len(report.candidates.open) == 0
    assert (report.chosen, report.answer.status) == ((), Status.OPTIMAL)


def test_a_limit_of_nothing_gives_what_is_known_and_says_what_ended_it():
    report = ask(city(ROW), places=2, limits=Limits(nodes=0, rounds=0))

    goal = report.goals[0]
    assert report.answer.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert goal.value is not None
    assert report.answer.ending in (Ending.LIMIT, Ending.PROOF)


def test_what_a_clock_cut_short_says_so():
    report = ask(city(ROW), places=2, limits=Limits(halted=lambda: True))

    assert report.answer.by_clock or report.answer.status is Status.OPTIMAL
    assert report.goals[0].value is not None


def test_whom_nobody_can_reach_is_told():
    homes = [*ROW, FAR, home("nowhere", (None, None), 9)]
    report = ask(city(homes), places=1, given=_file(("p", point(0, 0))))

    assert [homes[row]["code"] for row in report.lost.tolist()] == [
        "h2",
        "h3",
        "h4",
        "island",
        "nowhere",
    ]


# ---------------------------------------------------------------- candidates


def _file(*points, **cells):
    own = {"crs": "wgs84", "position_error_m": Fraction(0), **cells}
    rows = [{"code": code, "lon": lon, "lat": lat, **own} for code, (lon, lat) in points]
    return table_from_rows(APPLICANTS, rows)


def test_a_candidate_too_near_one_that_stands_is_closed_and_says_by_whom():
    report = ask(
        city(ROW, [institution("i", point(0, 0))]),
        places=2,
        given=_file(("near", point(700, 0)), ("far", point(2400, 0))),
    )

    near = report.candidates.all[0]
    assert (near.closed, [code for code, _ in near.blockers]) == (Closed.BLOCKED, ["i"])
    assert near.blockers[0][1] < 800_000
    assert [each.id for each in report.sites] == ["far"]


def test_of_two_candidates_too_near_each_other_one_is_chosen():
    report = ask(city(ROW), places=2, given=_file(("a", point(1000, 0)), ("b", point(1500, 0))))

    assert report.candidates.apart.tolist() == [[0, 1]]
    assert len(report.chosen) == 1


def test_a_row_with_a_fault_is_closed_and_the_others_are_chosen_among():
    rows = table_from_rows(
        APPLICANTS,
        [
            {"code": "good", "lon": point(600, 0)[0], "lat": point(600, 0)[1], "crs": "wgs84"},
            {"code": "bad", "lon": 123.4, "lat": 41.8},
        ],
    )
    report = ask(city(ROW), places=2, given=rows)

    assert [(each.id, each.closed) for each in report.candidates.all] == [
        ("good", None),
        ("bad", Closed.FAULTY),
    ]
    assert [each.kind for each in report.candidates.faults] == ["site_without_system"]


def test_spots_are_thinned_the_best_first_and_the_rest_is_counted():
    report = ask(city(ROW), places=1, spots=2, apart_mm=700_000)

    # h3 reaches most (h2, h3, h4); h4 and h2 are within 700 m of it; h1 is the next best
    assert [each.id for each in report.candidates.all] == ["h1", "h3"]
    assert report.candidates.left_out == 3


# ---------------------------------------------------------------- what is refused


EMPTY = [home("a", point(0, 0), 0), home("b", point(1, 0), None)]


@pytest.mark.parametrize(
    ("homes", "fields", "kind"),
    [
        ([], {}, "siting_no_localities"),
        (EMPTY, {}, "siting_no_people"),
        (ROW, {"quotas": {"nowhere": 1}}, "siting_unknown_district"),
        (ROW, {"priorities": {"nowhere": 1}}, "siting_unknown_priority"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(homes, fields, kind):
    with pytest.raises(RequestError) as refused:
        ask(city(homes), places=1, **fields)

    assert [each.kind for each in refused.value.faults] == [kind]


@pytest.mark.parametrize(
    ("reading", "option", "kind"),
    [
        ("stock_suspended", None, "siting_reading"),
        ("grid_disagreement", None, "siting_reading"),
        ("grid_disagreement", "refused", "siting_grid_refused"),
    ],
)
def test_a_reading_that_is_open_or_refuses_stops_it_by_name(reading, option, kind):
    with pytest.raises(RequestError) as refused:
        ask(city(ROW, book=_chosen(reading, option)), places=1)

    assert {each.kind for each in refused.value.faults} == {kind}


def test_an_unknown_service_names_those_that_may_be_asked_for():
    with pytest.raises(RequestError) as refused:
        stock_named("牙科")

    assert "outpatient_pooling" in dict(refused.value.faults[0].details)["known"]


def test_a_district_is_named_by_code_or_name():
    census = city(ROW)[0].census

    assert district_named("east", census) == "east"
    assert np.all(ask(city(ROW), places=1, quotas={"east": 1}).question.quotas == {"east": 1})


# ---------------------------------------------------------------- spots under quotas, odd rules


def test_a_district_with_a_quota_has_spots_however_few_people_live_there():
    poor = home("poor", point(30_000, 0), 1, region="west")
    world = city([*ROW, poor])

    plain, held = (ask(world, places=2, spots=4, quotas=each) for each in ({}, {"west": 1}))

    assert "poor" not in [each.id for each in plain.candidates.all]
    assert "poor" in [each.id for each in held.candidates.all]


@pytest.mark.parametrize(
    ("reading", "option", "loose", "unclear"),
    [
        ("spacing_same_round", "both", ("sy_spacing_800",), ()),
        ("spacing_distance_mode", "path", (), ("sy_spacing_800",)),
    ],
)
def test_a_rule_that_parts_nobody_or_is_unclear_is_named(reading, option, loose, unclear):
    near = _file(("a", point(1000, 0)), ("b", point(1500, 0)))
    report = ask(city(ROW, book=_chosen(reading, option)), places=2, given=near)

    assert (report.candidates.loose, report.candidates.unclear) == (loose, unclear)
    assert len(report.candidates.apart) == 0


def test_candidates_of_a_file_are_known_by_what_it_says():
    one, same, other = (
        ask(city(ROW), places=1, given=_file(("p", point(at, 0)))).candidates.fingerprint
        for at in (0, 0, 10)
    )

    assert one == same != other
