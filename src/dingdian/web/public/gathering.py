"""The plans and consultations that go out, as the areas of plans and their procedure keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils import translation

from dingdian.core.dossier.facts import day_of
from dingdian.web.public.published import (
    Answered,
    Consultation,
    IssuedPlan,
    Notice,
    Paper,
    Reply,
)

if TYPE_CHECKING:
    from dingdian.core.dossier.state import State
    from dingdian.web.plans.models import Plan, Version
    from dingdian.web.procedure import models

#: What is published of an issued plan: the page, and the papers that are issued.
_PAGE, _PAPERS, _KINDS = "plan.html", "papers/", (".pdf", ".docx")
_NOT_ISSUED = ("papers/numbers",)


def issued_plans() -> tuple[IssuedPlan, ...]:
    """The plans that were issued, those that no longer hold as well, each with its papers.

    Raises:
        RequestError: a file of one is not what was issued.
    """
    from dingdian.web.plans.models import Plan
    from dingdian.web.procedure import dossiers

    plans = Plan.objects.filter(issued_version__isnull=False).select_related("issued_version")
    return tuple(_issued(plan, dossiers.state_of_plan(plan)) for plan in plans.order_by("pk"))


def _issued(plan: Plan, state: State) -> IssuedPlan:
    facts, version = state.facts("issue"), plan.issued_version
    assert version is not None  # noqa: S101 -- only such plans were asked for
    days = {
        name: day_of(facts[name])
        for name in ("issued_on", "since", "valid_through")
        if facts.get(name)
    }
    return IssuedPlan(
        id=f"plan-{plan.pk}",
        title=plan.title,
        year=plan.year,
        issued_on=days.get("issued_on") or version.made_at.date(),
        fingerprint=version.result,
        number=facts.get("document_number", ""),
        stage=state.stage.value,
        since=days.get("since"),
        through=days.get("valid_through"),
        papers=tuple(_papers(version, _of_an_issue(version))),
    )


def _of_an_issue(version: Version) -> Iterator[str]:
    for name in sorted(version.manifest):
        issued = name.startswith(_PAPERS) and name.endswith(_KINDS)
        if name == _PAGE or (issued and not name.startswith(_NOT_ISSUED)):
            yield name


def _papers(version: Version, names: Iterable[str]) -> Iterator[Paper]:
    """Files of a version, each as it was written or not at all."""
    from dingdian.web.plans.documents import COPIES, called, saved_as
    from dingdian.web.plans.reading import held

    for name in names:
        if name not in version.manifest or name.startswith(COPIES):
            continue
        titles = {}
        for language in ("zh-hans", "en"):
            with translation.override(language):
                titles[language] = called(name)
        with translation.override("zh-hans"):
            saved = saved_as(version, name)
        content = held(version, name).read_bytes()
        yield Paper(titles["zh-hans"], saved, content, title_en=titles["en"])


def consultations(day: dt.date) -> tuple[Consultation, ...]:
    """The consultations that have begun by a day and count, open and closed.

    What people wrote stays here: of a comment goes out by which number it is known, and what was
    answered.
    """
    from dingdian.web.procedure.models import Consultation as Kept
    from dingdian.web.procedure.models import ConsultationState

    live = Kept.objects.exclude(state=ConsultationState.DROPPED)
    rows = live.filter(opened_on__lte=day).select_related("plan", "version__plan")
    return tuple(_consultation(each) for each in rows.order_by("pk"))


def _consultation(row: models.Consultation) -> Consultation:
    answered = row.state == "answered"
    comments = row.comments.exclude(outcome="") if answered else row.comments.none()
    return Consultation(
        id=row.public_id,
        title=row.title,
        opens=row.opened_on,
        closes=row.through,
        text=row.text,
        fingerprint=row.version.result,
        papers=tuple(_papers(row.version, row.documents)),
        answers=tuple(
            Answered(each.public_id, each.kind, each.outcome, each.answer)
            for each in comments.order_by("received_at", "pk")
        ),
    )


def notices(day: dt.date) -> tuple[Notice, ...]:
    """The cases that are or were under public notice."""
    from dingdian.web.objections import noticed

    return noticed.notices(day)


def surveys(day: dt.date) -> list[dict[str, Any]]:
    """The surveys that run, or were over not long ago, as an edition carries them."""
    from dingdian.web.surveys import reading

    return list(reading.published(day))


def windows(day: dt.date) -> list[dict[str, Any]]:
    """The windows in which applications are or were taken, as an edition carries them."""
    from dingdian.web.intake import reading

    return reading.published(day)


def replies() -> tuple[Reply, ...]:
    """Where objections and complaints stand, each by its receipt."""
    from dingdian.web.complaints import reading as complaints
    from dingdian.web.objections import reading as objections

    found = (*objections.replies(), *complaints.replies())
    return tuple(sorted(found, key=lambda each: each.digest))
