"""The shapes that stand on the shelf. Every scalar of the shelf arrives here as text.

The shapes are frozen and refuse unknown keys. Numbers are exact: ``85%``, ``0.85``,
``17/20`` and ``1,000`` are read into ``Fraction`` and never pass through a float.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

Value = TypeVar("Value")

#: Digits (with thousands commas where they belong), decimals, percent; or a common fraction.
_NUMBER = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?%?|-?[0-9]+/[1-9][0-9]*")


def exact_number(text: object) -> Fraction:
    """Read an exact number: ``85%``, ``0.85``, ``17/20``, ``1,000``.

    Raises:
        ValueError: the text is not a number in one of these forms (inside a shape: a fault
            of kind ``shelf_not_a_number``).

    >>> exact_number("85%"), exact_number("6.77")
    (Fraction(17, 20), Fraction(677, 100))
    """
    if isinstance(text, Fraction | int) and not isinstance(text, bool):
        return Fraction(text)
    if isinstance(text, str) and _NUMBER.fullmatch(text.strip()):
        bare = text.strip().replace(",", "")
        return Fraction(bare[:-1]) / 100 if bare.endswith("%") else Fraction(bare)
    raise PydanticCustomError(
        "shelf_not_a_number",
        "not an exact number such as 85%, 0.85 or 17/20: {value}",
        {"value": text},
    )


def calendar_day(text: object) -> dt.date:
    """Read a day written as ``2025-07-02``; ``2025-7-2`` and a time of day are refused.

    Raises:
        ValueError: the text is not such a day (inside a shape: ``shelf_not_a_day``).
    """
    if isinstance(text, dt.date) and not isinstance(text, dt.datetime):
        return text
    if isinstance(text, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(text)
    raise PydanticCustomError(
        "shelf_not_a_day", "not a day such as 2025-07-02: {value}", {"value": text}
    )


Number = Annotated[Fraction, BeforeValidator(exact_number)]
Day = Annotated[dt.date, BeforeValidator(calendar_day)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
ClauseId = Annotated[str, Field(min_length=2)]
Words = Annotated[str, Field(min_length=1)]


def _beside(text: str, info: ValidationInfo) -> str:
    """English that stands exactly where its Chinese does: ``note_en`` beside ``note``."""
    chinese = (info.field_name or "").removesuffix("_en")
    if bool(text) != bool(info.data.get(chinese, text)):
        missing = chinese if text else f"{chinese}_en"
        raise PydanticCustomError("shelf_missing_language", "{key} is missing", {"key": missing})
    return text


#: The English of a text that may be left out: wanted exactly where the Chinese stands.
English = Annotated[str, Field(validate_default=True), AfterValidator(_beside)]


class Shape(BaseModel):
    """The base of all shapes of the shelf: frozen, no unknown key.

    Every text that a reader sees has its English beside it, under the same key with ``_en``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Said(Shape):
    """A text inside a value, in both languages."""

    text: Words
    text_en: Words


#: How many doubtful places the two plans of the shipped shelf have, numbered from 1.
DOUBTS = 42


class Standing(StrEnum):
    """What a text may be used for: only an issued one can ground a letter."""

    ISSUED = "issued"
    DRAFT = "draft"
    OFFICIAL_READING = "official_reading"


class Rank(StrEnum):
    """The rank of a document, highest first."""

    LAW = "law"
    REGULATION = "regulation"
    MINISTRY_RULE = "ministry_rule"
    NATIONAL_NOTICE = "national_notice"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"


class Document(Shape):
    """One government document: who issued it, its rank and standing, and when it holds.

    ``through`` is the last day on which it holds (inclusive, as documents write it). ``about``:
    whom it is about, empty for everybody.
    """

    id: Words
    title: Words
    title_en: Words
    issuer: Words
    issuer_en: Words
    number: str = ""
    number_en: English = ""
    rank: Rank
    standing: Standing
    dated: Day | None = None
    since: Day | None = None
    through: Day | None = None
    about: tuple[Literal["medical_institutions", "pharmacies"], ...] = ()
    note: str = ""
    note_en: English = ""

    @model_validator(mode="after")
    def _through_after_since(self) -> Document:
        if self.since and self.through and self.through < self.since:
            raise PydanticCustomError("shelf_days_reversed", "through lies before since")
        return self


class Clause(Shape):
    """One clause of a document. ``no_rule`` says why it needs none, where it needs none.

    ``mark``: ``verified`` where the text was read, ``number_open`` where what it says was read
    but not where it stands, ``memory`` where it must be checked against the text before anyone
    relies on it. ``checked`` says against which text it was held, ``checked_on`` when. ``steps``
    are the steps of a plan's way to its issue that it asks for (``core.dossier``).
    """

    id: ClauseId
    document: Words
    at: Words
    at_en: Words
    text: Words
    text_en: Words
    mark: Literal["verified", "number_open", "memory"] = "verified"
    checked: str = ""
    checked_en: English = ""
    checked_on: Day | None = None
    no_rule: str = ""
    no_rule_en: English = ""
    steps: tuple[Identifier, ...] = ()


class Dated(Shape, Generic[Value]):
    """A value from a day on, with its own clause; ``null`` repeals what stood before.

    ``checked_on`` is the day on which a person last looked and nothing had changed.
    """

    since: Day
    value: Value | None
    clause: ClauseId
    checked_on: Day
    note: str = ""
    note_en: English = ""


