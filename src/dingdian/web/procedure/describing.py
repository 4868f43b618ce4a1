"""The dossier of a plan as its page shows it: the way with what is next, and what was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dingdian.core.dossier.facts import FACTS, FactKind, said
from dingdian.core.dossier.stages import Kind, Stage
from dingdian.core.dossier.state import Done, State, possible
from dingdian.core.dossier.steps import MAY_BE_LEFT, OFFICES, STEPS, Office, cited
from dingdian.core.dossier.terms import terms_of
from dingdian.core.policy import Policy
from dingdian.reports.words.labels import MARKS
from dingdian.web import bureau, clock
from dingdian.web.plans.models import Plan, Version
from dingdian.web.procedure import dossiers
from dingdian.web.procedure.advancing import theirs
from dingdian.web.procedure.models import Paper
from dingdian.web.procedure.waiting import due_day
from dingdian.web.templatetags.showing import day as day_shown

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: The steps of a way as its page lists them; others are offered beside it.
_COMMON = ("issue", "file", "open_review", "conclude_review")
_DECIDED = ("fair_review", "legal_review", "deliberate", "issue")
_ASKING = ("open_consultation", "close_consultation", "answer_comments")
WAYS: Mapping[Kind, tuple[str, ...]] = {
    Kind.RESOURCE_PLAN: (*_ASKING, "fair_review", "legal_review", "deliberate", *_COMMON),
    Kind.WORK_PLAN: (
        "take_submissions",
        *_ASKING,
        "fair_review",
        "legal_review",
        "deliberate",
        *_COMMON,
    ),
}
_WHEN = (
    "opened_on", "closed_on", "published_on", "reviewed_on", "held_on", "issued_on", "filed_on",
    "span_through",
)  # fmt: skip
#: Of several facts the one that says what came of a step.
_RESULT = ("fairness", "lawfulness", "consent", "finding", "substantial")


@dataclass(frozen=True, slots=True)
class Seen:
    """A plan as somebody looks at it, under the policy of the day."""

    plan: Plan
    user: User
    state: State
    policy: Policy


@dataclass(frozen=True, slots=True)
class Line:
    """A step on the way; ``theirs``: who looks may take it.

    ``status`` is done, next, later, or left: what comes after it was done without it.
    """

    step: str
    name: str
    office: str
    clauses: tuple[str, ...]
    basis: str
    status: str
    theirs: bool
    by: str = ""
    on: dt.date | None = None
    number: str = ""
    result: str = ""
    due: dt.date | None = None

    @property
    def days_left(self) -> int | None:
        """Days until it is due; below zero: overdue."""
        return (self.due - clock.today()).days if self.due else None


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """Names of sign-in -> names; one that is gone keeps the name of sign-in."""
    from dingdian.web.accounts.models import User

    wanted = set(usernames)
    known = dict(User.objects.filter(username__in=wanted).values_list("username", "name"))
    return {each: known.get(each, each) for each in wanted}


def way(seen: Seen) -> list[Line]:
    """The way of a plan, step by step, and where on it the plan is."""
    names = names_of(done.by for done in seen.state.history)
    now, steps = possible(seen.state), _shown(seen)
    found = [_line(seen, step, step in now, names) for step in steps]
    last = max((n for n, step in enumerate(steps) if step in seen.state.valid), default=-1)
    return [
        replace(line, status="left") if line.status == "later" and n < last else line
        for n, line in enumerate(found)
    ]


def _shown(seen: Seen) -> tuple[str, ...]:
    """The steps of its way; of those that it may go without, the ones that were taken."""
    kind, valid = Kind(seen.plan.kind), seen.state.valid
    return tuple(s for s in WAYS[kind] if s not in MAY_BE_LEFT[kind] or s in valid)


def beside(seen: Seen) -> list[Line]:
    """What else may be done with a plan that stands there, by who looks."""
    shown = _shown(seen)
    found = [_line(seen, step, True, {}) for step in possible(seen.state) if step not in shown]
    return [line for line in found if line.theirs]


def _line(seen: Seen, name: str, is_next: bool, names: Mapping[str, str]) -> Line:
    lang, step, done = bureau.lang(), STEPS[name], seen.state.valid.get(name)
    facts = done.facts if done else {}
    clauses, basis = cited(name, seen.policy.clauses.values())
    return Line(
        name,
        step.name.say(lang),
        OFFICES[step.office].say(lang),
        clauses,
        basis.say(lang) if basis else "",
        "next" if is_next else "done" if done else "later",
        is_next and theirs(seen.plan, seen.user, name, seen.state),
        names.get(done.by, done.by) if done else "",
        next((found for key in _WHEN if done and (found := done.day(key))), None),
        facts.get("document_number") or facts.get("number", ""),
        next((said(key, facts[key], lang) for key in _RESULT if key in facts), ""),
        due_day(name, seen.state, terms_of(seen.policy)) if is_next else None,
    )


def is_open_to(user: User, step: str) -> bool:
    """Whether somebody may take the papers of a step: those of reviews and minutes stay inside."""
    return STEPS[step].office is Office.PLANNER or bool(dossiers.offices_of(user))


def history(state: State, papers: Iterable[Paper], user: User) -> list[dict[str, Any]]:
    """Everything that was done, last first: who, when, what was stated, with which papers."""
    lang, names = bureau.lang(), names_of(done.by for done in state.history)
    by_note: dict[int, list[Paper]] = {}
    for each in papers:
        by_note.setdefault(each.note, []).append(each)
    return [
        {
            "seq": done.seq,
            "name": STEPS[done.step].name.say(lang),
            "by": names[done.by],
            "at": done.at,
            "facts": facts_shown(done),
            "drafts": [name for name in done.facts.get("documents", "").split(";") if name],
            "version": done.facts.get("version", ""),
            "fingerprint": done.facts.get("fingerprint", ""),
            "papers": by_note.get(done.seq, []) if is_open_to(user, done.step) else [],
        }
        for done in reversed(state.history)
    ]


def days_of(state: State) -> dict[str, dt.date | None]:
    """The days of issue, force and filing."""
    found: dict[str, dt.date | None] = {}
    for step, names in (
        ("issue", ("issued_on", "since", "valid_through")),
        ("file", ("filed_on",)),
    ):
        if (done := state.valid.get(step)) is not None:
            found |= {name: done.day(name) for name in names}
    return found


def facts_shown(done: Done) -> list[tuple[str, str]]:
    """What a step stated, in the order of its form, in words."""
    lang, step, found = bureau.lang(), STEPS[done.step], []
    for name in (*step.needs, *step.may):
        text = done.facts.get(name, "")
        if not text or name == "version":
            continue
        day = done.day(name) if FACTS[name].kind is FactKind.DAY else None
        words = FACTS[name].name.say(lang)
        found.append((words, day_shown(day) if day else said(name, text, lang)))
    if "received" in done.facts:
        counts = _("%(received)s: %(adopted)s adopted, %(partly)s partly, %(not_adopted)s not")
        found.append((_("Comments"), counts % done.facts))
    return found


def is_to_amend(state: State) -> bool:
    """Whether a plan is to be amended and nobody has begun to."""
    return state.stage is Stage.TO_AMEND and "begin_amendment" not in state.valid


def warnings(step: str, plan: Plan, version: Version | None) -> list[str]:
    """What whoever reviews, decides or issues should know first; it stops nothing."""
    found = []
    if step in _DECIDED and version is not None and version.marks:
        named = [MARKS[each].say(bureau.lang()) for each in version.marks]
        words = _("The papers of this version are marked %(marks)s: they ground no decision.")
        found.append(words % {"marks": "、".join(named)})
    if step == "issue":
        same = Plan.objects.filter(kind=plan.kind, year=plan.year, issued_version__isnull=False)
        words = _("A plan of this kind and year is issued already: %(title)s.")
        others = same.exclude(pk__in=[plan.pk, plan.amends_id or plan.pk])
        found += [words % {"title": each.title} for each in others]
    return found


def limit(step: str, policy: Policy) -> tuple[str, str]:
    """The limit of a step in words, and the reading that it comes from; empty: it has none.

    Where the shelf sets no limit, that is said.
    """
    terms = terms_of(policy)
    found: dict[str, tuple[int | str | None, str, str]] = {
        "open_consultation": (
            terms.consultation_days,
            _("The consultation is open for at least %(n)s days, both ends counted."),
            "consultation_days",
        ),
        "deliberate": (
            f"{float(terms.attendance):.0%}" if terms.attendance is not None else None,
            _("More than %(n)s of the members are present."),
            "deliberation_attendance",
        ),
        "file": (
            terms.filing_days,
            _("The plan is filed within %(n)s days of its issue."),
            "filing_days",
        ),
        "open_review": (
            terms.review_years,
            _("The plan is reviewed every %(n)s years."),
            "review_period",
        ),
    }
    if step not in found:
        return "", ""
    number, words, reading = found[step]
    said = words % {"n": number} if number is not None else _("The shelf sets no limit here.")
    return said, reading if reading in policy.readings else ""
