"""Asking the desk: may an institution stand here, by whom, and about whose institution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from dingdian.actions.check_site import SiteQuestion, SiteReport, check_site
from dingdian.core.census import Census
from dingdian.core.errors import RequestError, fault
from dingdian.web import bureau, clock
from dingdian.web.maps import desks
from dingdian.web.maps.models import KeptAnswer
from dingdian.web.rights import Districts, Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


def ask(user: User, question: SiteQuestion, reach_mm: int | None) -> tuple[desks.Made, SiteReport]:
    """The answer to a question, and the desk that gave it.

    Anybody may ask about any place; by its code only about an institution of their districts.

    Raises:
        DingdianError: the question cannot be answered, or there is no desk.
    """
    made = desks.site_desk()
    districts = user.districts(Right.CHECK_SITE)
    if question.institution and not _is_of(made.desk.census, question.institution, districts):
        raise RequestError((fault("site_code_unknown", value=question.institution),))
    return made, check_site(made.desk, question, reach_mm=reach_mm)


def _is_of(census: Census, code: str, districts: Districts) -> bool:
    """Whether an institution stands in one of some districts; all of them where ``None``."""
    if districts is None:
        return True
    found = census.column("institutions", "code").cells()
    rows = [row for row, each in enumerate(found) if each == code]
    if not rows:
        return False
    region = census.column("institutions", "region").cell(rows[0])
    return census.tree.county_of(str(region)) in districts


def keep(user: User, report: SiteReport, question: dict[str, Any], remark: str) -> KeptAnswer:
    """Keep an answer under a number of its own, and write down that it was kept."""
    from dingdian.reports.sites.answer import answer_words
    from dingdian.reports.sites.plain import site_json

    with transaction.atomic():
        kept = KeptAnswer.objects.create(
            asked_at=clock.now(),
            by=user.username,
            day=report.basis.day,
            district=report.site.district,
            kind=report.site.kind,
            verdict=report.verdict.value,
            remark=remark,
            question=question,
            answer=site_json(report),
            told={lang: answer_words(report, lang) for lang in ("zh", "en")},
        )
        bureau.note(
            user,
            f"site:{kept.pk}",
            "site.keep",
            region=kept.district,
            verdict=kept.verdict,
            day=kept.day.isoformat(),
            census=report.basis.census,
            shelf=report.basis.shelf,
        )
    return kept
