"""What was recorded of an institution in a year, and the forms for more, as its page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from dingdian.web.assessments import forms, waiting
from dingdian.web.assessments.models import Appeal, Kind, Measure, Result, Stand
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from django import forms as django_forms

#: A form that was filled in, behind the key of its place on the page.
Bound = tuple[str, "django_forms.Form"]


def key_of(appeal: Appeal) -> str:
    """The place of the form that decides an appeal."""
    return f"a{appeal.pk}"


def told(each: Measure, words: Any) -> tuple[Measure, str]:
    """Something that was asked for, with its title."""
    if each.kind == Kind.STEP and words is not None:
        return each, words.step(each.step)
    return each, str(Kind(each.kind).label)


def of_institution(
    request: HttpRequest, result: Result, words: Any, bound: Bound | None = None
) -> dict[str, Any]:
    """What was recorded of an institution in the year, and the forms for more.

    ``bound`` stands in the place of its form: what was typed stays.
    """

    def shown(key: str, fresh: django_forms.Form) -> django_forms.Form:
        form = bound[1] if bound and bound[0] == key else fresh
        form.auto_id = f"{key}_%s"
        return form

    campaign, code = result.version.campaign, result.code
    current = campaign.current == result.version
    steps = [
        (s["step"], words.step(s["step"]))
        for s in result.record["steps"]
        if s["state"] == "proposed"
    ]
    asked = waiting.visible(request.user).filter(campaign=campaign, code=code)
    open_ones = set(asked.filter(state=Stand.WAITING).values_list("kind", "step"))
    confirmed = asked.filter(kind=Kind.DEPOSIT, state=Stand.CONFIRMED).exists()
    deposit_open = result.record["deposit"] is not None and not confirmed
    return {
        "may": current and request.user.may(Right.RUN_ASSESSMENT, result.district),
        "hearings": campaign.hearings.filter(code=code),
        "appeals": [
            (
                each,
                words.item(each.item, result.side),
                shown(key_of(each), forms.AnswerForm()),
            )
            for each in campaign.appeals.filter(code=code)
        ],
        "measures": [told(each, words) for each in asked],
        "hearing_form": shown("hearing", forms.HearingForm()),
        "step_forms": [
            (name, shown(id, forms.StepForm(initial={"step": id})))
            for id, name in steps
            if (Kind.STEP, id) not in open_ones
        ],
        "deposit_form": shown("deposit", forms.DepositForm())
        if deposit_open and (Kind.DEPOSIT, "") not in open_ones
        else None,
    }
