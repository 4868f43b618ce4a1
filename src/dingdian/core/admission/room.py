"""Room: whether an applicant may stand where it would, and whether places are left for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

from dingdian.core.admission.case import Case, Found, clauses_of
from dingdian.core.admission.decision import Condition, Met, Stage, Take
from dingdian.core.admission.exemption import USES, Exempted
from dingdian.core.admission.places import LARGER, PART, Ledger, Left, Want
from dingdian.core.policy import InForce, Policy
from dingdian.core.spacing.orders import STANDS
from dingdian.core.spacing.ranking import Near
from dingdian.core.spacing.terms import SameRound, Terms
from dingdian.core.spacing.verdict import Answer, Effect, Neighbour, Verdict
from dingdian.core.workings import Reason, reason

#: Verdicts of a spacing rule -> how the condition stands.
_METS: Mapping[Verdict, Met] = MappingProxyType(
    {
        Verdict.BROKEN: Met.FAILED,
        Verdict.MEASURE_ON_SITE: Met.MEASURE,
        Verdict.UNDEFINED: Met.UNKNOWN,
        Verdict.UNCLEAR: Met.UNCLEAR,
        Verdict.KEPT: Met.PASSED,
        Verdict.NOT_BOUND: Met.FREE,
    }
)


@dataclass(frozen=True)
class Ground:
    """A spacing rule on the applicants of a round: its terms and who is near whom.

    ``key`` tells it from the same rule of another day. ``of``: the place in the round of each
    applicant that has a site -> its place in ``near``, which is ``None`` where the rule is unclear,
    for the reason ``why``.
    """

    key: tuple[Any, ...]
    in_force: InForce[Any]
    terms: Terms | None
    near: Near | None
    of: Mapping[int, int]
    why: Reason | None = None

    @cached_property
    def back(self) -> Mapping[int, int]:
        """Place in ``near`` -> place in the round."""
        return {place: at for at, place in self.of.items()}

    def holds(self, policy: Policy) -> bool:
        """Whether it is the rule of that policy's day."""
        found = policy.rules.get(self.in_force.rule.rule)
        return found is not None and self.key == key_of(found)


def key_of(in_force: InForce[Any]) -> tuple[Any, ...]:
    """What tells a rule from the same rule of another day."""
    return in_force.rule.rule, in_force.layer, in_force.dated and in_force.dated.since


@dataclass(frozen=True, slots=True)
class Ahead:
    """Who goes before an applicant: surely admitted, perhaps, and those it is tied with.

    All by their place in the round; those of the other side, which no ranking orders, are among
    ``perhaps``. ``candidates`` are all that run. ``held``: what those it is tied with want, by
    resource and scope; ``None``: a number of beds that nobody knows. ``faulty``: the ids of those
    that may go before it and cannot be placed.
    """

    sure: frozenset[int] = frozenset()
    perhaps: frozenset[int] = frozenset()
    candidates: frozenset[int] = frozenset()
    faulty: frozenset[str] = frozenset()
    held: Mapping[tuple[str, str], Fraction | None] = field(
        default_factory=lambda: MappingProxyType({})
    )


# ---------------------------------------------------------------- spacing


def stands(case: Case, at: int, grounds: Sequence[Ground], ahead: Ahead) -> Iterator[Condition]:
    """The condition of every spacing rule for the applicant at a place of the round."""
    for ground in grounds:
        if ground.holds(case.policy):
            yield _stands(case, at, ground, ahead)


def _stands(case: Case, at: int, ground: Ground, ahead: Ahead) -> Condition:
    sources = (case.application.origin,)
    if ground.near is None or ground.terms is None:
        return case.condition(
            Stage.SPACING, ground.in_force, Found(Met.UNCLEAR, sources=sources, why=ground.why)
        )
    if at not in ground.of:
        why, change = reason("site_unknown"), reason("change_find_out")
        return case.condition(
            Stage.SPACING,
            ground.in_force,
            Found(Met.UNKNOWN, sources=sources, why=why, change=change),
        )
    place = ground.of[at]
    alone = ground.near.alone[place]
    against = list(_against(place, ground, ground.near, ahead))
    lost = [each for each in ground.near.lost.get(place, ()) if each.id in ahead.faulty]
    answer = ground.near.answer(place, against, lost)
    met = _METS[answer.verdict]
    if met is Met.UNKNOWN and alone.verdict in STANDS:
        met = Met.HELD
    return replace(
        case.condition(
            Stage.SPACING,
            ground.in_force,
            Found(
                met,
                value=_nearest(answer),
                threshold=None if answer.radius_mm is None else Fraction(answer.radius_mm, 1000),
                unit="metre",
                sources=(*sources, *answer.unplaced),
                why=answer.why,
                change=_change(met, answer),
            ),
        ),
        near=answer.near,
        shortfall=_shortfall(met, answer),
    )


