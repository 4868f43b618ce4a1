"""What follows for next year: moves that are proposed, renewal, and what would be released.

Moves are named as the life cycle names them; nothing here makes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dingdian.core.assessment.bottom import Bottom, Place
from dingdian.core.assessment.grading import Graded
from dingdian.core.assessment.ladder import StepFound, StepState
from dingdian.core.assessment.scoring import Score
from dingdian.core.assessment.subjects import PHARMACIES, Subject
from dingdian.core.assessment.upgrades import GradeMove, GradeState
from dingdian.core.census import Census
from dingdian.core.census.census import BEDDED_KINDS
from dingdian.core.rules.score_sheet import Move
from dingdian.core.workings import Reason, reason


class Basis(StrEnum):
    """What a proposed move rests on."""

    GRADE = "grade"
    TRIAL = "trial"
    LADDER = "ladder"
    SERVICE = "service"
    SERVICE_GRADE = "service_grade"


class Renewal(StrEnum):
    """What the assessment says of a renewal."""

    RENEW = "renew"
    DO_NOT_RENEW = "do_not_renew"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A move: what it rests on, what of (a service, a grade), what is missing, its rule.

    ``confirmed`` says that a person confirmed it: only steps of the ladder are confirmed here.
    """

    move: Move
    basis: Basis
    of: str
    confirmed: bool
    missing: tuple[Reason, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that moves rest on, by identifier; empty where none is in force."""

    sheet: str
    ladder: str
    moves: str
    trial: str


def proposed(
    score: Score,
    graded: Graded,
    steps: Iterable[StepFound],
    grade_move: GradeMove | None,
    *,
    rules: Rules,
) -> tuple[Proposed, ...]:
    """Every move that the assessment proposes of one institution, the renewal first."""
    open_ = (reason("appeal_open"),) if score.open_appeal else ()
    found: list[Proposed] = []
    if graded.passed is not None and rules.trial:
        move = Move.RENEW if graded.passed else Move.DO_NOT_RENEW
        found.append(Proposed(move, Basis.TRIAL, "", False, open_, rules.trial))
    renewing = (Move.RENEW, Move.DO_NOT_RENEW)
    for move in graded.moves:
        if not (found and found[0].basis is Basis.TRIAL and move in renewing):
            found.append(Proposed(move, Basis.GRADE, graded.grade or "", False, open_, rules.sheet))
    for service in score.services:
        if service.closes:
            closing = (Move.CLOSE_SERVICE, Basis.SERVICE, service.service)
            found.append(Proposed(*closing, False, open_, rules.sheet))
    for step in steps:
        if step.state is not StepState.LATER:
            sure = step.state is StepState.CONFIRMED
            found.append(
                Proposed(step.move, Basis.LADDER, step.step, sure, step.missing, rules.ladder)
            )
    if grade_move is not None and grade_move.to:
        up = grade_move.state is GradeState.UP
        move = Move.UPGRADE_GRADE if up else Move.DOWNGRADE_GRADE
        basis = Basis.SERVICE_GRADE
        found.append(Proposed(move, basis, grade_move.to, False, open_, rules.moves))
    return tuple(found)


def renewal(moves: Iterable[Proposed], graded: Graded, place: Place | None) -> Renewal:
    """What the moves come to.

    A step of the ladder bars a renewal only when a person confirmed it; until then, and while it is
    not known whether the institution is in the bottom or what its grade is, it is undecided.
    """
    steps = [each for each in moves if each.move is Move.DO_NOT_RENEW]
    if any(each.basis is not Basis.LADDER or each.confirmed for each in steps):
        return Renewal.DO_NOT_RENEW
    held = place is not None and place.bottom in (Bottom.HELD, Bottom.UNCLEAR)
    if steps or held or (graded.grade is None and graded.passed is None):
        return Renewal.UNDECIDED
    return Renewal.RENEW


# ---------------------------------------------------------------- what would be released


@dataclass(frozen=True, slots=True)
class Release:
    """Places or beds that an institution would leave free; ``None`` where it is not known."""

    resource: str
    amount: Fraction | None


#: Service -> the resource of an institution, and of a pharmacy, that has it open.
_OF_SERVICE: Mapping[str, tuple[str, str]] = {
    "inpatient": ("inpatient_institutions", ""),
    "outpatient_pooling": ("outpatient_pooling_institutions", ""),
    "personal_account": ("personal_account_institutions", ""),
    "prescription_transfer": ("", "prescription_transfer_pharmacies"),
    "dual_channel": ("", "dual_channel_pharmacies"),
}


class Beds:
    """Contracted beds by institution, once for a census; chairs are no beds."""

    def __init__(self, census: Census) -> None:
        """Sums the beds of every institution."""
        table = census.tables["beds"]
        self.known: dict[str, Fraction | None] = {}
        columns = [table[name].cells() for name in ("institution", "bed_class", "contracted")]
        for code, bed_class, beds in zip(*columns, strict=True):
            if code is None or bed_class == "dental_chair":
                continue
            before = self.known.get(str(code), Fraction(0))
            unknown = before is None or not isinstance(beds, Fraction)
            self.known[str(code)] = None if unknown else before + beds

    def of(self, subject: Subject) -> Fraction | None:
        """The beds of an institution; 0 of one that should have none and lists none."""
        should = subject.kind in BEDDED_KINDS and subject.services.get("inpatient") is not False
        return self.known.get(subject.code, None if should else Fraction(0))


def releases(subject: Subject, beds: Beds) -> Iterator[Release]:
    """What would be free if the agreement were not renewed."""
    pharmacy = subject.side == PHARMACIES
    yield Release("pharmacies" if pharmacy else "medical_institutions", Fraction(1))
    for service, names in _OF_SERVICE.items():
        name, has = names[pharmacy], subject.services.get(service)
        if name and has is not False:
            yield Release(name, Fraction(1) if has else None)
    if not pharmacy:
        found = beds.of(subject)
        if found != 0:
            yield Release("contracted_beds", found)
