"""The bureau's ledger, shelf and journal, as pages and jobs reach them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language

from dingdian.core.journal import Note
from dingdian.web import clock
from dingdian.wiring import lives

if TYPE_CHECKING:
    from dingdian.reports.wording import Lang
    from dingdian.storage.db.journal import DbJournal
    from dingdian.web.accounts.models import User


@cache
def desk() -> lives.Desk:
    """The open ledger with the shelf of its place; opened once in a process.

    Raises:
        DingdianError: there is no ledger yet, or the shelf has faults.
    """
    return lives.opened(settings.CONFIG.database, settings.CONFIG.policy)


def journal() -> DbJournal:
    """The journal of the ledger."""
    from dingdian.storage.db.journal import DbJournal

    ledger = desk().ledger
    return DbJournal(ledger.mark, ledger.alias, ledger.shown)


def note(by: User | None, subject: str, act: str, *, region: str = "", **facts: object) -> Note:
    """Write down what somebody did; within a transaction it stands or falls with the deed.

    Of a deputy it also says for whom they stand in that day.
    """
    said = {name: str(value) for name, value in facts.items() if value not in (None, "")}
    if by is not None and (absent := by.standing_in):
        said["stands_in_for"] = "、".join(sorted({each.user.username for each in absent}))
    who, role = (by.username, by.role) if by is not None else ("", "")
    return journal().add(Note(0, subject, act, clock.now(), who, role, region, said))


def lang() -> Lang:
    """The language of this page, as the reports name it."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
