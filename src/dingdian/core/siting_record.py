"""The record of a choice of sites, as plain data: the shape of siting.json.

Codes, numbers and names of the ledger, no words of the program. People are exact numbers (``7`` or
``7/3``), distances whole millimetres, degrees WGS84.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from dingdian.core.record import Code, Exact, Keys, Part, StreetsRecord
from dingdian.core.siting import Reason
from dingdian.core.solving import Ending, Proof, Sense, Status
from dingdian.core.spacing.verdict import Verdict

#: Changes when a field changes its meaning or goes away; a new optional field keeps it.
VERSION: Literal["1"] = "1"

Whole = Annotated[int, Field(ge=0)]
#: Why a candidate may not be chosen; ``actions.gather_candidates`` says what each means.
ClosedCode = Literal["blocked", "to_measure", "faulty", "other_service", "serves_already"]


class MarksRecord(Part):
    """Whether it is a simulation, of invented data, or another place's policy tried on it."""

    simulation: bool
    invented: bool
    as_if: bool


class DaysRecord(Part):
    """The day whose rules hold, that of the stock, and that of the census (null: not stated)."""

    rules: dt.date
    stock: dt.date
    census: dt.date | None


class OfPlanRecord(Part):
    """The plan whose places are quotas here: its year and the fingerprint of its result."""

    year: int
    result: str


class NewRecord(Part):
    """What a new institution would be."""

    kind: Code
    services: Keys


class LimitsRecord(Part):
    """What the search might take; ``seconds`` null: no clock was set."""

    nodes: Whole
    rounds: Whole
    seconds: float | None


class QuestionRecord(Part):
    """What was asked.

    ``places`` null: no limit. ``room``: people that a new one serves at most, null: no limit.
    ``goals``: in their order. ``quotas``: district -> new ones at most. ``priorities``: region or
    kind of locality -> whole weight of its people. ``source``: where candidates come from;
    ``spots`` and ``spots_apart_mm`` say how many localities are candidates where that is they.
    """

    stock: Code
    model: Literal["cover", "set", "median", "centre"]
    places: Whole | None
    room: int | None
    goals: Keys
    quotas: dict[str, Whole]
    plan: OfPlanRecord | None
    priorities: dict[str, int]
    source: Literal["spots", "file", "round"]
    spots: int
    spots_apart_mm: int
    new: NewRecord
    limits: LimitsRecord


class CircleRecord(Part):
    """The circle that counts as reached, and the rule that it rests on."""

    radius_mm: Whole
    rim_inside: bool
    along: str
    measured: Literal["straight", "walking", "driving"]
    rule: Code
    clauses: Keys
    standings: Keys


class SpacingRecord(Part):
    """A spacing rule: its distances, or ``why`` it says nothing; whether it parts new ones."""

    rule: Code
    clauses: Keys
    radii_mm: dict[str, int] | None
    why: str | None
    parts_new_ones: bool


class PeopleRecord(Part):
    """So many localities with so many people."""

    localities: Whole
    people: Exact


class DemandRecord(Part):
    """Whose way counts: insured or resident people by locality.

    ``without_position`` have no usable place, ``without_people`` no number of people.
    ``perhaps_reached``: within the position error of the rim. ``rounded``: people were rounded to
    whole persons for the search.
    """

    who: Literal["insured", "residents"]
    localities: Whole
    people: Exact
    without_position: Whole
    without_people: Whole
    perhaps_reached: PeopleRecord
    rounded: bool


class PlaceLeftRecord(Part):
    """What the plan says of new ones in an area; ``number`` null: nothing, ``why`` may say why."""

    stock: Code
    scope: Code
    number: Exact | None
    rules: Keys
    why: str | None


class BeyondRecord(Part):
    """An area where more were chosen than the plan hands out."""

    stock: Code
    scope: Code
    chosen: Whole
    most: Whole


class PlanRecord(Part):
    """The plan of the year, told beside the answer; it limits nothing by itself."""

    year: int
    result: str
    places: tuple[PlaceLeftRecord, ...]
    beyond: tuple[BeyondRecord, ...]


class GoalRecord(Part):
    """A goal: value counted anew, the bound that nothing can beat, the gap as a share.

    Null: not known. Bounds hold given the goals before.
    """

    name: Code
    sense: Sense
    value: int | None
    bound: int | None
    gap: Exact | None
    proof: Proof


