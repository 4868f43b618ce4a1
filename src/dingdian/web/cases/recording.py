"""Record a move from a page: the entry, and the papers that go with it, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dingdian.actions.change_stage import Changed, change_stage
from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.moving import Asked
from dingdian.web import bureau, clock
from dingdian.web.cases.models import Paper
from dingdian.web.ledger import refreshing
from dingdian.web.papers import Kept

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: So often a number is looked for when others take it first.
_TRIES = 50


def record(user: User, asked: Asked, papers: Sequence[Kept] = ()) -> Changed:
    """Record a move; its papers are named by their fingerprint in the entry itself.

    Raises:
        RequestError: it is refused; neither the move nor a paper is then kept.
    """
    named = tuple(f"{each.name} SHA-256 {each.sha256}" for each in papers)
    asked = replace(asked, documents=(*asked.documents, *named), by=user.username)

    def keep(changed: Changed) -> None:
        entry = changed.entries[0]
        Paper.objects.bulk_create(
            Paper(
                case=entry.case,
                entry=entry.seq,
                sha256=each.sha256,
                name=each.name,
                kind=each.kind,
                size=each.size,
                by=user.username,
                at=entry.known_at,
            )
            for each in papers
        )

    desk = bureau.desk()
    changed = change_stage(desk.ledger, asked, desk.terms, within=keep)
    refreshing.ask(user.username)
    return changed


def apply(user: User, asked: Asked, district: str, papers: Sequence[Kept] = ()) -> Changed:
    """Record an application as a new case, under the next free number of its district and year.

    Raises:
        RequestError: it is refused.
    """
    before = f"{district}-{clock.today().year}-"
    for left in reversed(range(_TRIES)):
        case = f"{before}{_last(before) + 1:04}"
        try:
            return record(user, replace(asked, case=case), papers)
        except RequestError as error:
            if not left or {each.kind for each in error.faults} != {"case_exists"}:
                raise
    raise AssertionError  # the last try returns or raises


def _last(before: str) -> int:
    """The highest number that is taken; 0 where none is."""
    from dingdian.storage.db.models import Case as Kept

    taken = Kept.objects.filter(case__startswith=before).values_list("case", flat=True)
    ends = (each.removeprefix(before) for each in taken)
    return max((int(each) for each in ends if each.isdigit()), default=0)
