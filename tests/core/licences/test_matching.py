"""Licences held against institutions and applicants: each problem, and both sides of its limit."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.licences.matching import GROUPS, PROBLEMS, Licence, Problem, Subject, match

DAY = dt.date(2026, 3, 2)
ONE = dt.timedelta(1)
PHARMACY = Subject("c", "P1", "示例药房（一店）", "示例街2号", "91A", True, "210102")
DRUG = Licence("2", "drug_licence", "91A", "DA1", "示例药房(一店)", "示例街２号", DAY, "valid")


def problems(*licences: Licence, subject: Subject = PHARMACY) -> list[Problem]:
    return [each.problem for each in match(licences, [subject], DAY).found]


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        (DRUG, []),  # its last day is still one of its days; width of signs is no difference
        (replace(DRUG, through=DAY - ONE), [Problem.EXPIRED]),
        (replace(DRUG, through=None), []),
        (replace(DRUG, status="revoked"), [Problem.INVALID]),
        (replace(DRUG, status="cancelled", through=DAY - ONE), [Problem.INVALID]),
        (replace(DRUG, name="示例药房"), [Problem.NAME]),
        (replace(DRUG, address="示例街3号"), [Problem.ADDRESS]),
        (replace(DRUG, address=""), []),
        (replace(DRUG, uscc="91B"), [Problem.MISSING]),
    ],
)
def test_what_a_licence_says_against_its_holder(licence: Licence, said: list[Problem]) -> None:
    assert problems(licence) == said


def test_what_the_file_does_not_cover_is_not_missing() -> None:
    assert problems() == []
    practice = replace(DRUG, kind="practice_licence", uscc="91B")
    assert problems(practice) == []
    hospital = replace(PHARMACY, pharmacy=False)
    assert problems(practice, subject=hospital) == [Problem.MISSING]
    assert problems(replace(practice, kind="clinic_filing", uscc="91A"), subject=hospital) == []


def test_an_address_that_the_ledger_does_not_know_differs_from_none() -> None:
    assert problems(replace(DRUG, address="示例街3号"), subject=replace(PHARMACY, address="")) == []


def test_who_has_no_code_is_told_as_such() -> None:
    assert problems(DRUG, subject=replace(PHARMACY, uscc="")) == [Problem.NO_CODE]


def test_of_several_the_one_under_its_name_counts_else_the_longest_valid() -> None:
    other = replace(DRUG, name="示例药房二店", number="DA2")
    assert problems(other, DRUG) == []
    old = replace(DRUG, through=DAY - ONE, number="DA0")
    assert problems(old, DRUG) == []
    assert problems(DRUG, replace(old, status="cancelled")) == []


def test_rows_of_nobody_and_subjects_with_a_row_are_counted() -> None:
    stranger = replace(DRUG, uscc="91B")
    found = match([DRUG, stranger], [PHARMACY], DAY)
    assert (found.subjects, found.strangers) == (1, (stranger,))


def test_every_kind_has_its_group_and_every_problem_its_words() -> None:
    assert set(GROUPS) == set(CHOICES["licence_kind"])
    assert set(PROBLEMS) == set(Problem)
