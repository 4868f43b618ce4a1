"""Reading the shelf for its pages: clauses with their rules, filtered; readings; worked cases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import QueryDict

from dingdian.actions.show_policy import Row, clauses_of, show_policy, value_words
from dingdian.core.digits import rounded
from dingdian.core.errors import ShelfError
from dingdian.core.indicators import MEASURES
from dingdian.core.policy import InForce, Policy, PolicyBook, Rank, Reading, Standing
from dingdian.core.policy.cases import Case
from dingdian.reports.wording import grouped
from dingdian.reports.words.labels import MOVED
from dingdian.web import bureau, clock
from dingdian.wiring import shelf

#: What a rule of a clause may be asked for: has a value on the day, has none, comes with a later
#: step; or the clause needs no rule.
IN_FORCE, NOT_IN_FORCE, LATER, NO_RULE = "in_force", "not_in_force", "later", "no_rule"
#: Of readings: there is one, or one is open.
ANY, OPEN = "any", "open"
_RANKS = tuple(Rank)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the shelf is asked for; empty text asks for everything."""

    day: dt.date
    document: str = ""
    state: str = ""
    reading: str = ""
    q: str = ""

    @classmethod
    def of(cls, given: QueryDict) -> Asked:
        """What an address asks for; a day that is none is today."""
        names = ("document", "state", "reading", "q")
        return cls(day_of(given), **{name: given.get(name, "").strip() for name in names})


@dataclass(frozen=True, slots=True)
class ClauseRows:
    """A clause with the rows of its rules: the first tells the clause itself."""

    first: Row
    rows: tuple[Row, ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """The readings of all its rules, each once."""
        return tuple({r.reading: r for row in self.rows for r in row.readings}.values())

    @property
    def states(self) -> frozenset[str]:
        """What its rules are on the day."""
        return frozenset(state_of(row) for row in self.rows)


def day_of(given: QueryDict) -> dt.date:
    """The day that an address asks for; today where it names none."""
    try:
        return dt.date.fromisoformat(given.get("day", ""))
    except ValueError:
        return clock.today()


def policy_on(day: dt.date) -> tuple[Policy, bool]:
    """What is in force on a day, and whether the plan of the place is among it."""
    terms = bureau.desk().terms
    place = terms.book.place_on(terms.place, day)
    return terms.book.on(place, day), place == terms.place


def state_of(row: Row) -> str:
    """What the rule of a row is on the day."""
    if not row.rule:
        return NO_RULE
    if row.step:
        return LATER
    return IN_FORCE if row.value is not None else NOT_IN_FORCE


@lru_cache(maxsize=8)
def _rows(fingerprint: str, place: str, day: dt.date) -> tuple[ClauseRows, ...]:
    del fingerprint  # the shelf as it was opened
    found = []
    for _, group in groupby(show_policy(_book(), place, day), key=lambda row: row.clause):
        its = tuple(group)
        found.append(ClauseRows(its[0], its))
    return tuple(found)


def _book() -> PolicyBook:
    return bureau.desk().terms.book


def clauses(policy: Policy, asked: Asked) -> list[ClauseRows]:
    """The clauses that the filters leave, in the order of their ids."""
    return [each for each in all_clauses(policy) if _fits(each, asked, policy)]


def all_clauses(policy: Policy) -> tuple[ClauseRows, ...]:
    """Every clause of a policy."""
    return _rows(_book().fingerprint, policy.place.place, policy.day)


def _fits(each: ClauseRows, asked: Asked, policy: Policy) -> bool:
    if asked.document and policy.clauses[each.first.clause].document != asked.document:
        return False
    if asked.state and asked.state not in each.states:
        return False
    if asked.reading == ANY and not each.readings:
        return False
    if asked.reading == OPEN and all(r.chosen is not None for r in each.readings):
        return False
    return not asked.q or _holds(_words_of(each), asked.q)


def _words_of(each: ClauseRows) -> Iterable[str]:
    first = each.first
    yield from (first.clause, first.text, first.text_en, first.at, first.at_en)
    for row in each.rows:
        yield from (row.rule, row.title, row.title_en)
    for reading in each.readings:
        yield from (reading.reading, reading.question, reading.question_en)


def readings(policy: Policy, q: str = "") -> list[Reading]:
    """The readings that a search leaves: the open ones first, then by id."""
    found = sorted(policy.readings.values(), key=lambda r: (r.chosen is not None, r.reading))
    return [
        each
        for each in found
        if not q
        or _holds(
            (each.reading, each.question, each.question_en, each.why, each.why_en, *each.clauses), q
        )
    ]


def _holds(words: Iterable[str], q: str) -> bool:
    wanted = q.casefold()
    return any(wanted in each.casefold() for each in words)


def rules_of(policy: Policy, clause: str) -> list[InForce[Any]]:
    """The rules that carry out a clause, by name."""
    found = [each for each in policy.rules.values() if clause in clauses_of(each)]
    return sorted(found, key=lambda each: each.rule.rule)


def history(rule: InForce[Any]) -> list[dict[str, Any]]:
    """Every value of a rule from its first day on, the one in force marked."""
    lang = bureau.lang()
    return [
        {
            "since": each.since,
            "value": None if each.value is None else value_words(each.value, lang),
            "clause": each.clause,
            "dated": each,
            "now": each is rule.dated,
        }
        for each in rule.rule.values
    ]


def cases_of(names: Sequence[str]) -> list[Case]:
    """The worked cases of some rules; none where those of the shelf cannot be read."""
    wanted = set(names)
    return [each for each in _cases(_book().fingerprint) if each.rule in wanted]


@lru_cache(maxsize=2)
def _cases(fingerprint: str) -> tuple[Case, ...]:
    del fingerprint
    try:
        found = shelf.cases(settings.CONFIG.policy)
    except ShelfError:
        return ()
    return tuple(case for cases in found.values() for case in cases)


def name_of(policy: Policy, id: str) -> str:
    """A measure, a rule or what else a reading moves, in words; its id where there are none."""
    if id in MOVED:
        return MOVED[id].say(bureau.lang())
    chinese = bureau.lang() == "zh"
    if id in policy.rules:
        rule = policy.rules[id].rule
        return rule.title if chinese else rule.title_en
    measure = MEASURES.get(id)
    if measure is None:
        return id
    return measure.zh if chinese else measure.en


def exact(value: Fraction) -> str:
    """A number with as many decimals as it has, at most six."""
    for places in range(7):
        if (value * 10**places).denominator == 1:
            return grouped(rounded(value, places))
    return grouped(rounded(value, 6))


def with_numbers(words: str, found: Reading) -> str:
    """The words of an option with the numbers of the reading where they name them."""
    for name in ("number", "low", "high"):
        value = getattr(found, name)
        if value is not None:
            words = re.sub(rf"(?<![A-Za-z_]){name}(?![A-Za-z_])", exact(value), words)
    return words


def documents(policy: Policy) -> list[dict[str, Any]]:
    """The documents of the shelf, with the number of their clauses that hold for the place."""
    counts: dict[str, int] = {}
    for clause in policy.clauses.values():
        counts[clause.document] = counts.get(clause.document, 0) + 1
    plan = policy.place.plan
    return [
        {
            "document": each,
            "clauses": counts.get(each.id, 0),
            "issued": each.standing is Standing.ISSUED,
            "plan": each.id == plan,
        }
        for each in sorted(policy.documents.values(), key=lambda d: (_RANKS.index(d.rank), d.id))
    ]
