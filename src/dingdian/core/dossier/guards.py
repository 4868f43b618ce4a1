"""What must hold before a step is taken, besides the table: hands, days, versions, consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from dingdian.core.dossier.facts import FACTS, day_of
from dingdian.core.dossier.stages import Kind, Stage
from dingdian.core.dossier.state import CHOOSE, State
from dingdian.core.dossier.steps import BEFORE_ISSUE, REPEATED, STEPS, Office
from dingdian.core.dossier.terms import Terms
from dingdian.core.errors import Fault, fault


@dataclass(frozen=True, slots=True)
class Draft:
    """A version as it is now: its number, fingerprints, when and by whom it was made.

    ``fingerprint`` is that of the result, ``manifest`` one over all files. ``what_if``: its census
    was overlaid. ``intact``: its files are what was written.
    """

    number: int
    fingerprint: str
    manifest: str
    made_on: dt.date
    made_by: str
    what_if: bool = False
    intact: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """The comments of a consultation, counted."""

    received: int = 0
    adopted: int = 0
    partly: int = 0
    not_adopted: int = 0

    @property
    def open(self) -> int:
        """How many are not answered."""
        return self.received - self.adopted - self.partly - self.not_adopted


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that somebody wants to take.

    ``offices`` are those in which ``by`` may act. ``day`` is today. ``draft`` is the version that
    the step is about: the one chosen now, else the one chosen before. ``tally`` counts the comments
    of the consultation. ``authors`` drew up the plan. ``districts``: how many did not submit.
    """

    step: str
    facts: Mapping[str, str]
    by: str
    offices: frozenset[Office]
    day: dt.date
    draft: Draft | None = None
    tally: Tally = Tally()
    authors: frozenset[str] = frozenset()
    districts: int = 0
    terms: Terms = field(default_factory=Terms)

    def on(self, name: str) -> dt.date:
        """A day that it states."""
        return day_of(self.facts[name])


#: Days that say what has happened: none of them lies ahead.
PAST = (
    "closed_on", "published_on", "reviewed_on", "held_on", "issued_on", "filed_on", "span_through",
)  # fmt: skip
#: Steps that are about the version: it must be real and its files as they were written.
_OF_VERSION = (*CHOOSE, "fair_review", "legal_review", "deliberate", "issue")
_AUDIENCES = ("institution", "insured", "expert")


def guards(asked: Asked, state: State) -> Iterator[Fault]:
    """Everything that stands against a step which the table allows and whose facts can be read."""
    yield from _hands(asked, state)
    for name in PAST:
        if name in asked.facts and asked.on(name) > asked.day:
            yield _days("step_in_future", name, asked.on(name), asked.day)
    if asked.step in _OF_VERSION:
        yield from _version(asked, state)
    if asked.step in _GUARDS:
        yield from _GUARDS[asked.step](asked, state)


def _days(kind: str, name: str, day: dt.date, limit: dt.date) -> Fault:
    words = FACTS[name].name
    return fault(kind, fact=words.en, fact_zh=words.zh, day=day, limit=limit)


def _hands(asked: Asked, state: State) -> Iterator[Fault]:
    """Nobody acts in two offices for one plan; who drew it up neither reviews nor decides."""
    if STEPS[asked.step].own:  # taken by the system, with the step of another plan
        return
    office = STEPS[asked.step].office
    others = frozenset[str]().union(*(who for o, who in state.hands.items() if o is not office))
    if office is not Office.PLANNER:
        others |= asked.authors | ({asked.draft.made_by} if asked.draft else set())
    if asked.by in others:
        yield fault("step_same_hand", by=asked.by)


def _version(asked: Asked, state: State) -> Iterator[Fault]:
    draft = asked.draft
    if draft is None:
        yield fault("step_no_version", number=asked.facts.get("version") or state.version)
        return
    if draft.what_if:
        yield fault("step_what_if", number=draft.number)
    if not draft.intact:
        yield fault("step_files_changed", number=draft.number)
    if asked.step in CHOOSE:
        if draft.number != int(asked.facts["version"]):
            yield fault("step_no_version", number=asked.facts["version"])
        return
    if draft.number != state.version or draft.fingerprint != state.fingerprint:
        yield fault("step_other_version", number=draft.number, chosen=state.version)


def _submissions(asked: Asked, state: State) -> Iterator[Fault]:
    del state
    if asked.districts and not asked.facts.get("missing"):
        yield fault("submissions_missing", n=asked.districts)


def _open_consultation(asked: Asked, state: State) -> Iterator[Fault]:
    del state
    opened, through = asked.on("opened_on"), asked.on("through")
    days, least = (through - opened).days + 1, asked.terms.consultation_days
    if least is not None and days < least:
        yield fault("consultation_short", days=days, least=least)
    if set(_AUDIENCES) - set(asked.facts["audiences"].split(";")):
        yield fault("consultation_audience")
    if asked.draft and opened < asked.draft.made_on:
        yield fault("consultation_before_version", day=opened, made=asked.draft.made_on)
    if opened < asked.day and not asked.facts.get("late_reason"):
        yield fault("consultation_late", day=opened)


def _extend_consultation(asked: Asked, state: State) -> Iterator[Fault]:
    if state.through and asked.on("through") <= state.through:
        yield _days("step_too_early", "through", asked.on("through"), state.through)