class Rule(Shape):
    """What all families of rules share. A family adds its own fields and the type of ``values``.

    ``unless``: readings and the option of each under which the rule is not applied.
    ``principle``: the text says 原则上, so that an exception is possible (and is then a
    recorded decision). ``step``: the step in which the engine of this family comes, where
    it is not there yet. ``local`` says what a lower layer may do to this rule.
    """

    rule: Identifier
    family: str
    title: Words
    title_en: Words
    clauses: Annotated[tuple[ClauseId, ...], Field(min_length=1)]
    principle: bool = False
    readings: tuple[Identifier, ...] = ()
    unless: dict[Identifier, Identifier] = Field(default_factory=dict)
    local: Literal["fixed", "stricter", "replace"] = "fixed"
    note: str = ""
    note_en: English = ""
    values: Annotated[tuple[Dated[Any], ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _dated_in_order(self) -> Rule:
        days = [each.since for each in self.values]
        if any(late <= early for early, late in itertools.pairwise(days)):
            raise PydanticCustomError(
                "shelf_overlapping_dates", "each 'since' must be later than the one before"
            )
        return self

    def on(self, day: dt.date) -> Dated[Any] | None:
        """The dated value in force on ``day``; ``None`` when none has begun yet."""
        begun = [each for each in self.values if each.since <= day]
        return begun[-1] if begun else None


class Reading(Shape):
    """A reading (口径): an unclear place of a text, the options, the chosen one and why.

    ``number`` (with ``low`` and ``high``) stands where the reading is a quantity rather than
    a choice. ``moves`` names the measures, limits or quotas that the choice can change.
    ``mark`` says how sure the ground is (``text``: the words themselves lead there;
    ``verified``: another public text; ``memory``; ``inferred``): a reading is never law.
    ``effect``: whether choosing otherwise changes numbers (``computed``), decisions about
    applicants (``admission``), assessments (``assessment``), moves and clocks of a life
    (``lifecycle``), who evaluates and how their sheets become one result (``panel``), the way of a
    plan to its issue (``procedure``), who is proposed to go when a stock shrinks (``retention``),
    how beds could move (``transfer``), what people have within reach (``access``), by when
    complaints are answered (``supervision``), is only
    said to the reader (``stated``; then ``carried_out`` is the one option that may be chosen,
    because nothing would be done about another), or will be asked for by the engine of a later
    step (``later``).
    """

    reading: Identifier
    doubts: tuple[Annotated[int, Field(ge=1, le=DOUBTS)], ...] = ()
    clauses: tuple[ClauseId, ...] = ()
    question: Words
    question_en: Words
    options: dict[Identifier, Words] = Field(min_length=1)
    options_en: dict[Identifier, Words] = Field(min_length=1)
    chosen: Identifier | None
    number: Number | None = None
    low: Number | None = None
    high: Number | None = None
    why: Words
    why_en: Words
    by: Words
    by_en: Words
    decided_on: Day
    mark: Literal["text", "verified", "memory", "inferred"] = "inferred"
    moves: tuple[str, ...] = ()
    effect: Literal[
        "computed",
        "admission",
        "assessment",
        "lifecycle",
        "panel",
        "procedure",
        "retention",
        "transfer",
        "access",
        "supervision",
        "stated",
        "later",
    ] = "computed"
    carried_out: Identifier | None = None

    @model_validator(mode="after")
    def _chosen_is_an_option(self) -> Reading:
        if self.chosen is not None and self.chosen not in self.options:
            raise PydanticCustomError(
                "shelf_chosen_not_an_option",
                "chosen {chosen} is not among {options}",
                {"chosen": self.chosen, "options": ", ".join(self.options)},
            )
        if set(self.options) != set(self.options_en):
            raise PydanticCustomError(
                "shelf_options_differ", "options and options_en must have the same identifiers"
            )
        return self


class Benchmark(Shape):
    """A mean, target or requirement that a measure is held against, with year and source.

    ``denominator`` names what the number is per; ``mark`` is ``verified``, ``memory``,
    ``inferred`` or ``plan`` (as printed in a plan, its own source unknown).
    """

    benchmark: Identifier
    measure: Identifier
    title: Words
    title_en: Words
    place: Words
    value: Number
    year: Annotated[int, Field(ge=1949, le=2100)] | None
    denominator: Words
    denominator_en: Words
    unit: Words
    unit_en: Words
    source: Words
    source_en: Words
    mark: Literal["verified", "memory", "inferred", "plan"]
    clauses: tuple[ClauseId, ...] = ()
    checked_on: Day

    @model_validator(mode="before")
    @classmethod
    def _year_from_text(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("year"), str):
            return {**data, "year": int(data["year"])} if data["year"].isdigit() else data
        return data


#: The form in which files of a shelf are written now; folders of an older one are read as this.
FORM = "2"


class PlaceCard(Shape):
    """A folder of the shelf: the place, its region code, the plan document and its layers.

    ``layers`` names the folders that hold for the place, highest first; the place's own is
    the last. ``plan`` is the document whose validity bounds the days that may be asked for.
    ``former_codes``: region codes that once stood for another region, and which one. ``form``:
    the form in which the files of the folder are written.
    """

    place: Identifier
    title: Words
    title_en: Words
    region_code: Words
    plan: Words | None = None
    layers: tuple[Identifier, ...]
    former_codes: dict[str, Words] = {}
    form: Words = "1"
