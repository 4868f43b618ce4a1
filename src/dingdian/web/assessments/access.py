"""Who sees which results, and who may do what: in the districts in which a right holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from dingdian.web.assessments.models import Campaign, Result, Version
from dingdian.web.ledger import listing
from dingdian.web.rights import Districts, Right, needs

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dingdian.web.accounts.models import User

View = Callable[..., HttpResponseBase]
#: The rights of which one lets see results.
SEE = (Right.RUN_ASSESSMENT, Right.CONFIRM_ASSESSMENT)

#: Marks a view as one for whoever sees results.
seers = needs(*SEE)


def runners(view: View) -> View:
    """Mark a view as one for who runs the assessment of the whole place."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponseBase:
        if not runs(request.user):
            raise PermissionDenied
        return view(request, *args, **more)

    return needs(Right.RUN_ASSESSMENT)(guarded)


def runs(user: User) -> bool:
    """Whether somebody runs the assessment of the whole place."""
    return user.districts(Right.RUN_ASSESSMENT) is None


def seen(user: User) -> Districts:
    """The districts whose results somebody sees; ``None``: all."""
    every = [user.districts(right) for right in SEE]
    if None in every:
        return None
    return frozenset().union(*(each for each in every if each is not None))


def results_of(user: User, version: Version) -> QuerySet[Result]:
    """The results of a version that somebody sees."""
    return listing.within(version.results.all(), seen(user))


def campaign_of(year: int) -> Campaign:
    """The campaign of a year, or the page that there is none."""
    found: Campaign = get_object_or_404(Campaign, year=year)
    return found


def version_of(pk: int) -> Version:
    """The version of a number, or the page that there is none."""
    found: Version = get_object_or_404(Version.objects.select_related("campaign"), pk=pk)
    return found


def result_of(user: User, version: Version, code: str) -> Result:
    """The result of an institution that somebody sees, or the page that there is none."""
    found: Result = get_object_or_404(results_of(user, version), code=code)
    return found
