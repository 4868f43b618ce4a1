"""Making a survey, with a code for every institution, and closing it before its last day."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from dingdian.core.errors import RequestError, fault
from dingdian.core.supervision.surveys import survey_of
from dingdian.web import bureau, clock
from dingdian.web.ledger.models import Institution
from dingdian.web.public.receipts import fresh_code
from dingdian.web.surveys.models import Code, Survey

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

_BATCH = 500


def make(
    user: User, title: str, *, year: int, district: str, since: dt.date, through: dt.date
) -> Survey:
    """Make a survey with a code for every designated institution of its district.

    Raises:
        RequestError: the shelf has no survey, or there is no institution to ask about.
    """
    terms = bureau.desk().terms
    found = survey_of(terms.policy(since))
    if found is None:
        raise RequestError((fault("survey_not_on_the_shelf", day=since),))
    rule, asked = found
    asked_about = Institution.objects.filter(designated=True)
    if district:
        asked_about = asked_about.filter(district=district)
    rows = list(asked_about.values_list("code", "name"))
    if not rows:
        raise RequestError((fault("survey_of_nobody"),))
    dated = rule.on(since)
    with transaction.atomic():
        made = Survey.objects.create(
            public_id=uuid.uuid4(),
            title=title,
            year=year,
            district=district,
            since=since,
            through=through,
            items=[
                {"item": each.item, "text": each.text, "text_en": each.text_en}
                for each in asked.items
            ],
            scale=asked.scale,
            at_least=asked.at_least,
            score=terms.policy(since).choice("survey_score") or "",
            gives=rule.gives,
            rule=rule.rule,
            clause=(dated.clause if dated else "") or "",
            shelf=terms.book.fingerprint,
            by=user.username,
            at=clock.now(),
        )
        Code.objects.bulk_create(
            (
                Code(survey=made, code=fresh_code(), institution=code, name=name)
                for code, name in rows
            ),
            batch_size=_BATCH,
        )
        bureau.note(
            user,
            f"survey:{made.pk}",
            "survey.make",
            region=district,
            year=year,
            institutions=len(rows),
        )
    return made


def close(user: User, survey: Survey, why: str) -> None:
    """Close a survey before its last day: today is the last; what came so far counts.

    Raises:
        RequestError: no reason is given, or today is its last day or later.
    """
    today = clock.today()
    if not why.strip():
        raise RequestError((fault("survey_without_reason"),))
    with transaction.atomic():
        found = Survey.objects.select_for_update().get(pk=survey.pk)
        if found.through <= today:
            raise RequestError((fault("survey_over", day=found.through),))
        found.planned, found.through, found.why = found.through, today, why.strip()
        found.save(update_fields=("planned", "through", "why"))
        said = {"planned": found.planned, "through": today, "why": found.why}
        bureau.note(user, f"survey:{found.pk}", "survey.close", region=found.district, **said)
