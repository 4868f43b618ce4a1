"""What a visitor says is kept once, within the limits, and they alone see its receipt."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dingdian.web import clock
from dingdian.web.public import limits
from dingdian.web.public.said_forms import SaidForm
from dingdian.web.public.spoken import Kind, Said

#: What a visitor has sent themselves, by id.
_OWN = "said"
_REMEMBERED = 20


class RefusedError(Exception):
    """It was not kept: why, and the status of the page that says so."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.why, self.status = why, status


def keep(
    request: HttpRequest, kind: Kind, about: str, form: SaidForm, *, once: str = "", taken: str = ""
) -> uuid.UUID:
    """Keep what a valid form says; the id under which it is kept. Sent twice, it is kept once.

    ``once`` is of what there may be one only, and ``taken`` what is told who comes second.

    Raises:
        RefusedError: too much came from here, it may be said once only, or is to be sent anew.
    """
    given: uuid.UUID = form.cleaned_data["once"]
    if request.session.session_key is None:
        request.session.create()
    if is_own(request, given):
        return given
    if not limits.allowed(request, limits.SAID):
        why = _("Too much was sent from here just now. Keep your text and try again in an hour.")
        raise RefusedError(why, 429)
    if once and Said.objects.filter(kind=kind, once=once).exists():
        raise RefusedError(taken, 409)
    try:
        with transaction.atomic():
            Said.objects.create(
                public_id=given,
                kind=kind,
                about=about,
                content=form.content(),
                private=form.private(),
                once=once,
                received_at=clock.now(),
            )
    except IntegrityError as error:  # sent twice at once, or its id is another's
        if once and Said.objects.filter(kind=kind, once=once).exclude(public_id=given).exists():
            raise RefusedError(taken, 409) from error
        same = Said.objects.filter(public_id=given, kind=kind, content=form.content())
        if not same.exists():
            form.data = form.data.copy()
            form.data["once"] = str(uuid.uuid4())
            raise RefusedError(_("Please send it once more."), 409) from error
    request.session[_OWN] = [*request.session.get(_OWN, [])[-_REMEMBERED:], str(given)]
    return given


def is_own(request: HttpRequest, public_id: uuid.UUID) -> bool:
    """Whether a visitor sent this themselves."""
    return str(public_id) in request.session.get(_OWN, [])
