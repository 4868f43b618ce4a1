"""Surveys as pages, workbooks and editions show them."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet

from dingdian.core.assessment.contract import TABLES
from dingdian.core.digits import rounded
from dingdian.core.supervision.surveys import Result, result_of
from dingdian.storage.workbook_write import write_workbook
from dingdian.web.ledger import listing
from dingdian.web.public.receipts import digest, grouped
from dingdian.web.rights import Right
from dingdian.web.surveys.models import Answer, Code, Survey

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: An expired survey stays on the public site for so long, so that its link says why.
_SHOWN = dt.timedelta(90)
#: Digits after the point that the assessment workbook takes of a result.
_DIGITS = 3


def visible(user: User) -> QuerySet[Survey]:
    """The surveys of the districts in which somebody runs them."""
    return listing.within(Survey.objects.all(), user.districts(Right.RUN_SURVEYS))


@dataclass(frozen=True, slots=True)
class Line:
    """An institution of a survey: its code, and the result of its answers."""

    code: Code
    result: Result

    @property
    def shown(self) -> str:
        """The code in groups."""
        return grouped(self.code.code)

    @property
    def link(self) -> str:
        """The address of its form; empty where the configuration names no public site."""
        base: str = settings.CONFIG.public_url
        return f"{base.rstrip('/')}/survey/{self.shown}" if base else ""


def lines(survey: Survey, codes: Iterable[Code]) -> Iterator[Line]:
    """Institutions with their results; the answers are read once for all of them."""
    codes = list(codes)
    given: dict[int, list[Mapping[str, int]]] = {each.pk: [] for each in codes}
    rows = Answer.objects.filter(survey=survey, refused="", of__in=list(given))
    for of, marks in rows.values_list("of", "marks"):
        given[of].append(marks)
    for each in codes:
        yield Line(each, _result(survey, given[each.pk]))


def _result(survey: Survey, answers: list[Mapping[str, int]]) -> Result:
    return result_of(
        answers,
        [each["item"] for each in survey.items],
        scale=survey.scale,
        at_least=survey.at_least,
        score=survey.score,
    )


def results_workbook(survey: Survey, made_by: str) -> bytes:
    """The results as the table ``surveys`` of an assessment workbook.

    Too few answers leave the result empty: the assessment then says so, and takes no zero.
    """
    rows = []
    for each in lines(survey, survey.codes.all()):
        mean = each.result.mean
        rows.append(
            {
                "institution": each.code.institution,
                "item": survey.gives,
                "result": None if mean is None else Fraction(rounded(mean, _DIGITS)),
                "answers": Fraction(each.result.n),
                "surveyed_on": survey.through,
                "by": made_by,
                "evidence": f"{survey.title} {survey.public_id}",
            }
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "surveys.xlsx"
        write_workbook({"surveys": rows}, path, TABLES)
        return path.read_bytes()


def published(day: dt.date) -> Iterator[dict[str, Any]]:
    """The surveys of an edition of a day: questions, and codes by their digest alone."""
    for each in Survey.objects.filter(through__gte=day - _SHOWN).order_by("pk"):
        yield {
            "id": str(each.public_id),
            "title": each.title,
            "since": each.since.isoformat(),
            "through": each.through.isoformat(),
            "items": each.items,
            "scale": each.scale,
            "codes": [
                [digest(code), institution, name]
                for code, institution, name in each.codes.values_list("code", "institution", "name")
            ],
        }
