"""An assessment: every institution scored, graded, ranked, and what follows for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dingdian.core.assessment import choices
from dingdian.core.assessment.bottom import Bottom, Place, Terms
from dingdian.core.assessment.consequences import (
    Beds,
    Proposed,
    Release,
    Renewal,
    Rules,
    proposed,
    releases,
    renewal,
)
from dingdian.core.assessment.grading import Graded, graded
from dingdian.core.assessment.groups import Group, ranked
from dingdian.core.assessment.ladder import StepFound, steps_for
from dingdian.core.assessment.points import Counting, PersonStanding, standings_on
from dingdian.core.assessment.scoring import Score, score_of
from dingdian.core.assessment.subjects import MEDICAL, PHARMACIES, Agreement, Subject
from dingdian.core.assessment.upgrades import GradeMove, grade_move
from dingdian.core.assessment.workbook import Own, Workbook
from dingdian.core.census import Census
from dingdian.core.errors import Fault, fault
from dingdian.core.policy import InForce, Policy
from dingdian.core.rules.assessment import Purpose
from dingdian.core.rules.score_sheet import Sheet
from dingdian.core.workings import Reason

_NOTHING = Own()


@dataclass(frozen=True, slots=True)
class Assessed:
    """One institution; ``score`` and ``graded`` are ``None`` where no sheet is used (``why``)."""

    subject: Subject
    score: Score | None
    graded: Graded | None
    place: Place | None
    steps: tuple[StepFound, ...]
    grade_move: GradeMove | None
    moves: tuple[Proposed, ...]
    renewal: Renewal
    releases: tuple[Release, ...]
    why: Reason | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole: institutions by code, groups, persons. ``unclear``: why there is no bottom."""

    year: int
    day: dt.date
    policy: Policy
    assessed: tuple[Assessed, ...]
    groups: tuple[Group, ...]
    unclear: Reason | None
    persons: tuple[PersonStanding, ...]
    faults: tuple[Fault, ...]


def sheets_of(policy: Policy) -> dict[str, InForce[Any]]:
    """The sheet rule in use for each side; absent where none is, or its reading says none."""
    found: dict[str, InForce[Any]] = {}
    for side in (MEDICAL, PHARMACIES):
        for each in choices.rules_of(policy, "score_sheet", side):
            if policy.choice(each.rule.use) == "proposed":  # type: ignore[attr-defined]
                found[side] = each
    return found


def counting_of(policy: Policy) -> tuple[InForce[Any], Counting] | None:
    """How points of persons are counted; ``None`` without a rule in force."""
    for each in choices.rules_of(policy, "person_points"):
        rule: Any = each.rule
        repairs, watches = (policy.choice(n) == "as_listed" for n in (rule.repair, rule.watch))
        return each, Counting(each.value, repairs=repairs, watches=watches)
    return None


def persons_on(policy: Policy, workbook: Workbook, day: dt.date) -> tuple[PersonStanding, ...]:
    """Every person of the workbook on ``day``; nobody where no rule is in force."""
    found = counting_of(policy)
    if found is None:
        return ()
    rows = (workbook.events, workbook.pauses, workbook.repairs)
    return standings_on(*rows, counting=found[1], day=day)


def assess(
    census: Census,
    subjects: Sequence[Subject],
    policy: Policy,
    workbook: Workbook,
    *,
    year: int,
    day: dt.date,
) -> Assessment:
    """Assess every institution that had an agreement in ``year``, by the rules of ``day``."""
    desk = _Desk(census, policy, workbook, year=year, day=day)
    concerned = [
        each
        for each in sorted(subjects, key=lambda subject: subject.code)
        if each.agreement in (Agreement.HELD, Agreement.UNKNOWN)
        or (each.agreement is Agreement.LEFT and workbook.own.get(each.code, _NOTHING).said)
    ]
    scores = {each.code: desk.score(each) for each in concerned}
    totals = {code: score.total for code, score in scores.items() if score is not None}
    groups, places, unclear = desk.ranked(concerned, totals)
    assessed = tuple(desk.assessed(each, scores[each.code], places) for each in concerned)
    others = [own for code, own in workbook.own.items() if code not in scores]
    left_out = tuple(each for own in others for each in own.faults)
    return Assessment(
        year=year,
        day=day,
        policy=policy,
        assessed=assessed,
        groups=groups,
        unclear=unclear,
        persons=persons_on(policy, workbook, day),
        faults=(*workbook.faults, *left_out),
    )


