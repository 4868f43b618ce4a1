"""What a notice says: its entry, the case before and after it, the clauses, the days that follow.

Notices are Chinese, like letters. Only a clause that is issued and whose text is checked is a
legal basis; a notice without one, or one that rests on a plan that is not issued, is a specimen.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moves import Role
from dingdian.core.lifecycle.stages import STAGES
from dingdian.core.lifecycle.state import State, state_of
from dingdian.core.rules.checklist import Purpose
from dingdian.reports.grid import Table
from dingdian.reports.notices.assessment import AssessmentResult, result_names
from dingdian.reports.notices.citations import Listed, about, listed
from dingdian.reports.notices.deadlines import NAMES, THROUGH, Deadline, deadlines
from dingdian.reports.notices.frame import Frame
from dingdian.reports.notices.kinds import AGAINST, kinds_of
from dingdian.reports.notices.numbers import day_of
from dingdian.reports.notices.office import Office
from dingdian.reports.notices.services import bed_rows, service_rows, step_rows
from dingdian.reports.papers.binding import Holding
from dingdian.reports.papers.ooxml import ZH, Chinese
from dingdian.reports.wording import long_day

_PROVISIONAL = "（暂定，该年官方工作日历公布后重新核定）"
_PARTS = re.compile(r"\s*[;；\n]\s*")
#: Kind -> the days that its shipped template names, whose clauses it therefore cites.
_SHOWN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "acceptance": ("evaluate_by",),
        "supplement": ("supplement_by",),
        "refusal": ("apply_again_from",),
        "evaluation_papers": (),
        "evaluation_failed": ("evaluate_again_from",),
        "public_notice": ("object_by",),
        "agreement": (
            "agreement_through",
            "guidance_through",
            "trial_through",
            "renew_by",
            "review_by",
        ),
        "trial_result": ("review_again_from",),
        "rectification": (),
        "appeal_answer": (),
        "suspension": ("suspended_through",),
        "resumption_refusal": ("suspended_through",),
        "non_renewal": (),
        "expiry": (),
        "termination": (),
        "closure": (),
        "assessment": (),
    }
)
#: Move -> the fact that names an item of a checklist, and the purpose of that list.
_LISTS: Mapping[str, tuple[str, Purpose]] = MappingProxyType(
    {
        "refuse_acceptance": ("ground", "refusal"),
        "suspend_imposed": ("cause", "suspension"),
        "terminate": ("cause", "termination"),
    }
)


@dataclass
class Notice:
    """The answers to the template of a notice.

    Attributes:
        office: whose notices they are, and under which shelf.
        kind: which of the notices of the entry.
        entry: the move that it tells of.
        before: the case before the entry, ``None`` before its first.
        after: the case after it.
        day: the day that it bears.
        n: which of its kind in the year of that day.
        annulled: the entry that took it back, ``None`` where it holds.
        result: of an assessment, where it was handed over.
    """

    office: Office
    kind: str
    entry: Entry
    before: State | None
    after: State
    day: dt.date
    n: int
    annulled: Entry | None = None
    result: AssessmentResult | None = None
    tables: Mapping[str, Table] = field(default_factory=dict)
    figures: tuple[str, ...] = ()
    binding: Holding = field(default_factory=Holding)
    words: Chinese = ZH

    @property
    def clauses(self) -> tuple[str, ...]:
        """All that it rests on: its entry, the cause, the days that it names.

        Of lists of causes only the one that holds the cause; nothing about the other side alone.
        """
        entry, cause = self.entry, self._listed
        found = list(entry.clauses)
        if cause is not None:
            _, purpose = _LISTS[entry.move]
            others = {e.clause for e in self._items(purpose).values()} - {cause.clause}
            found = [each for each in found if each not in others] + [cause.clause]
        shown = (self.deadlines.get(name) for name in _SHOWN[self.kind])
        found += [each.clause for each in shown if each is not None and each.clause]
        if self.kind == "agreement":
            found += [each.clause for each in self._services if each.clause]
        found += self.result.clauses if self.result else ()
        return tuple(about(self.office.terms, found, self.after.side))

    @cached_property
    def deadlines(self) -> Mapping[str, Deadline]:
        """The days that follow, by name."""
        return deadlines(self.after, self.office.terms, self.entry.held_on)

    @cached_property
    def _services(self) -> Sequence[Any]:
        return service_rows(self.after, self.office.terms, self.entry.held_on)

    def _items(self, purpose: Purpose) -> Mapping[str, Listed]:
        return listed(self.office.terms, self.entry.held_on, self.after.side, purpose)

    @cached_property
    def _listed(self) -> Listed | None:
        """The item of a checklist that the entry names."""
        if self.entry.move not in _LISTS:
            return None
        fact, purpose = _LISTS[self.entry.move]
        return self._items(purpose).get(self.entry.facts.get(fact, ""))

    @cached_property
    def frame(self) -> Frame:
        """Its number, its marks, what it cites."""
        own = self.result.marks if self.result else ()
        return Frame(
            office=replace(self.office, marks=(*self.office.marks, *own)),
            kind=self.kind,
            year=self.day.year,
            n=self.n,
            by_bureau=self.entry.role == Role.BUREAU,
            clauses=self.clauses,
            annulled=self.annulled,
        )

    def names(self) -> dict[str, Any]:
        """Name -> value, as a template sees them."""
        own = {**self._case(), **self._said(), **self._days(), **self._agreed()}
        frame = {**self.frame.names(), "remedies": self._remedies()}
        return {**frame, **own, **result_names(self.result)}

    def _remedies(self) -> bool:
        """Whether something is refused or taken."""
        if self.kind == "suspension":
            return self.entry.move != "suspend_on_request"
        return self.kind in AGAINST or self.entry.move == "fail_trial"

    def _case(self) -> dict[str, Any]:
        """Which case, of whom."""
        known, state = self.after.about, self.after
        return {
            "entry": self.entry.seq,
            "case": state.case,
            "institution": known.get("name") or state.case,
            "code": state.institution,
            "uscc": known.get("uscc", ""),
            "about": self._about(),
            "pharmacy": state.side == "pharmacies",
            "address": known.get("address", ""),
            "stage": str(state.stage),
            "stage_name": STAGES[state.stage].name.zh,
            "stage_before": STAGES[self.before.stage].name.zh if self.before else "",
        }

    def _about(self) -> str:
        """What is known of the institution, in a sentence."""
        known = self.after.about
        region = self.office.regions.get(known.get("region", ""), "")
        said = (
            ("机构类别为", _term("kind", known.get("kind", ""))),
            ("等级为", _term("level", known.get("level", ""))),
            ("医保机构代码", self.after.institution),
            ("统一社会信用代码", known.get("uscc", "")),
            ("地址为", region + known.get("address", "")),
        )
        return "，".join(label + text for label, text in said if text)

    def _said(self) -> dict[str, Any]:
        """What the entry states."""
        entry, facts = self.entry, self.entry.facts
        cause = self._listed.text if self._listed else ""
        fact = _LISTS[entry.move][0] if entry.move in _LISTS else ""
        return {
            "move": entry.move,
            "day": long_day(self.day, "zh"),
            "held_on": long_day(entry.held_on, "zh"),
            "reason": entry.reason,
            "documents": list(entry.documents),
            "missing": [each for each in _PARTS.split(facts.get("missing", "")) if each],
            "ground": cause if fact == "ground" else facts.get("ground", ""),
            "cause": cause if fact == "cause" else facts.get("cause", ""),
            "pooling_area": self._area(facts.get("pooling_area", "")),
            "own_request": self._own_request,
            "requested_on": self._requested_on(),
            "outcome": facts.get("outcome", ""),
        }

    @property
    def _own_request(self) -> bool:
        """Whether an end was asked for by the institution itself."""
        return self.entry.move == "terminate" and self.entry.facts.get("cause") == "own_request"

    def _requested_on(self) -> str:
        """When it was asked for: as the entry says, or else as it was recorded before."""
        asked = self.before.last("own_request_made") if self.before and self._own_request else None
        return long_day(asked.day, "zh") if asked else self._stated("requested_on")

    def _area(self, code: str) -> str:
        return self.office.regions.get(code, code)

    def _stated(self, fact: str) -> str:
        text = self.entry.facts.get(fact)
        return long_day(dt.date.fromisoformat(text), "zh") if text else ""

    def _days(self) -> dict[str, Any]:
        """Every day that may follow; empty where none does."""
        found = {name: _day(self.deadlines.get(name)) for name in NAMES}
        was = self.before.scheduled if self.before else {}
        for name, event in THROUGH.items():  # of an agreement that has ended: those it had
            if not found[name] and self.after.ended_on and event in was:
                found[name] = long_day(was[event], "zh")
        ended = self.after.ended_on
        return found | {"ended_on": long_day(ended, "zh") if ended else ""}

    def _agreed(self) -> dict[str, Any]:
        """What the agreement holds: number, term, services, beds, steps for the last by rank."""
        agreement, terms = self.after.agreement, self.office.terms
        beds = bed_rows(self.after)
        return {
            "agreement": agreement.number if agreement else "",
            "agreement_since": long_day(agreement.since, "zh") if agreement else "",
            "services": self._services,
            "beds": beds,
            "beds_total": sum(each.n for each in beds),
            "steps": step_rows(terms, self.entry.held_on),
        }


def _day(found: Deadline | None) -> str:
    if found is None or found.limit.day is None:
        return ""
    return long_day(found.limit.day, "zh") + (_PROVISIONAL if found.limit.provisional else "")


def _term(choice: str, word: str) -> str:
    known = CHOICES[choice].get(word)
    return known.zh if known else word


def notice_of(
    entries: Sequence[Entry],
    index: int,
    office: Office,
    *,
    n: int,
    kind: str = "",
    day: dt.date | None = None,
    result: AssessmentResult | None = None,
) -> Notice:
    """The notice of an entry; ``entries`` are all of its case, ``n`` is from ``sequences_of``.

    ``kind``: which, where an entry has several; the first without it. ``day``: the day that it
    bears; that on which the entry was recorded without it. ``result``: of an assessment.

    Raises:
        ValueError: no notice, or none of that kind, goes with the entry.
    """
    entry = entries[index]
    kinds = kinds_of(entry)
    if not kinds or (kind and kind not in kinds):
        raise ValueError(f"entry {entry.seq} ({entry.move}) has no notice {kind}".rstrip())
    after = state_of(entries[: index + 1])
    assert after is not None  # noqa: S101 -- the entry itself is in effect at its moment
    return Notice(
        office=office,
        kind=kind or kinds[0],
        entry=entry,
        before=state_of(entries[:index]),
        after=after,
        day=day or day_of(entry),
        n=n,
        annulled=_annulment(entries[index + 1 :], entry),
        result=result,
    )


def _annulment(later: Sequence[Entry], entry: Entry) -> Entry | None:
    taken = (e for e in later if e.move == "annul" and e.facts.get("entry") == str(entry.seq))
    return next(taken, None)