def _close_consultation(asked: Asked, state: State) -> Iterator[Fault]:
    if state.through and asked.on("closed_on") <= state.through:
        yield fault("consultation_open", day=asked.on("closed_on"), through=state.through)


def _answer_comments(asked: Asked, state: State) -> Iterator[Fault]:
    if asked.tally.open:
        yield fault("comments_unanswered", n=asked.tally.open)
    yield from _not_before(asked, state, "published_on", ("close_consultation", "closed_on"))


def _fair_review(asked: Asked, state: State) -> Iterator[Fault]:
    yield from _not_before(asked, state, "reviewed_on", ("close_consultation", "closed_on"))


def _legal_review(asked: Asked, state: State) -> Iterator[Fault]:
    yield from _not_before(asked, state, "reviewed_on", ("close_consultation", "closed_on"))


def _deliberate(asked: Asked, state: State) -> Iterator[Fault]:
    members, present = int(asked.facts["members"]), int(asked.facts["present"])
    least = asked.terms.attendance
    if present > members or (least is not None and present <= members * least):
        yield fault("too_few_present", present=present, members=members)
    for step in ("fair_review", "legal_review"):
        yield from _not_before(asked, state, "held_on", (step, "reviewed_on"))
    must = state.kind is Kind.WORK_PLAN and asked.terms.work_plan_consulted
    if must and not state.consulted:
        yield fault("issue_without", step_zh="征求意见", step="consultation")


def _issue(asked: Asked, state: State) -> Iterator[Fault]:
    if asked.tally.open:  # one that came late
        yield fault("comments_unanswered", n=asked.tally.open)
    for name in BEFORE_ISSUE[state.kind]:
        if name not in state.valid:
            words = STEPS[name].name
            yield fault("issue_without", step_zh=words.zh, step=words.en)
    for name in REPEATED:
        done = state.valid.get(name)
        if done and int(done.facts.get("version", "0")) != state.version:
            yield fault(
                "step_other_version", number=done.facts.get("version", "0"), chosen=state.version
            )
    if state.through and state.consulted:
        yield from _consultation_was_long(asked, state)
    yield from _not_before(asked, state, "issued_on", ("deliberate", "held_on"))
    for name, limit in (("since", "issued_on"), ("valid_through", "since")):
        if asked.on(name) < asked.on(limit):
            yield _days("step_too_early", name, asked.on(name), asked.on(limit))


def _consultation_was_long(asked: Asked, state: State) -> Iterator[Fault]:
    opened = state.valid["open_consultation"].day("opened_on")
    assert opened is not None  # noqa: S101 -- the step needs it
    assert state.through is not None  # noqa: S101 -- asked before
    days, least = (state.through - opened).days + 1, asked.terms.consultation_days
    if least is not None and days < least:
        yield fault("consultation_short", days=days, least=least)


def _file(asked: Asked, state: State) -> Iterator[Fault]:
    yield from _not_before(asked, state, "filed_on", ("issue", "issued_on"))


def _open_review(asked: Asked, state: State) -> Iterator[Fault]:
    yield from _not_before(asked, state, "span_since", ("issue", "since"))
    if asked.on("span_through") < asked.on("span_since"):
        yield _days(
            "step_too_early", "span_through", asked.on("span_through"), asked.on("span_since")
        )


def _begin_amendment(asked: Asked, state: State) -> Iterator[Fault]:
    del asked
    if found := state.facts("begin_amendment").get("plan"):
        yield fault("amendment_begun", plan=found)


def _supersede(asked: Asked, state: State) -> Iterator[Fault]:
    begun = state.facts("begin_amendment").get("plan", "")
    if begun != asked.facts["plan"]:
        yield fault("amended_by_another", plan=asked.facts["plan"], begun=begun or "—")


def _cease(asked: Asked, state: State) -> Iterator[Fault]:
    done = state.valid.get("issue")
    through = done.day("valid_through") if done else None
    if through and asked.day <= through:
        yield fault("still_valid", through=through)


def _change_version(asked: Asked, state: State) -> Iterator[Fault]:
    if state.stage is not Stage.RETURNED and int(asked.facts["version"]) == state.version:
        yield fault("same_version", number=state.version)


def _not_before(asked: Asked, state: State, name: str, earlier: tuple[str, str]) -> Iterator[Fault]:
    step, fact = earlier
    done = state.valid.get(step)
    limit = done.day(fact) if done else None
    if limit and asked.on(name) < limit:
        yield _days("step_too_early", name, asked.on(name), limit)


_GUARDS: Mapping[str, Callable[[Asked, State], Iterator[Fault]]] = MappingProxyType(
    {
        "take_submissions": _submissions,
        "open_consultation": _open_consultation,
        "extend_consultation": _extend_consultation,
        "close_consultation": _close_consultation,
        "answer_comments": _answer_comments,
        "fair_review": _fair_review,
        "legal_review": _legal_review,
        "deliberate": _deliberate,
        "issue": _issue,
        "file": _file,
        "open_review": _open_review,
        "begin_amendment": _begin_amendment,
        "supersede": _supersede,
        "cease": _cease,
        "change_version": _change_version,
    }
)
