"""Record a move from a page, or ask a second person for it: with its papers, or nothing of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from dingdian.actions.change_stage import (
    Changed,
    Within,
    change_stage,
    change_stages,
    would_change,
)
from dingdian.core.errors import Place, RequestError, fault
from dingdian.core.lifecycle.moves import Role
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.takings import TAKE
from dingdian.web import bureau, clock
from dingdian.web.accounts.lists import holders, of_institution
from dingdian.web.accounts.second import check_second
from dingdian.web.cases import waiting
from dingdian.web.cases.finding import find
from dingdian.web.cases.models import Paper, Proposal, ProposalState
from dingdian.web.inbox.sending import send
from dingdian.web.ledger import refreshing
from dingdian.web.panels.closing import follow
from dingdian.web.papers import Handed
from dingdian.web.procedure import places
from dingdian.web.rights import FOUR_EYES, Right

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dingdian.core.errors import Fault
    from dingdian.core.lifecycle.entry import Entry
    from dingdian.core.lifecycle.places import Plans
    from dingdian.web.accounts.models import User

#: Moves by which the office waits for the institution.
_ASKS = frozenset({"request_supplement", "await_papers", "order_rectification", "answer_appeal"})
#: What an institution reports of itself enters the ledger once the agency has checked it.
CHECKED = frozenset({"change_information"})
#: So often a number is looked for when others take it first.
_TRIES = 50


def is_confirmed_first(move: str) -> bool:
    """Whether a move is only asked for, until a second person confirms it."""
    return settings.CONFIG.four_eyes and move in FOUR_EYES


def record(
    user: User, asked: Asked, papers: Sequence[Handed] = (), also: Within | None = None
) -> Changed:
    """Record a move; its papers are named by their fingerprint in the entry itself.

    ``also`` is kept together with the move, or neither is.

    Raises:
        RequestError: it is refused; neither the move nor a paper is then kept.
    """
    asked = replace(asked, documents=(*asked.documents, *_named(papers)), by=user.username)

    def keep(changed: Changed) -> None:
        entry = changed.entries[0]
        _keep(papers, asked, entry=entry.seq, at=entry.known_at)
        if asked.move in _ASKS:
            _ask_institution(entry)
        if asked.role == Role.INSTITUTION:
            _tell_office(entry)
        follow(user, changed.entries)
        if also is not None:
            also(changed)

    return _change(user, asked, keep)


def record_all(user: User, asked: Sequence[Asked], papers: Sequence[Handed] = ()) -> Changed:
    """Record a move of several cases, all of them or none; the same papers go with each.

    Raises:
        RequestError: one or more are refused, the reasons of all are told, each under its case.
    """
    named = _named(papers)
    full = [replace(e, documents=(*e.documents, *named), by=user.username) for e in asked]

    def keep(changed: Changed) -> None:
        for one, entry in zip(full, changed.entries, strict=True):
            _keep(papers, one, entry=entry.seq, at=entry.known_at)
            if one.move in _ASKS:
                _ask_institution(entry)
        follow(user, changed.entries)

    desk = bureau.desk()
    plans = _plans(full[0])
    changed = change_stages(desk.ledger, full, desk.terms, plans=plans, within=keep)
    refreshing.ask(user.username)
    return changed


def _ask_institution(entry: Entry) -> None:
    """Tell the institution of a case that the office waits for it."""
    found = find(entry.case)
    if found is not None:
        address = reverse("portal:one", args=[entry.case])
        told = of_institution(*found.codes)
        send(told, "asked", address, move=entry.move, name=found.name)


def _tell_office(entry: Entry) -> None:
    """Tell those who lead the case of what its institution handed in."""
    found = find(entry.case)
    if found is not None:
        told = holders(Right.MOVE_CASES, found.district)
        address = reverse("cases:one", args=[entry.case])
        send(told, "handed_in", address, move=entry.move, name=found.name)


def _change(user: User, asked: Asked, within: Within) -> Changed:
    desk = bureau.desk()
    plans = _plans(asked)
    changed = change_stage(desk.ledger, asked, desk.terms, plans=plans, within=within)
    refreshing.ask(user.username)
    return changed


def _plans(asked: Asked) -> Plans | None:
    """The plans that a move is held against; read only for one that may take a place."""
    return places.of_years() if asked.move in TAKE else None


def _named(papers: Sequence[Handed]) -> tuple[str, ...]:
    return tuple(each.named for each in papers)


def _keep(papers: Sequence[Handed], asked: Asked, **more: object) -> None:
    """Put the papers into the store, and a row of each beside its case."""
    for each in papers:
        each.store()
    Paper.objects.bulk_create(
        Paper(case=asked.case, by=asked.by, item=each.item, **asdict(each.kept), **more)
        for each in papers
    )


def apply(user: User, asked: Asked, district: str, papers: Sequence[Handed] = ()) -> Changed:
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


# -- a second pair of eyes ----------------------------------------------------------------------


def propose(
    user: User, asked: Asked, district: str, papers: Sequence[Handed] = ()
) -> tuple[Proposal, tuple[Fault, ...]]:
    """Ask for a move that a second person is to confirm; also what would be noted with it.

    Raises:
        RequestError: it would be refused as things stand, or another one of the case waits.
    """
    asked = replace(asked, documents=(*asked.documents, *_named(papers)), by=user.username)
    desk = bureau.desk()
    found = would_change(desk.ledger, asked, desk.terms, _plans(asked))
    try:
        with transaction.atomic():
            made = _proposed(user, asked, district, papers)
    except IntegrityError as error:
        raise RequestError((fault("proposal_waits", case=asked.case),)) from error
    return made, found


def propose_all(
    user: User, asked: Sequence[tuple[Asked, str]], papers: Sequence[Handed] = ()
) -> list[Proposal]:
    """Ask for a move of several cases, each with its district: all of them or none.

    Raises:
        RequestError: one or more would be refused as things stand, the reasons of all are told,
            each under its case; or another one of a case waits.
    """
    desk, named, refused = bureau.desk(), _named(papers), []
    full = [
        (replace(e, documents=(*e.documents, *named), by=user.username), district)
        for e, district in asked
    ]
    cases = [each.case for each, _ in full]
    before = Proposal.objects.filter(case__in=cases, state=ProposalState.WAITING)
    for case in before.values_list("case", flat=True):
        refused.append(fault("proposal_waits", Place(case), case=case))
    for each, _district in full:
        try:
            would_change(desk.ledger, each, desk.terms, _plans(each))
        except RequestError as error:
            refused += [replace(one, place=Place(each.case)) for one in error.faults]
    if refused:
        raise RequestError(tuple(refused))
    try:
        with transaction.atomic():
            return [_proposed(user, each, district, papers) for each, district in full]
    except IntegrityError as error:  # somebody asked for one of them a moment ago
        raise RequestError((fault("proposal_waits", case="、".join(cases)),)) from error


def _proposed(user: User, asked: Asked, district: str, papers: Sequence[Handed]) -> Proposal:
    """The row of a move that is asked for, with its papers, its note and its messages."""
    made = Proposal.objects.create(
        case=asked.case,
        district=district,
        move=asked.move,
        role=asked.role,
        held_on=asked.held_on,
        seen=asked.seen,
        facts=dict(asked.facts),
        reason=asked.reason,
        documents=list(asked.documents),
        by=user.username,
        at=asked.known_at,
    )
    _keep(papers, asked, proposal=made, at=asked.known_at)
    _note(user, made, "case.propose", move=made.move)
    others = holders(waiting.right_of(made.role), district).exclude(pk=user.pk)
    _tell([each for each in others if waiting.may_confirm(each, made)], made, "proposal")
    return made


def confirm(user: User, proposal: Proposal) -> Changed:
    """Confirm a move that somebody else asked for: it is recorded in the names of both.

    Raises:
        RequestError: it is one's own, is decided already, or is refused by now, or whoever asked
            for it has the right no longer: nothing changes.
    """
    _by_another(user, proposal)
    _still_entitled(proposal)
    asked = Asked(
        case=proposal.case,
        move=proposal.move,
        held_on=proposal.held_on,
        known_at=clock.now(),
        by=f"{proposal.by}+{user.username}",
        role=proposal.role,
        reason=proposal.reason,
        documents=tuple(proposal.documents),
        facts=proposal.facts,
        seen=_seen(proposal),
    )

    def keep(changed: Changed) -> None:
        entry = changed.entries[0]
        _decide(user, proposal, ProposalState.CONFIRMED, entry=entry.seq)
        proposal.papers.update(entry=entry.seq)
        _note(user, proposal, "case.confirm", move=proposal.move, entry=entry.seq)
        _tell(_author(proposal), proposal, "proposal_confirmed")
        follow(user, changed.entries)

    return _change(user, asked, keep)


def _seen(proposal: Proposal) -> int:
    """The last entry that was seen: what an institution reports is checked against today's."""
    found = find(proposal.case) if proposal.role == Role.INSTITUTION else None
    return found.state.last_seq if found else proposal.seen


