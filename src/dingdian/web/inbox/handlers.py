"""The long work of this area: e-mail, which may wait for its server."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from dingdian.core.errors import RequestError, fault
from dingdian.web import clock
from dingdian.web.inbox.models import Message
from dingdian.web.inbox.sending import MAIL
from dingdian.web.inbox.words import said
from dingdian.web.jobs.running import Running, handler

_SENDING = gettext_noop("sending e-mail")
#: What did not go out is tried again with the next work within so long.
_AGAIN = dt.timedelta(days=1)
#: So many reasons are told with the work.
_WHYS = 5


@handler(MAIL)
def mail(running: Running) -> dict[str, Any]:
    """Send the messages that did not go out yet, also those of the last day that failed before.

    Each is tried by itself: one that is refused does not stop the others. It counts as sent while
    it is under way, so that two workers never send it twice.

    Raises:
        RequestError: the server cannot be reached, or refused some: told with the work.
    """
    waiting, told, sent = list(_waiting(running.given["messages"])), dict[str, None](), 0
    server = get_connection()
    try:
        with override(settings.LANGUAGE_CODE):
            for number, each in enumerate(waiting):
                running.tell(_SENDING, number, len(waiting))
                server.open()  # does nothing where it is open
                why = _try(each, server)
                sent += why == ""
                if why:
                    told[why] = None
                    _close(server)  # it may have broken off
    except OSError as error:  # it is not there: nobody else is tried
        told[str(error)] = None
    finally:
        _close(server)
    if told:
        raise RequestError(tuple(fault("mail_failed", why=why) for why in list(told)[:_WHYS]))
    return {"n": sent}


def _waiting(given: list[int]) -> QuerySet[Message]:
    recent = Q(at__gte=clock.now() - _AGAIN)
    found = Message.objects.filter(Q(pk__in=given) | recent, mailed_at=None).exclude(user__email="")
    return found.order_by("pk").select_related("user")


def _try(message: Message, server: Any) -> str | None:
    """Why a message was refused; empty: it went out; ``None``: another worker has it."""
    mine = Message.objects.filter(pk=message.pk)
    if not mine.filter(mailed_at=None).update(mailed_at=clock.now()):
        return None
    try:
        _letter(message, server).send()
    except Exception as error:  # noqa: BLE001 -- of the server or the address: the others go on
        mine.update(mailed_at=None)
        return str(error) or type(error).__name__
    return ""


def _close(server: Any) -> None:
    """Take leave of the server; what went out went out, whatever it says to that."""
    with contextlib.suppress(OSError):
        server.close()


def _letter(message: Message, server: Any) -> EmailMessage:
    text, office = said(message), settings.CONFIG.office_url.rstrip("/")
    where = _("See it at %(page)s") if office else _("Open the system to see it: %(page)s")
    body = f"{text}\n{where % {'page': office + message.address}}"
    subject = " ".join(text.split())[:120]  # a subject has one line
    return EmailMessage(subject, body, to=[message.user.email], connection=server)
