"""One's own leave, and for whom one stands in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dingdian.core.errors import RequestError
from dingdian.web import clock, errors
from dingdian.web.accounts import leaves
from dingdian.web.accounts.models import Leave, User
from dingdian.web.rights import Right, needs


class LeaveForm(forms.Form):
    """Who stands in, and from when through when."""

    deputy = forms.ModelChoiceField(label=gettext_lazy("Deputy"), queryset=User.objects.none())
    since = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    through = forms.DateField(
        label=gettext_lazy("Through"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        deputy = self.fields["deputy"]
        assert isinstance(deputy, forms.ModelChoiceField)  # noqa: S101 -- of this class
        deputy.queryset = leaves.deputies(user)
        deputy.label_from_instance = lambda each: f"{each.name} {each.office}".strip()

    def clean(self) -> dict[str, Any]:
        """The days in order, not over, and not more than a leave may have.

        Raises:
            ValidationError: they are not.
        """
        found: dict[str, Any] = super().clean() or self.cleaned_data
        since, through = found.get("since"), found.get("through")
        if since and through:
            if through < since or through < clock.today():
                raise ValidationError(_("The last day lies before the first one, or is over."))
            if through - since > dt.timedelta(leaves.LONGEST - 1):
                raise ValidationError(_("A leave has at most %(n)d days.") % {"n": leaves.LONGEST})
        return found


@needs(Right.IN_OFFICE)
def leave(request: HttpRequest) -> HttpResponse:
    """My leaves, those during which I stand in, and the form of a new one."""
    form = LeaveForm(request.POST or None, user=request.user)
    told, status = [], 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            leaves.begin(request.user, given["deputy"], given["since"], given["through"])
        except RequestError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
        else:
            messages.success(request, _("Your deputy is written down."))
            return redirect("accounts:leave")
    elif request.method == "POST":
        status = 422
    context = {
        "form": form,
        "told": told,
        "mine": request.user.leaves.select_related("deputy")[:20],
        "theirs": request.user.deputised.select_related("user")[:20],
    }
    return render(request, "accounts/leave.html", context, status=status)


@needs(Right.IN_OFFICE)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a leave of one's own early."""
    leaves.end(request.user, get_object_or_404(Leave, pk=pk, user=request.user))
    messages.success(request, _("The leave is ended."))
    return redirect("accounts:leave")
