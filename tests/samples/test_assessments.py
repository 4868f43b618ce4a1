"""The invented assessments: they fit the contract and the shelf, and hold every kind of case."""

from __future__ import annotations

from collections import Counter

import pytest

from dingdian.core.assessment.bottom import Bottom
from dingdian.core.assessment.contract import TABLES
from dingdian.core.assessment.ladder import StepState
from dingdian.core.assessment.points import PersonState
from dingdian.samples import SAMPLES
from dingdian.samples.assessments import ASSESSMENTS
from dingdian.storage.assessment_read import read_assessment
from dingdian.storage.workbook_write import write_workbook
from tests.reports.assessed import sample_run

#: What is said of the rows of each assessment, kind by kind.
SAID = {
    "daxinganling": {
        "appeal_of_nothing": 1,
        "assessed_unknown": 1,
        "confirmed_before_hearing": 1,
        "confirmed_not_in_bottom": 1,
        "points_over_full": 1,
        "scored_twice": 1,
    },
    "shenyang": {
        "appeal_of_nothing": 1,
        "assessed_unknown": 1,
        "confirmed_before_hearing": 1,
        "points_over_full": 1,
        "scored_twice": 1,
    },
}
PLACES = sorted(ASSESSMENTS)


@pytest.mark.parametrize("place", PLACES)
def test_every_row_fits_but_for_the_faults_that_are_meant(place: str) -> None:
    made = sample_run(place).assessment
    faults = [*made.faults, *(each for one in made.assessed for each in one.faults)]
    told = Counter(each.kind for each in faults)

    assert {kind: told[kind] for kind in SAID[place]} == SAID[place]
    assert set(told) <= {*SAID[place], "confirmed_not_in_bottom"}


@pytest.mark.clause("SY-22", "DX-17")
@pytest.mark.parametrize("place", PLACES)
def test_every_kind_of_case_is_there(place: str) -> None:
    made = sample_run(place).assessment
    scores = [each.score for each in made.assessed if each.score]
    places = {each.place.bottom for each in made.assessed if each.place}
    states = {step.state for each in made.assessed for step in each.steps}
    reasons = {each.place.why.code for each in made.assessed if each.place}

    assert {Bottom.IN, Bottom.OUT, Bottom.HELD} <= places
    assert {StepState.CONFIRMED, StepState.PROPOSED, StepState.LACKING, StepState.LATER} == states
    assert {"group_small", "in_bottom", "place_unknown"} <= reasons
    assert any(score.missing for score in scores)
    assert any(score.votes for score in scores)
    assert any(score.appealed for score in scores)
    assert any(score.open_appeal for score in scores)
    assert {each.state for each in made.persons} >= {
        PersonState.NORMAL,
        PersonState.PAUSE_DUE,
        PersonState.ENDED,
    }


@pytest.mark.clause("DX-17")
def test_equal_scores_across_the_limit_are_in_one_of_them() -> None:
    made = sample_run("daxinganling").assessment
    tied = [e for e in made.assessed if e.place and e.place.why.code == "tied_across"]

    totals = Counter((each.subject.kind, each.score.total) for each in tied if each.score)
    assert {kind: n for (kind, _), n in totals.items()} == {
        "retail_pharmacy": 2,
        "village_clinic": 3,
    }
    assert {each.grade_move.state.value for each in made.assessed if each.grade_move} >= {"up"}


@pytest.mark.parametrize("place", PLACES)
def test_the_same_seed_makes_the_same_and_another_another(place: str) -> None:
    sample = SAMPLES[place](seed=1)

    assert ASSESSMENTS[place](sample, 1) == ASSESSMENTS[place](sample, 1)
    assert ASSESSMENTS[place](sample, 1) != ASSESSMENTS[place](sample, 2)


def test_the_workbook_reads_back_as_it_was_written(tmp_path) -> None:
    rows = ASSESSMENTS["daxinganling"](SAMPLES["daxinganling"](seed=1), 1)
    write_workbook(rows, tmp_path / "a.xlsx", TABLES)
    read = read_assessment(tmp_path / "a.xlsx")

    assert read.faults == ()
    assert {name: len(table) for name, table in read.tables.items()} == {
        name: len(its) for name, its in rows.items()
    }