def send_back(user: User, proposal: Proposal, why: str) -> None:
    """Send a move back to whoever asked for it, with the reason.

    Raises:
        RequestError: it is one's own, or is decided already.
    """
    _by_another(user, proposal)
    with transaction.atomic():
        _decide(user, proposal, ProposalState.RETURNED, why=why)
        _note(user, proposal, "case.send_back", move=proposal.move, why=why)
        _tell(_author(proposal), proposal, "proposal_returned", why=why)


def withdraw(user: User, proposal: Proposal) -> None:
    """Take one's own move back before it is confirmed.

    Raises:
        RequestError: it is somebody else's, or is decided already.
    """
    if proposal.by != user.username:
        raise RequestError((fault("proposal_of_another"),))
    with transaction.atomic():
        _decide(user, proposal, ProposalState.WITHDRAWN)
        _note(user, proposal, "case.withdraw", move=proposal.move)


def _by_another(user: User, proposal: Proposal) -> None:
    check_second(user, proposal.by, waiting.right_of(proposal.role), [proposal.district])


def _still_entitled(proposal: Proposal) -> None:
    """That whoever of the office asked for a move is in use, and has the right to it now."""
    if proposal.role == Role.INSTITUTION:
        return  # the right is the institution's, whoever wrote it down
    right = Right.DECIDE_CASES if proposal.role == Role.BUREAU else Right.MOVE_CASES
    author = _author(proposal).filter(is_active=True).first()
    if author is None or not author.may(right, proposal.district):
        raise RequestError((fault("job_not_entitled", name=proposal.by),))


def _decide(user: User, proposal: Proposal, state: object, **more: object) -> None:
    """Write down the decision, once: who comes second is told."""
    open_now = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.WAITING)
    said = {"state": state, "decided_by": user.username, "decided_at": clock.now()}
    if not open_now.update(**said, **more):
        raise RequestError((fault("proposal_decided"),))


def _author(proposal: Proposal) -> QuerySet[User]:
    from dingdian.web.accounts.models import User

    return User.objects.filter(username=proposal.by)


def _tell(users: Iterable[User], proposal: Proposal, kind: str, **facts: object) -> None:
    """Tell some people of a move that was asked for."""
    found = find(proposal.case)
    name = found.name if found else proposal.case
    address = reverse("cases:proposal", args=[proposal.pk])
    if proposal.role == Role.INSTITUTION and kind != "proposal":  # what its institution is told
        address = reverse("portal:one", args=[proposal.case])
    send(users, kind, address, move=proposal.move, name=name, **facts)


def _note(user: User, proposal: Proposal, act: str, **facts: object) -> None:
    bureau.note(user, f"case:{proposal.case}", act, region=proposal.district, **facts)
