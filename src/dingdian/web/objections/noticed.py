"""Public notices of cases, read from the ledger: when each began and ends, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dingdian.core.lifecycle.entry import Entry, entry_of
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.lifecycle.state import State, state_of
from dingdian.reports.notices.deadlines import deadlines
from dingdian.web import bureau
from dingdian.web.cases.finding import district_of
from dingdian.web.public.published import Notice

PUBLISHED, CLOSED = "notice_published", "notice_closed"
#: Results of notices stay on the public site for so long after the last day.
_SHOWN = dt.timedelta(366)
_PUBLISH = '"move":"publish"'
#: Stage -> what the public site calls it; of any other the agreement was signed.
_OUTCOMES = {
    Stage.PUBLIC_NOTICE: "open",
    Stage.OBJECTION: "review",
    Stage.NEGOTIATING: "closed",
    Stage.NOT_ADMITTED: "not_admitted",
    Stage.WITHDRAWN: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class Noticed:
    """A notice: the entry that published it, its case now, its district and its last day."""

    entry: Entry
    state: State
    district: str
    through: dt.date

    @property
    def id(self) -> str:
        """By which the public site names it."""
        return f"notice-{self.entry.seq}"

    @property
    def outcome(self) -> str:
        """One of ``published.OUTCOMES``."""
        return _OUTCOMES.get(self.state.stage, "signed")


def find(id: str) -> Noticed | None:
    """The notice of an id; ``None`` where there is none, or its entry was annulled."""
    from dingdian.storage.db.models import Entry as Kept

    seq = id.removeprefix("notice-")
    if not (id.startswith("notice-") and seq.isascii() and seq.isdigit() and len(seq) < 18):
        return None
    row = Kept.objects.filter(seq=int(seq)).first()
    return next(_of_case(row.case, (int(seq),)), None) if row is not None else None


def notices(day: dt.date) -> tuple[Notice, ...]:
    """What an edition of a day tells of notices: those that are open, and later results."""
    from dingdian.storage.db.models import Entry as Kept

    published: dict[str, list[int]] = {}
    rows = Kept.objects.filter(body__contains=_PUBLISH).order_by("seq")
    for body in rows.values_list("body", flat=True):
        entry = entry_of(body)
        if entry.move == "publish" and entry.held_on >= day - 2 * _SHOWN:
            published.setdefault(entry.case, []).append(entry.seq)
    found = (each for case, seqs in published.items() for each in _of_case(case, seqs))
    shown = (each for each in found if each.through + _SHOWN >= day and each.entry.held_on <= day)
    return tuple(_told(each) for each in shown)


def _of_case(case: str, seqs: Sequence[int]) -> Iterator[Noticed]:
    """The notices of a case that entries published and none took back."""
    desk = bureau.desk()
    entries = tuple(desk.ledger.entries(case))
    state = state_of(entries)
    if state is None:
        return
    standing = {each.seq for each in state.happened if each.event == PUBLISHED}
    for seq in seqs:
        then = state_of(tuple(each for each in entries if each.seq <= seq))
        if seq not in standing or then is None:
            continue
        entry = next(each for each in entries if each.seq == seq)
        last = deadlines(then, desk.terms, entry.held_on).get("object_by")
        if last is not None and last.limit.day is not None:
            region = then.about.get("region", "")
            yield Noticed(entry, state, district_of(region), last.limit.day)


def _told(each: Noticed) -> Notice:
    """What anybody may know of a notice: what the notice itself says, and nothing of a person."""
    about, open_now = each.state.about, each.outcome in ("open", "review")
    return Notice(
        id=each.id,
        name=about.get("name", ""),
        kind=about.get("kind", ""),
        district=each.district,
        address=about.get("address", ""),
        opens=each.entry.held_on,
        closes=each.through,
        outcome=each.outcome,
        settled_on=None if open_now else _settled(each.state),
    )


def _settled(state: State) -> dt.date:
    """The day on which a notice ended."""
    names = (CLOSED, "objection_settled")
    days = [each.day for each in state.happened if each.event in names]
    return max(days, default=state.since)
