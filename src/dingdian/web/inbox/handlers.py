"""The long work of this area: e-mail, which may wait for its server."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from dingdian.core.errors import RequestError, fault
from dingdian.web import clock
from dingdian.web.inbox.models import Message
from dingdian.web.inbox.sending import MAIL
from dingdian.web.inbox.words import said
from dingdian.web.jobs.running import Running, handler

_SENDING = gettext_noop("sending e-mail")


@handler(MAIL)
def mail(running: Running) -> dict[str, Any]:
    """Send the messages that did not go out yet; one that went out is not sent again.

    Raises:
        RequestError: the server cannot be reached, or refuses: told with the work.
    """
    found = Message.objects.filter(pk__in=running.given["messages"], mailed_at=None)
    waiting = list(found.select_related("user"))
    try:
        with get_connection() as server, override(settings.LANGUAGE_CODE):
            for number, each in enumerate(waiting):
                running.tell(_SENDING, number, len(waiting))
                _letter(each, server).send()
                Message.objects.filter(pk=each.pk).update(mailed_at=clock.now())
    except OSError as error:  # of the network; SMTPException is one
        raise RequestError((fault("mail_failed", why=str(error)),)) from error
    return {"n": len(waiting)}


def _letter(message: Message, server: Any) -> EmailMessage:
    text, page = said(message), _("Open the system to see it: %(page)s") % {"page": message.address}
    to = [message.user.email]
    return EmailMessage(text[:120], f"{text}\n{page}", to=to, connection=server)
