"""The scores of an institution in a year, as it sees them itself, and its appeals against them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dingdian.core.errors import DingdianError
from dingdian.web import clock, errors
from dingdian.web.assessments import reading, recording
from dingdian.web.assessments.forms import AppealForm
from dingdian.web.assessments.models import Campaign, Result
from dingdian.web.assessments.results import derivation, frame
from dingdian.web.rights import Right, needs


def shown(code: str) -> list[tuple[Campaign, Result]]:
    """The years whose scores an institution sees, with its result in the version that holds."""
    found = []
    for campaign in Campaign.objects.exclude(shown_at=None):
        current = campaign.current
        result = current.results.filter(code=code).first() if current else None
        if result is not None:
            found.append((campaign, result))
    return found


@needs(Right.OWN_CASES)
def scores(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The whole derivation of one's own score, and appealing against points.

    Raises:
        Http404: it is another's, was not assessed, or is not shown yet.
    """
    if code not in request.user.holders(Right.OWN_CASES):
        raise Http404
    found = next((each for each in shown(code) if each[0].year == year), None)
    if found is None:
        raise Http404
    campaign, result = found
    words = reading.words_of(result.version)
    appeals = list(campaign.appeals.filter(code=code))
    open_items = {each.item for each in appeals if each.decided_on is None}
    lines = (result.record["score"] or {}).get("lines", [])
    items = [
        (line["item"], words.item(line["item"], result.side))
        for line in lines
        if line["given"] is not None and line["item"] not in open_items
    ]
    form = AppealForm(*([request.POST] if request.method == "POST" else []), items=items)
    told: list[tuple[str, str, str]] = []
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                recording.appeal(request.user, result, **form.cleaned_data)
            except DingdianError as error:
                told, status = errors.fault_lines(error), errors.status_of(error)
            else:
                messages.success(request, _("The appeal is filed."))
                return redirect("portal:scores", year, code)
    through = campaign.appeals_through
    context = {
        **frame(result.version, words, ""),
        **derivation(result.version, result),
        "appeals": [(each, words.item(each.item, result.side)) for each in appeals],
        "hearings": campaign.hearings.filter(code=code),
        "form": form,
        "open": through is not None and clock.today() <= through and bool(items),
        "told": told,
    }
    return render(request, "portal/scores.html", context, status=status)