def _against(place: int, ground: Ground, near: Near, ahead: Ahead) -> Iterator[Neighbour]:
    """The other applicants as they count against one, by the reading ``spacing_same_round``."""
    how = ground.terms.same_round if ground.terms else SameRound.BOTH
    for other, its in near.bearing[place].items():
        at = ground.back[other]
        verdict = near.alone[other].verdict
        if how is SameRound.RANKED_FIRST and at in ahead.sure:
            yield its
        elif how is SameRound.RANKED_FIRST and at in ahead.perhaps:
            yield _unsure(its)
        elif how is SameRound.NEITHER and at in ahead.candidates and verdict in STANDS:
            yield its
        elif how is SameRound.NEITHER and at in ahead.candidates and verdict is not Verdict.BROKEN:
            yield _unsure(its)


def _unsure(near: Neighbour) -> Neighbour:
    effects = tuple((service, Effect.UNSURE) for service, _ in near.effects)
    return replace(near, effects=effects, why=reason("spacing_depends", applicant=near.code))


def _nearest(answer: Answer) -> Fraction | None:
    """The distance of the nearest one that does something, in metres."""
    found = [each.distance_mm for each in answer.near if not each.does(Effect.CLEAR)]
    return Fraction(min(found), 1000) if found else None


def _shortfall(met: Met, answer: Answer) -> Fraction | None:
    """How many metres the nearest one that blocks is too near."""
    if met is not Met.FAILED or answer.radius_mm is None or not answer.blockers:
        return None
    return Fraction(answer.radius_mm - min(n.distance_mm for n in answer.blockers), 1000)


def _change(met: Met, answer: Answer) -> Reason | None:
    if met is Met.FAILED:
        metres = Fraction(answer.radius_mm or 0, 1000)
        return reason("change_other_site", n=len(answer.blockers), metres=metres)
    if met is Met.MEASURE:
        return reason("change_survey")
    return reason("change_find_out") if met is Met.UNKNOWN else None


# ---------------------------------------------------------------- places


@dataclass(frozen=True, slots=True)
class Room:
    """The conditions of an applicant's places, and what an admission would take and keep back.

    ``kept_back``: resources of which what is left is kept for the next year.
    """

    conditions: tuple[Condition, ...]
    takes: tuple[Take, ...]
    kept_back: tuple[str, ...] = ()


def room(
    case: Case,
    wanted: Sequence[Want],
    ledger: Ledger,
    *,
    free: Exempted | None,
    ahead: Ahead,
    handing_out: InForce[Any],
) -> Room:
    """Whether places are left for everything that an applicant wants."""
    conditions, takes, kept_back = [], [], []
    for want in wanted:
        if _is_free(want, free):
            conditions.append(
                _condition(case, want, Met.FREE, handing_out, why=free.why if free else None)
            )
            uses = case.policy.choice(USES) == "yes"
            amount = want.amount if uses and want.amount is not None else Fraction(0)
            takes.append(Take(want.resource, case.application.district, amount))
            continue
        made, amount = _place(case, want, ledger, ahead=ahead, handing_out=handing_out)
        if free is not None and free.open and made.met not in (Met.PASSED, Met.UNCLEAR):
            made = replace(made, met=Met.UNCLEAR, why=free.why)
        if made.why is not None and made.why.code == "carried_over":
            kept_back.append(want.resource)
        conditions.append(made)
        takes.append(Take(want.resource, case.application.district, amount))
    return Room(tuple(conditions), tuple(takes), tuple(kept_back))


def _is_free(want: Want, free: Exempted | None) -> bool:
    if free is None or free.open or "quota" not in free.lifts:
        return False
    return free.beds is None or want.bed_class in free.beds


