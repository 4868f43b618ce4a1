"""Send a message to some people: a row each, and an e-mail where the bureau has a server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings

from dingdian.web import clock
from dingdian.web.inbox.models import Message
from dingdian.web.jobs import running

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: The kind of the work that sends e-mail.
MAIL = "send_mail"


def send(users: Iterable[User], kind: str, address: str, **facts: object) -> None:
    """Tell some people of something; within a transaction it stands or falls with the deed."""
    said = {name: str(value) for name, value in facts.items()}
    rows = [
        Message(user=each, kind=kind, facts=said, address=address, at=clock.now()) for each in users
    ]
    Message.objects.bulk_create(rows)
    mailed = [each.pk for each in rows if each.user.email]
    if settings.CONFIG.mail_host and mailed:
        running.ask(MAIL, "mail", by="", messages=mailed)
