"""What the release before wrote is read: shelf, ledger of institutions, plan.json."""

from __future__ import annotations

from pathlib import Path

import pytest

from dingdian.core.census.canonical import fingerprint
from dingdian.core.errors import ShelfError
from dingdian.core.policy.model import FORM
from dingdian.reports.plan_json import read_record
from dingdian.storage.census_files import read_census
from dingdian.storage.policy_yaml import shelf_for, shipped

GOLDEN = Path(__file__).parents[1] / "golden" / "form_1"
#: As the release before took it of the census that stands there as text.
PRINT = "b79b13d498ec7c9512fd7df9f97c96014845f0866f1ca20a4ebcdc2831f33ba9"

CARD = """place: older
title: 旧例
title_en: An older folder
region_code: "990100"
plan: null
layers: [national, older]
"""
RULES = """rules:
  - rule: older_evaluation
    family: clock
    title: 评估时限
    title_en: Time limit of evaluation
    clauses: [O2-09]
    step: 5
    begins: accepted
    ends: evaluated
    unit: day
    pauses: [materials_supplemented]
    values:
      - {since: 2021-02-01, value: 35, clause: O2-09, checked_on: 2026-11-21}

  - rule: older_rank
    family: assessment
    title: 末位淘汰
    title_en: The last go
    clauses: [O3-34]
    step: 5
    about: [pharmacies]
    values:
      - since: 2021-02-01
        value:
          sanction: {text: 淘汰, text_en: Elimination}
        clause: O3-34
        checked_on: 2026-11-21
"""


def folder(at: Path, card: str = CARD) -> str:
    own = at / "older"
    own.mkdir()
    (own / "place.yaml").write_text(card, "utf-8")
    (own / "rules.yaml").write_text(RULES, "utf-8")
    return str(own)


def test_a_folder_of_the_form_before_means_what_it_meant(tmp_path: Path) -> None:
    book, place = shelf_for(folder(tmp_path))
    rules = {each.rule: each for each in book.layers[place].rules}

    clock = rules["older_evaluation"]
    assert (clock.means, clock.who, clock.counts_first_day) == ("within", "agency", False)
    assert clock.pauses == ("materials_awaited",)
    assert rules["older_rank"].purpose == "bottom_rank"


def test_a_folder_of_today_is_not_put_right(tmp_path: Path) -> None:
    with pytest.raises(ShelfError) as told:
        shelf_for(folder(tmp_path, CARD + f'form: "{FORM}"\n'))

    kinds = {each.kind for each in told.value.faults}
    assert kinds == {"shelf_missing_key", "shelf_unknown_key"}


def test_a_folder_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShelfError) as told:
        shelf_for(folder(tmp_path, CARD + 'form: "9"\n'))

    newer = [each for each in told.value.faults if each.kind == "shelf_newer"]
    assert [each.fields for each in newer] == [{"found": "9", "known": FORM}]


def test_the_shipped_folders_are_of_the_form_of_today() -> None:
    for place in ("national", "shenyang", "daxinganling"):
        card = shipped().joinpath(place, "place.yaml").read_text("utf-8")
        assert f'form: "{FORM}"' in card


def test_a_census_of_the_release_before_is_the_same_census() -> None:
    reading = read_census(GOLDEN / "census")

    assert reading.census is not None
    assert fingerprint(reading.census) == PRINT
    for table in ("agreements", "records", "past_scores"):
        assert not len(reading.census.tables[table])


def test_a_plan_of_the_release_before_is_read() -> None:
    record = read_record((GOLDEN / "plan.json").read_bytes())

    assert record.version == "1"
    assert record.figures
