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
from dingdian.web.streets import network
from dingdian.web.streets.models import Network

if TYPE_CHECKING:
    from dingdian.actions.measure_ways import Ways
    from dingdian.core.streets import Network as Passable
    from dingdian.reports.wording import Lang
    from dingdian.web.accounts.models import User

LANGS: tuple[Lang, ...] = ("zh", "en")


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


def passable(by: str) -> Passable | None:
    """The network in force as one may pass it; ``None`` where nobody asks.

    Raises:
        RequestError: no network is in force, or what was kept of it is gone.
    """
    return network.network_of(_in_force().graph, by) if by else None


def _in_force() -> Network:
    found = network.in_force()
    if found is None:
        raise RequestError((fault("streets_none_in_force"),))
    return found


def ways(report: SiteReport, by: str) -> Ways | None:
    """How far it is along the network in force to those near; ``None`` where nobody asks.

    It stands beside the answer and turns no verdict.

    Raises:
        RequestError: no network is in force, or what was kept of it is gone.
    """
    if not by:
        return None
    found = _in_force()
    own = {"by": by, "institutions": None, "localities": None}
    record = found.told.model_copy(update=own)
    from dingdian.actions.measure_ways import measure_ways  # needs an optional extra

    return measure_ways(report, network.network_of(found.graph, by), record)


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


def told(report: SiteReport, found: Ways | None, lang: Lang) -> dict[str, Any]:
    """An answer in words, with the ways that stand beside it."""
    from dingdian.reports.sites.answer import answer_words
    from dingdian.reports.streets import way_lines

    return {**answer_words(report, lang), "ways": [*way_lines(found, lang)] if found else []}


def plain(report: SiteReport, found: Ways | None) -> dict[str, Any]:
    """An answer as plain data, with the ways that stand beside it."""
    from dingdian.reports.sites.plain import site_json
    from dingdian.reports.streets import ways_json

    return {**site_json(report), **({"ways": ways_json(found)} if found else {})}


def keep(user: User, report: SiteReport, question: dict[str, Any], remark: str) -> KeptAnswer:
    """Keep an answer under a number of its own, and write down that it was kept."""
    found = ways(report, next(iter(question.get("by", ())), ""))

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
            answer=plain(report, found),
            told={lang: told(report, found, lang) for lang in LANGS},
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
            streets=found.streets.fingerprint if found else "",
        )
    return kept
