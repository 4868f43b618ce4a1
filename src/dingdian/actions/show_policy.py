"""Show a policy: what is in force on a day, clause by clause."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from dingdian.core.census.schema import TABLES, Kind
from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.indicators import MEASURES
from dingdian.core.policy import (
    CalendarYear,
    Clause,
    InForce,
    Number,
    Policy,
    PolicyBook,
    Reading,
    Said,
    Shape,
    Standing,
)
from dingdian.core.policy.parameters import PARAMETERS


@dataclass(frozen=True, slots=True)
class Row:
    """One clause and one rule that carries it out; ``rule`` is empty where no rule does.

    ``standing`` is that of the document (a draft grounds nothing), ``mark`` that of the
    clause (``memory``: to be checked). ``value`` is the value in force as text, ``None``
    before its first day and after its repeal. ``readings`` are those that the rule rests on, or
    that cite a clause without a rule. ``over`` names the higher layers that the rule displaced.
    ``no_rule`` is the reason of a clause that needs none.
    """

    clause: str
    document: str
    document_en: str
    standing: Standing
    mark: str
    at: str
    at_en: str
    text: str
    text_en: str
    rule: str = ""
    family: str = ""
    title: str = ""
    title_en: str = ""
    value: str | None = None
    value_en: str | None = None
    since: dt.date | None = None
    principle: bool = False
    readings: tuple[Reading, ...] = ()
    layer: str = ""
    over: tuple[str, ...] = ()
    step: str = ""
    note: str = ""
    note_en: str = ""
    no_rule: str = ""
    no_rule_en: str = ""


def show_policy(book: PolicyBook, place: str, day: dt.date) -> tuple[Row, ...]:
    """What is in force for ``place`` on ``day``: rows in the order of clause ids.

    A clause with several rules has several rows; one that only readings or benchmarks cite
    has one row with them and no rule.

    Raises:
        RequestError: no such place.
        NotInForceError: the day lies outside the validity of the place's plan.
    """
    policy = book.on(place, day)
    by_clause: dict[str, list[InForce[Any]]] = {}
    for in_force in policy.rules.values():
        for clause in clauses_of(in_force):
            by_clause.setdefault(clause, []).append(in_force)
    return tuple(
        row
        for clause in sorted(policy.clauses.values(), key=lambda each: each.id)
        for row in _rows(policy, clause, by_clause.get(clause.id, []))
    )


@dataclass(frozen=True, slots=True)
class YearRow:
    """One known year of the calendar; ``over`` names the higher layers whose year it replaces."""

    year: CalendarYear
    layer: str
    over: tuple[str, ...] = ()


def show_calendar(book: PolicyBook, place: str) -> tuple[YearRow, ...]:
    """The years whose working days are known for ``place``, ascending.

    Raises:
        RequestError: no such place.
    """
    years = book.calendar(place)
    layers = [book.layers[name] for name in book.layers[place].card.layers]
    rows = []
    for year, holds in years.items():
        names = [at.card.place for at in layers if any(each.year == year for each in at.calendar)]
        rows.append(YearRow(holds, names[-1], tuple(names[:-1])))
    return tuple(rows)


def clauses_of(in_force: InForce[Any]) -> tuple[str, ...]:
    """The clauses of a rule: that of the value in force first."""
    own = (in_force.dated.clause,) if in_force.dated else ()
    return tuple(dict.fromkeys((*own, *in_force.rule.clauses)))


def value_words(value: Any, lang: Literal["zh", "en"] = "zh") -> str:
    """A value of the shelf as text that reads as it was written, its texts in one language.

    A fraction stands as a percentage where it is a share, exactly; lists with commas.

    >>> value_words((Fraction(2), Fraction(3))), value_words({"x": Fraction(3, 5)})
    ('2, 3', 'x: 60%')
    >>> value_words({"base_year": "2024", "through": "2027-12-31"})
    '基准年度: 2024, 截至: 2027-12-31'
    >>> value_words(Fraction(800)), value_words(Fraction(1, 3)), value_words(None)
    ('800', '1/3', '—')
    >>> value_words(("warning_letter",)), value_words(("warning_letter",), "en")
    ('基金运行预警函', 'warning letter')
    >>> value_words(Said(text="无码不付", text_en="No code, no payment"), "en")
    'No code, no payment'
    """
    if value is None:
        return "—"
    if isinstance(value, Fraction):
        return _number(value)
    if isinstance(value, Mapping):
        words = _terms()[lang]
        pairs = ((words.get(str(k), k), value_words(each, lang)) for k, each in value.items())
        return ", ".join(f"{name}: {said}" for name, said in pairs if said)
    if isinstance(value, Said):
        return value.text if lang == "zh" else value.text_en
    if isinstance(value, Shape):
        names = [name for name in type(value).model_fields if not name.startswith("clauses_")]
        fields = {name: getattr(value, name) for name in names}
        return value_words({k: v for k, v in fields.items() if v != () or k == "value"}, lang)
    if isinstance(value, tuple | list):
        return ", ".join(value_words(each, lang) for each in value)
    return _terms()[lang].get(str(value), str(value))


@cache
def _terms() -> Mapping[str, Mapping[str, str]]:
    """Language -> identifier -> its word, for what means the same wherever a shelf writes it."""
    found: dict[str, set[tuple[str, str]]] = {}
    flags = (each for each in TABLES["institutions"] if each.kind is Kind.FLAG)
    for id, zh, en in (
        *((t.id, t.zh, t.en) for terms in CHOICES.values() for t in terms.values()),
        *((each.name, each.zh, each.en) for each in flags),
    ):
        found.setdefault(id, set()).add((zh, en))
    alone = {id: words for id, (words, *others) in found.items() if not others}
    alone |= {id: (each.zh, each.en) for id, each in MEASURES.items()}
    alone |= PARAMETERS
    return {
        "zh": {id: zh for id, (zh, _) in alone.items()},
        "en": {id: en for id, (_, en) in alone.items()},
    }


def _number(value: Number) -> str:
    if value.denominator == 1:
        return str(value)
    percent = value * 100
    return f"{percent}%" if percent.denominator == 1 and 0 < value < 1 else str(value)


def _rows(policy: Policy, clause: Clause, rules: list[InForce[Any]]) -> Iterator[Row]:
    document = policy.documents[clause.document]
    bare = Row(
        clause=clause.id,
        document=document.title,
        document_en=document.title_en,
        standing=document.standing,
        mark=clause.mark,
        at=clause.at,
        at_en=clause.at_en,
        text=clause.text,
        text_en=clause.text_en,
        no_rule=clause.no_rule,
        no_rule_en=clause.no_rule_en,
    )
    if not rules:
        citing = [each for each in policy.readings.values() if clause.id in each.clauses]
        yield replace(bare, readings=tuple(citing))
    for each in sorted(rules, key=lambda each: each.rule.rule):
        rule = each.rule
        known = [policy.readings.get(name) for name in rule.readings]
        yield replace(
            bare,
            rule=rule.rule,
            family=rule.family,
            title=rule.title,
            title_en=rule.title_en,
            value=None if each.value is None else value_words(each.value),
            value_en=None if each.value is None else value_words(each.value, "en"),
            since=each.dated.since if each.dated else None,
            principle=rule.principle,
            readings=tuple(reading for reading in known if reading),
            layer=each.layer,
            over=each.over,
            step=str(getattr(rule, "step", "")),
            note=rule.note,
            note_en=rule.note_en,
        )