class ClashRecord(Part):
    """A reason why nothing keeps the terms, and whom it is about: rows, at most some."""

    reason: Reason
    about: tuple[int, ...]


class AnswerRecord(Part):
    """What is known of the answer. ``rests_on_clock``: computing anew may give another."""

    status: Status
    ending: Ending
    rests_on_clock: bool
    goals: tuple[GoalRecord, ...]
    clashes: tuple[ClashRecord, ...]


class CandidateRecord(Part):
    """A place where one may go; null where its row has no such thing.

    ``verdict``: what the spacing rules say of it beside those that stand.
    """

    id: str
    name: str
    region: str | None
    district: str | None
    lon: float | None
    lat: float | None
    verdict: Verdict


class ChosenRecord(CandidateRecord):
    """A chosen site, first those that reach most new people.

    ``newly``: people reached who were not; ``alone``: by it alone of the chosen; ``nearest``: those
    who have it nearest; ``localities``: codes of those that it newly reaches. ``allotted``: people
    told to go there where room is limited, else null.
    """

    rank: Annotated[int, Field(ge=1)]
    newly: Exact
    alone: Exact
    nearest: Exact
    localities: Keys
    allotted: Whole | None


class ScopeRecord(Part):
    """People of an area reached once and twice, before and after; ``scope`` null: all of them."""

    scope: str | None
    people: Exact
    before: Exact
    after: Exact
    twice_before: Exact
    twice_after: Exact
    sites: Whole


class WayRecord(Part):
    """The straight way to the nearest: mean and longest (null: nobody stands), and whose it is."""

    mean_mm: Whole | None
    longest_mm: Whole | None
    longest_at: str


class WaysRecord(Part):
    """The ways before and after."""

    before: WayRecord
    after: WayRecord


class BlockerRecord(Part):
    """An institution that stands too near, or may."""

    code: str
    distance_mm: Whole


class ClosedRecord(CandidateRecord):
    """A candidate that may not be chosen, why, and who stands too near."""

    closed: ClosedCode | None
    blockers: tuple[BlockerRecord, ...]


class CandidatesRecord(Part):
    """The candidates: how many are open, closed (by why) and left out, and who the others are."""

    open: Whole
    closed: dict[ClosedCode, Whole]
    left_out: Whole
    too_near_pairs: Whole
    unclear_rules: Keys
    rules_that_part_no_new_ones: Keys
    why: tuple[ClosedRecord, ...]
    others: tuple[CandidateRecord, ...]


class LostRecord(Part):
    """A locality that nobody serves and no open candidate reaches."""

    code: str
    region: str | None
    people: Exact


class NotReachableRecord(Part):
    """All such localities, and the largest of them by name."""

    localities: Whole
    people: Exact
    largest: tuple[LostRecord, ...]


class EffortRecord(Part):
    """What was spent: nodes of a tree, rounds of a method of our own, steps of the simplex."""

    nodes: Whole
    rounds: Whole
    steps: Whole


class SitingPrints(Part):
    """SHA-256 of ledger, shelf, candidates (empty: localities) and result.

    ``content`` is the mark of the whole file (``core.fingerprint.content_mark``).
    """

    census: str
    shelf: str
    candidates: str = ""
    result: str
    content: str


class SitingRecord(Part):
    """A choice of sites; it binds nobody.

    ``readings``: reading -> option chosen. ``plan`` null: no plan was asked. ``streets`` stand
    where ways were measured along some.
    """

    version: Literal["1"]
    binding: Literal[False]
    place: Code
    region: Code
    marks: MarksRecord
    days: DaysRecord
    question: QuestionRecord
    circle: CircleRecord
    spacing: tuple[SpacingRecord, ...]
    readings: dict[str, str | None]
    demand: DemandRecord
    plan: PlanRecord | None
    answer: AnswerRecord
    chosen: tuple[ChosenRecord, ...]
    coverage: tuple[ScopeRecord, ...]
    way: WaysRecord
    candidates: CandidatesRecord
    not_reachable: NotReachableRecord
    effort: EffortRecord
    fingerprints: SitingPrints
    engine: str
    streets: StreetsRecord | None = None
