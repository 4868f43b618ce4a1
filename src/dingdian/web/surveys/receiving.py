"""An answer that came from the public site: it counts, or is kept with why it does not."""

from __future__ import annotations

import uuid

from dingdian.core.supervision.surveys import fits
from dingdian.web import clock
from dingdian.web.public.receipts import plain
from dingdian.web.public.speaking import Told
from dingdian.web.surveys.models import Answer, Code, Refusal, Survey


def receive(told: Told) -> None:
    """Keep an answer; nothing that the site says is taken for granted."""
    survey = Survey.objects.filter(public_id=_uuid(told.about)).first()
    code = Code.objects.filter(code=plain(told.content["code"])).first()
    marks = marks_of(told.content["marks"])
    refused = _refused(told, survey, code, marks)
    Answer.objects.create(
        public_id=told.public_id,
        survey=survey,
        of=code,
        marks=marks or {},
        text=told.content["text"],
        received_at=told.received_at,
        refused=refused,
    )


def _refused(
    told: Told, survey: Survey | None, code: Code | None, marks: dict[str, int] | None
) -> str:
    """Why it does not count; empty where it does."""
    if code is None:
        return Refusal.UNKNOWN_CODE.value
    if survey is None or code.survey_id != survey.pk:
        return Refusal.OTHER_SURVEY.value
    day = clock.day_of(told.received_at)
    if not survey.since <= day <= survey.through:
        return Refusal.OUTSIDE.value
    items = [each["item"] for each in survey.items]
    if marks is None or not fits(marks, items, survey.scale):
        return Refusal.MARKS.value
    return ""


def marks_of(text: str) -> dict[str, int] | None:
    """The marks that a text states; ``None`` where it is none.

    >>> marks_of("attitude:5 quality:4"), marks_of("attitude"), marks_of("a:1 a:2")
    ({'attitude': 5, 'quality': 4}, None, None)
    """
    found: dict[str, int] = {}
    for each in text.split():
        item, _, mark = each.rpartition(":")
        if not item or item in found or not (mark.isascii() and mark.isdigit() and len(mark) < 4):
            return None
        found[item] = int(mark)
    return found


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
