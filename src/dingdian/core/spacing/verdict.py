"""The answer: who stands near a site, what each of them does, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dingdian.core.spacing.places import Faulty
from dingdian.core.spacing.surveys import Survey
from dingdian.core.workings import Reason


class Verdict(StrEnum):
    """What a spacing rule says of a site, from the worst to none at all."""

    BROKEN = "broken"
    MEASURE_ON_SITE = "measure_on_site"  # within the position errors of both points
    UNDEFINED = "undefined"  # something that it needs is unknown
    UNCLEAR = "unclear"  # the text is unclear and the reading is open
    KEPT = "kept"
    NOT_BOUND = "not_bound"  # the rule does not bind this institution, as ``why`` says


#: The worst first: what a site with several services or rules comes to.
WORST = tuple(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several verdicts; not bound when there is none.

    >>> worst([Verdict.KEPT, Verdict.MEASURE_ON_SITE, Verdict.NOT_BOUND]).value
    'measure_on_site'
    """
    return min(verdicts, key=WORST.index, default=Verdict.NOT_BOUND)


class Effect(StrEnum):
    """What one standing institution does to a site for one service."""

    BLOCKS = "blocks"
    MEASURE = "measure_on_site"
    UNSURE = "unsure"  # near, but whether it counts is not known
    CLEAR = "clear"  # kept because a survey moved it


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An institution (or an applicant of the same round) near a site.

    ``effects``: pairs of shared service and effect. ``distance_mm`` is the one that decided,
    ``computed_mm`` the one between the two points (``None`` where the other has none);
    ``error_mm`` the sum of both position errors. ``standing``, ``district`` and ``kind`` are
    empty where unknown. ``why`` says what is not known of it.
    """

    code: str
    name: str
    effects: tuple[tuple[str, Effect], ...]
    distance_mm: int
    computed_mm: int | None
    error_mm: int = 0
    standing: str = ""
    district: str = ""
    kind: str = ""
    lon: float | None = None
    lat: float | None = None
    applicant: bool = False
    surveys: tuple[Survey, ...] = ()
    why: Reason | None = None

    @property
    def services(self) -> tuple[str, ...]:
        """The services that it shares with the site, or may share."""
        return tuple(service for service, _ in self.effects)

    def does(self, effect: Effect) -> bool:
        """Whether it has an effect for any service."""
        return any(each is effect for _, each in self.effects)


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """What a rule says of one service: how many block, must be measured, or are unsure."""

    service: str
    verdict: Verdict
    blocking: int = 0
    doubtful: int = 0
    unsure: int = 0
    why: Reason | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one spacing rule says of a site.

    ``services`` are those that the rule looks at, in the order of the vocabulary; ``near`` all
    neighbours by distance, then code. ``radius_mm`` is ``None`` where no distance applies;
    ``unplaced`` the codes of institutions that could not be measured: without usable
    coordinates, perhaps of a shared service, and of a district that reaches within the distance.
    ``faulty``: applicants of the round whose rows could not be read and that may stand in the way.
    """

    rule: str
    verdict: Verdict
    radius_mm: int | None
    services: tuple[ServiceAnswer, ...] = ()
    near: tuple[Neighbour, ...] = ()
    unplaced: tuple[str, ...] = ()
    faulty: tuple[Faulty, ...] = ()
    why: Reason | None = None

    @property
    def blockers(self) -> tuple[Neighbour, ...]:
        """The neighbours that block a service."""
        return tuple(each for each in self.near if each.does(Effect.BLOCKS))

    def of(self, verdict: Verdict) -> tuple[str, ...]:
        """The services with a verdict."""
        return tuple(each.service for each in self.services if each.verdict is verdict)


def judged(
    service: str, near: Sequence[Neighbour], *, allowed: int, unplaced: int, why: Reason | None
) -> ServiceAnswer:
    """What the neighbours of a site make of one service.

    More than ``allowed`` that surely block: broken. If those that must be measured could make
    it more: measure on site. If those that are unsure or stand nobody knows where
    (``unplaced`` of them) could: undefined, for the reason of the first unsure one or ``why``.
    """
    effects = [effect for each in near for of, effect in each.effects if of == service]
    blocking, doubtful, unsure = (
        effects.count(each) for each in (Effect.BLOCKS, Effect.MEASURE, Effect.UNSURE)
    )
    counted = (blocking, doubtful, unsure)
    if blocking > allowed:
        return ServiceAnswer(service, Verdict.BROKEN, *counted)
    if blocking + doubtful > allowed:
        return ServiceAnswer(service, Verdict.MEASURE_ON_SITE, *counted)
    if sum(counted) + unplaced > allowed:
        own = (each.why for each in near if (service, Effect.UNSURE) in each.effects)
        return ServiceAnswer(service, Verdict.UNDEFINED, *counted, next(own, why))
    return ServiceAnswer(service, Verdict.KEPT, *counted)