def _condition(
    case: Case,
    want: Want,
    met: Met,
    in_force: InForce[Any],
    *,
    left: Left | None = None,
    why: Reason | None = None,
    change: Reason | None = None,
) -> Condition:
    """A condition of places: what is asked (``value``) against what is left (``threshold``)."""
    made = case.condition(
        Stage.PLACES,
        in_force,
        Found(
            met,
            value=want.amount,
            threshold=left.amount if left else None,
            unit="bed"
            if want.bed_class or want.resource.startswith("contracted_beds")
            else "place",
            sources=(left.figure,) if left and left.figure else (),
            why=why,
            change=change,
        ),
        item=want.resource,
    )
    short = None
    if left and left.amount is not None and want.amount is not None and want.amount > left.amount:
        short = want.amount - left.amount
    clauses = tuple(dict.fromkeys((*(left.clauses if left else ()), *clauses_of(in_force))))
    return replace(made, shortfall=short, clauses=clauses)


def _place(
    case: Case, want: Want, ledger: Ledger, *, ahead: Ahead, handing_out: InForce[Any]
) -> tuple[Condition, Fraction]:
    """Whether a place is left, and how much an admission would take."""
    district = case.application.district
    if not district:
        why = reason("district_unknown")
        return _condition(case, want, Met.UNKNOWN, handing_out, why=why), Fraction(0)
    if want.amount is None:
        why, change = reason("beds_unknown"), reason("change_find_out")
        return _condition(case, want, Met.UNKNOWN, handing_out, why=why, change=change), Fraction(0)
    found = [
        _against_left(
            case,
            want,
            left,
            peers=ahead.held.get((want.resource, scope), Fraction(0)),
            by=handing_out,
        )
        for scope, left in ledger.at(want.resource, district)
    ]
    if not found:
        why = reason("no_number")
        return _condition(case, want, Met.PASSED, handing_out, why=why), want.amount
    return min(found, key=lambda each: (_ORDER.index(each[0].met), each[1]))


_ORDER = (Met.FAILED, Met.UNKNOWN, Met.UNCLEAR, Met.HELD, Met.PASSED)


def _against_left(
    case: Case, want: Want, left: Left, *, peers: Fraction | None, by: InForce[Any]
) -> tuple[Condition, Fraction]:
    """A want against one quota, less what those ahead and those it is tied with may take."""
    amount = want.amount or Fraction(0)
    if left.amount is None:
        unknown = left.why is not None
        met, why = (Met.UNKNOWN, left.why) if unknown else (Met.PASSED, reason("no_number"))
        return _condition(case, want, met, by, left=left, why=why), amount
    binding = next((case.policy.rules[r] for r in left.binding if r in case.policy.rules), by)
    open_ = left.amount if peers is None else left.held + peers
    if amount <= left.amount - open_:
        return _condition(case, want, Met.PASSED, binding, left=left), amount
    held = amount <= left.amount or (open_ and left.amount and case.policy.choice(LARGER) == PART)
    if held:
        why = reason("places_held", held=open_)
        return _condition(case, want, Met.HELD, binding, left=left, why=why), amount
    return _larger(case, want, left, binding)


def _larger(
    case: Case, want: Want, left: Left, binding: InForce[Any]
) -> tuple[Condition, Fraction]:
    """More is asked for than is left: refused, in part, or carried over, by the reading."""
    rest, amount = left.amount or Fraction(0), want.amount or Fraction(0)
    change = reason("change_places_freed", more=amount - rest)
    if rest == 0:
        why = reason("no_place_left")
        return _condition(
            case, want, Met.FAILED, binding, left=left, why=why, change=change
        ), amount
    chosen = case.policy.choice(LARGER)
    if chosen == PART:
        why = reason("admitted_in_part", part=rest)
        return _condition(case, want, Met.PASSED, binding, left=left, why=why), rest
    if chosen in ("refuse", "carry_over"):
        why = reason("carried_over", left=rest)
        if chosen == "refuse":
            why = reason("larger_than_left", left=rest)
        change = reason("change_ask_less", most=rest)
        return _condition(
            case, want, Met.FAILED, binding, left=left, why=why, change=change
        ), amount
    why = reason("reading_open", reading=LARGER)
    return _condition(case, want, Met.UNCLEAR, binding, left=left, why=why), amount