class _Desk:
    """What every institution of one assessment is held against."""

    def __init__(
        self, census: Census, policy: Policy, workbook: Workbook, *, year: int, day: dt.date
    ) -> None:
        self.policy, self.workbook, self.year, self.day = policy, workbook, year, day
        self.beds = Beds(census)
        self.sheets = sheets_of(policy)
        self.looked = workbook.looked_for("one_vote")
        self.ladder = self._ladder()
        self.moves = next(iter(choices.rules_of(policy, "grade_moves")), None)
        self.trial = self._purpose(Purpose.TRIAL)

    def _purpose(self, purpose: Purpose) -> dict[str, str]:
        """Side -> the rule of a purpose in force."""
        rules: list[Any] = [each.rule for each in choices.rules_of(self.policy, "assessment")]
        return {side: rule.rule for rule in rules if rule.purpose is purpose for side in rule.about}

    def _ladder(self) -> InForce[Any] | None:
        """The ladder, where a text of the place has a sanction by rank at all."""
        if not self._purpose(Purpose.BOTTOM_RANK):
            return None
        return next(iter(choices.rules_of(self.policy, "bottom_rank")), None)

    def own(self, subject: Subject) -> Own:
        """What the workbook says of an institution."""
        return self.workbook.own.get(subject.code, _NOTHING)

    def sheet(self, subject: Subject) -> Sheet | None:
        """The sheet that an institution is scored by."""
        found = self.sheets.get(subject.side)
        return found.value if found else None

    def score(self, subject: Subject) -> Score | None:
        """The score, ``None`` where no sheet is used."""
        sheet = self.sheet(subject)
        if sheet is None:
            return None
        return score_of(subject, sheet, self.own(subject), day=self.day, looked=self.looked)

    def ranked(
        self, subjects: Sequence[Subject], totals: Mapping[str, Fraction | None]
    ) -> tuple[tuple[Group, ...], Mapping[str, Place], Reason | None]:
        """Groups, places by code, and why there is no bottom."""
        if self.ladder is None:
            return (), {}, None
        terms = choices.terms_of(self.policy)
        sides = self._purpose(Purpose.BOTTOM_RANK)
        found = ranked(
            [each for each in subjects if each.side in sides],
            totals,
            self.ladder.value,
            terms,
            trial_ranked=self.policy.choice("bottom_rank_trial") == "ranked",
        )
        return found.groups, found.places, None if isinstance(terms, Terms) else terms

    def assessed(
        self, subject: Subject, score: Score | None, places: Mapping[str, Place]
    ) -> Assessed:
        """One institution with everything that follows for it."""
        own, sheet, place = self.own(subject), self.sheet(subject), places.get(subject.code)
        if score is None or sheet is None:
            why = choices.unclear(self.policy, "score_sheet_use") or choices.no_sheet(subject.side)
            return Assessed(
                subject, None, None, place, (), None, (), Renewal.UNDECIDED, (), why, own.faults
            )
        its = graded(score, sheet, trial=subject.trial and subject.side in self.trial)
        steps = self._steps(subject, own, score, place)
        upgrade = self._upgrade(subject, own, score)
        left = subject.agreement is Agreement.LEFT
        moves = () if left else proposed(score, its, steps, upgrade, rules=self._rules(subject))
        verdict = Renewal.UNDECIDED if left else renewal(moves, its, place)
        free = tuple(releases(subject, self.beds)) if verdict is Renewal.DO_NOT_RENEW else ()
        wrong = (*own.faults, *self._unasked(own, place))
        return Assessed(
            subject, score, its, place, steps, upgrade, moves, verdict, free, score.why, wrong
        )

    def _rules(self, subject: Subject) -> Rules:
        sheet = self.sheets[subject.side].rule.rule
        ladder = self.ladder.rule.rule if self.ladder else ""
        moves = self.moves.rule.rule if self.moves else ""
        return Rules(sheet, ladder, moves, self.trial.get(subject.side, ""))

    def _steps(
        self, subject: Subject, own: Own, score: Score, place: Place | None
    ) -> tuple[StepFound, ...]:
        """The ladder of one that is surely in the bottom."""
        if self.ladder is None or place is None or place.bottom is not Bottom.IN:
            return ()
        if self.policy.choice(self.ladder.rule.use) != "proposed":
            return ()
        return steps_for(
            subject,
            own,
            self.ladder.value,
            self.workbook.terms,
            year=self.year,
            day=self.day,
            open_appeal=score.open_appeal,
        )

    def _upgrade(self, subject: Subject, own: Own, score: Score) -> GradeMove | None:
        rule: Any = self.moves.rule if self.moves else None
        if rule is None or self.moves is None or subject.side not in rule.about:
            return None
        direction = self.policy.choice(rule.direction)
        if direction is None or self.policy.choice(rule.use) != "propose":
            return None
        if direction not in self.moves.value.directions:
            return None
        clean = not score.votes if self.looked else None
        return grade_move(
            subject,
            own,
            self.moves.value,
            direction,
            year=self.year,
            total=score.total,
            clean=clean,
        )

    def _unasked(self, own: Own, place: Place | None) -> tuple[Fault, ...]:
        """Confirmations of steps against one that is not surely in the bottom."""
        if place is not None and place.bottom is Bottom.IN:
            return ()
        return tuple(
            fault("confirmed_not_in_bottom", each.place, value=each.step)
            for each in own.confirmations
        )
