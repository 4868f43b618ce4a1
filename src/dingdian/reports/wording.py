"""Wording: how a record is said in one language, from its codes and the words of the shelf."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Literal

from dingdian.core.census import TABLES
from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.digits import rounded
from dingdian.core.errors import Text
from dingdian.core.findings import State
from dingdian.core.indicators import MEASURES
from dingdian.core.record import (
    ClauseRecord,
    FigureRecord,
    FindingRecord,
    Named,
    QuotaRecord,
    ReasonRecord,
    Record,
)
from dingdian.core.units import UNITS
from dingdian.core.workings import Measure
from dingdian.reports.words import codes, labels

Lang = Literal["zh", "en"]
LANGUAGES: tuple[Lang, ...] = ("zh", "en")

_NOTHING: Mapping[str, Any] = MappingProxyType({})

_IN_BRACKETS = re.compile(r"（[^）]*）| ?\([^)]*\)")

#: The unit of money, and per language how many of it are one of the unit that reports show.
MONEY = "yuan"
_MONEY_SHOWN: Mapping[str, tuple[int, str]] = MappingProxyType(
    {"zh": (10_000, "万元"), "en": (1_000_000, "million yuan")}
)
_MONEY_PLACES = 2
_MUCH = 100_000_000  # yuan from which on Chinese sentences count in 亿元

#: The stock of a resource without the classes that are managed apart: its measure ends so.
GENERAL_POOL = "_general_pool"

#: Names made of a resource without a dot: ``quota_pharmacies``; longest first.
_JOINED = ("quota_limit_", "quota_own_", "quota_", "released_pool_", "released_", "asked_")
#: Those that the register names too, without the year.
_DATED = ("released_", "asked_")


def grouped(digits: str) -> str:
    """Digits with thousands separators and a true minus sign.

    >>> grouped("-1234567.80"), grouped("274")
    ('−1,234,567.80', '274')
    """
    whole, dot, part = digits.removeprefix("-").partition(".")
    text = f"{int(whole):,}" if whole.isdigit() else whole
    return ("−" if digits.startswith("-") else "") + text + dot + part


def long_day(day: dt.date, lang: Lang) -> str:
    """A day in words.

    >>> long_day(dt.date(2026, 1, 5), "zh"), long_day(dt.date(2026, 1, 5), "en")
    ('2026年1月5日', '5 January 2026')
    """
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_FIRST_HALF = ("January", "February", "March", "April", "May", "June")
_MONTHS = (*_FIRST_HALF, "July", "August", "September", "October", "November", "December")


def in_prose(value: Fraction, lang: Lang) -> str:
    """A whole number for prose: Chinese counts in 万 from ten thousand on.

    >>> in_prose(Fraction(335600), "zh"), in_prose(Fraction(335600), "en")
    ('33.56万', '335,600')
    """
    if lang == "en" or abs(value) < 10_000:
        return grouped(rounded(value, 0))
    return grouped(rounded(value / 10_000, 2)) + "万"


def not_submitted(figure: FigureRecord) -> bool:
    """Whether a number is missing only because nothing was submitted, which is no fault."""
    return figure.why is not None and figure.why.code == "not_submitted"


@dataclass(frozen=True)
class Words:
    """Everything that a record names, in one language.

    A name that the record does not know is shown as its identifier, never left empty.
    """

    record: Record
    lang: Lang = "zh"

    def say(self, text: Text, /, **details: object) -> str:
        """A sentence of the program."""
        return text.say(self.lang, **details)

    def say_raw(self, text: Text) -> str:
        """A sentence with its fields still open."""
        return self.pick(text.zh, text.en)

    def pick(self, zh: str, en: str) -> str:
        """One of two words."""
        return zh if self.lang == "zh" else en

    def name(self, named: Named | Measure) -> str:
        """The name of a part of the record, or of a measure."""
        return self.pick(named.zh, named.en)

    def beside(self, zh: str, en: str) -> str:
        """A text of the shelf; Chinese where a record made before has no English."""
        return self.pick(zh, en or zh)

    def join(self, parts: list[str]) -> str:
        """A list in a sentence."""
        return self.pick("、", ", ").join(parts)

    def quoted(self, words: str) -> str:
        """Words in quotation marks."""
        return self.pick(f"“{words}”", f'"{words}"')

    def label(self, table: Mapping[str, Text], code: str, /, **details: object) -> str:
        """A label of a table of words, or the code itself."""
        return self.say(table[code], **(self._years | details)) if code in table else code

    @property
    def _years(self) -> dict[str, object]:
        """The years that labels name: of the plan, and of the stock and releases it starts from."""
        return {"year": self.record.year, "stock_year": self.record.stock_day.year}

    # -- names ----------------------------------------------------------------

    def _held(self, part: str) -> Mapping[str, Any]:
        """What the record holds of a kind, by identifier; nothing where it holds no such thing.

        The words of a plan are also those of advice and decisions, whose records hold fewer things.
        """
        held: Mapping[str, Any] = getattr(self.record, part, _NOTHING)
        return held

    @property
    def _measures(self) -> Mapping[str, Named | Measure]:
        """The measures by identifier: of the record of a plan, else of the register."""
        record: object = self.record
        return record.measures if isinstance(record, Record) else MEASURES

    def scope(self, scope: str) -> str:
        """The name of an area."""
        found = self._held("scopes").get(scope)
        return self.name(found) if found else scope

    def rule(self, rule: str) -> str:
        """The title of a rule."""
        found = self.record.rules.get(rule)
        return self.name(found) if found else rule

    def reading(self, reading: str) -> str:
        """The question of a reading."""
        found = self.record.readings.get(reading)
        return self.name(found) if found else reading

    def chosen(self, reading: str) -> str:
        """The option that a reading stands on; — where it is open or not on the shelf."""
        found = self.record.readings.get(reading)
        return self.name(found.options[found.chosen]) if found and found.chosen else "—"

    def benchmark(self, name: str) -> str:
        """The title of a benchmark, of the shelf or of the bureau."""
        found = self.record.benchmarks.get(name)
        if found:
            return self.name(found)
        if name.startswith("designated_total_"):
            of = self.measure(name.removeprefix("designated_total_"))
            return self.label(labels.OWN_BENCHMARKS, "designated_total", of=of)
        return self.label(labels.OWN_BENCHMARKS, name)

    def resource(self, resource: str) -> str:
        """The name of what is handed out."""
        found = self._held("resources").get(resource)
        return self.name(found) if found else self.measure(resource)

    def handed_out(self, resource: str) -> str:
        """The name of a resource in quotas, which says when some classes are managed apart."""
        quotas: tuple[QuotaRecord, ...] = getattr(self.record, "quotas", ())
        apart = any(
            quota.resource == resource
            and quota.stock in self.record.figures
            and self.record.figures[quota.stock].measure == f"{resource}{GENERAL_POOL}"
            for quota in quotas
        )
        if apart and resource in labels.GENERAL_POOLS:
            return self.label(labels.GENERAL_POOLS, resource)
        return self.resource(resource)

    def measure(self, measure: str) -> str:
        """The name of a measure: of the register, or made from a rule, resource or reading."""
        found = self._measures.get(measure)
        if found and not measure.startswith(_DATED):
            return self._read_into(self.name(found))
        for prefix in _JOINED:
            if measure.startswith(prefix):
                of = self.handed_out(measure.removeprefix(prefix))
                return self.label(labels.MADE, prefix.rstrip("_"), of=of)
        head, _, rest = measure.partition(".")
        if head in labels.MADE:
            return self.label(labels.MADE, head, of=self._of(head, rest))
        if head in self._measures and rest:
            return f"{self.measure(head)} · {self._part(rest)}"
        return measure

    def _read_into(self, name: str) -> str:
        """A name with the options chosen in the place of words that leave it to a reading."""
        for reading, left_open in labels.LEFT_TO_READINGS.items():
            found = self.record.readings.get(reading)
            if found and found.chosen:
                option = self.name(found.options[found.chosen])
                name = name.replace(self.say(left_open), _IN_BRACKETS.sub("", option))
        return name

    def short(self, measure: str) -> str:
        """The hospital level that a measure of beds counts, else its whole name."""
        level = measure.rsplit("_", 1)[-1]
        return self.term("level", level) if level in CHOICES["level"] else self.measure(measure)

    def _of(self, head: str, rest: str) -> str:
        """What the rest of a made measure names: a rule and its parts, or a reading."""
        if head == "benchmark":
            return self.benchmark(rest)
        if head == "history":
            of, _, year = rest.rpartition(".")
            return self.pick(f"{year}年末{self.measure(of)}", f"{self.measure(of)} in {year}")
        first, _, parts = rest.partition(".")
        if head == "demand":
            return f"{self.column('demand', first)} · {parts}"
        if first in self.record.rules or head == "reading":
            name = self.reading(first) if head == "reading" else self.rule(first)
        else:
            name = self.measure(first)
        return " · ".join([name, *(self._part(part) for part in parts.split(".") if part)])

    def _part(self, part: str) -> str:
        """A part of a made name: a benchmark, a fund, a role, or another measure."""
        if part in self.record.benchmarks or part in labels.OWN_BENCHMARKS:
            return self.benchmark(part)
        for choice in ("fund", "entry_kind", "trigger", "kind", "type"):
            if part in CHOICES[choice]:
                return self.term(choice, part)
        if part in labels.ROLES:
            return self.label(labels.ROLES, part)
        flag = self.column("institutions", part)
        return flag if flag != part else self.measure(part)

    def role(self, role: str) -> str:
        """The role of a number in a finding: ``share:<measure>`` names both."""
        head, colon, rest = role.partition(":")
        if role in labels.ROLES:
            return self.label(labels.ROLES, role)
        if role in self._held("scopes"):
            return self.scope(role)
        if role in self._measures:
            return self.measure(role)
        if role in self.record.rules:
            return self.rule(role)
        if not colon:
            return self._part(head)
        region, dot, group = rest.partition("·")
        of = self.scope(region) if region in self._held("scopes") else self._part(region)
        return " · ".join([self.label(labels.ROLES, head), of, *([group] if dot else [])])

    def figure_name(self, key: str) -> str:
        """Measure and area of a figure, read off its key where the record does not hold it."""
        figure = self._held("figures").get(key)
        if figure is not None:
            measure, area = figure.measure, figure.scope
        else:
            measure, _, area = key.rpartition(".")
            if not measure or area not in self._held("scopes"):
                measure, area = key, ""
        name, scope = self.measure(measure), self.scope(area)
        return self.pick(f"{scope}{name}", f"{name}, {scope}") if scope else name

    def clause_place(self, clause: ClauseRecord) -> str:
        """Where a clause stands in its document, and what of that is still to be checked."""
        at = self.beside(clause.at, clause.at_en)
        if clause.mark not in labels.CLAUSE_MARKS:
            return at
        mark = self.label(labels.CLAUSE_MARKS, clause.mark)
        return at + self.pick(f"（{mark}）", f" ({mark})")

    # -- numbers --------------------------------------------------------------

    def unit(self, unit: str) -> str:
        """A unit as it is written behind a number; empty for a bare number."""
        if unit == MONEY:
            return _MONEY_SHOWN[self.lang][1]
        found = UNITS.get(unit)
        return self.pick(found.zh, found.en) if found else unit

    def scale(self, unit: str) -> int:
        """How many of a unit make one of the unit that is shown: money is shown in 万元."""
        return _MONEY_SHOWN[self.lang][0] if unit == MONEY else 1

    def number(self, figure: FigureRecord) -> str:
        """The number as printed (a share with its sign); 无法计算 where there is none."""
        value = figure.number
        if value is None:
            return self.say(labels.NOT_SUBMITTED) if not_submitted(figure) else self.undefined
        if figure.unit == MONEY:
            return grouped(rounded(value / self.scale(MONEY), _MONEY_PLACES))
        text = grouped(figure.decimal)
        return text + "%" if figure.unit == "share" else text

    def size(self, figure: FigureRecord) -> str:
        """The number without its sign, for sentences that say which way it goes."""
        return self.number(figure).removeprefix("−")

    def quantity(self, figure: FigureRecord) -> str:
        """The number with its unit."""
        unit = "" if figure.unit == "share" or figure.value is None else self.unit(figure.unit)
        space = " " if unit and self.lang == "en" else ""
        return f"{self.number(figure)}{space}{unit}"

    def prose(self, figure: FigureRecord) -> str:
        """The number with its unit as a sentence says it: many people in 万, much money in 亿元."""
        value = figure.number
        if figure.unit == MONEY and isinstance(value, Fraction) and self._is_much(value):
            return f"{grouped(rounded(value / _MUCH, _MONEY_PLACES))}亿元"
        if not isinstance(value, Fraction) or figure.unit != "person":
            return self.quantity(figure)
        return f"{in_prose(value, self.lang)}{self.pick('', ' ')}{self.unit(figure.unit)}"

    def _is_much(self, value: Fraction) -> bool:
        return self.lang == "zh" and abs(value) >= _MUCH

    def quantity_of(self, key: str) -> str:
        """The number of a figure with its unit; the key itself where there is no such figure."""
        figure = self._held("figures").get(key)
        return self.quantity(figure) if figure else key

    def labelled(self, parts: tuple[tuple[str, str], ...]) -> str:
        """Several numbers in one place, each behind its label: pairs of label and key."""
        colon, figures = self.pick("：", ": "), self.record.figures
        said = (f"{label}{colon}{self.number(figures[key])}" for label, key in parts)
        return self.pick("；", "; ").join(said)

    @property
    def undefined(self) -> str:
        """The word that stands where a number cannot be had."""
        return self.say(labels.STATES[State.UNDEFINED])

    def day(self, day: dt.date | None) -> str:
        """A day in words, — where there is none."""
        return long_day(day, self.lang) if day else "—"

    # -- sentences ------------------------------------------------------------

    def state(self, finding: FindingRecord) -> str:
        """What a finding says, in a word."""
        rule = self.record.rules.get(finding.rule)
        own = labels.STATES_OF_FAMILY.get(rule.family if rule else "", {})
        return self.say(own.get(finding.state) or labels.STATES[finding.state])

    def why(self, reason: ReasonRecord | None) -> str:
        """The sentence of a reason; empty without one."""
        if reason is None:
            return ""
        found = codes.SENTENCES.get(reason.code)
        return self.say(found, **self.details(reason)) if found else reason.code

    def details(self, reason: ReasonRecord) -> dict[str, str]:
        """The details of a reason in words, by name; those of ``LEFT_OUT`` may be missing."""
        return dict.fromkeys(LEFT_OUT, "") | {
            name: self._detail(name, text) for name, text in reason.details.items()
        }

    def _detail(self, name: str, text: str) -> str:
        """A detail of a reason in words."""
        if name in codes.TERMS:
            return self.term(codes.TERMS[name], text)
        if name in codes.CODES:
            return self.label(codes.CODES[name], text)
        speak = DETAILS.get(name)
        return speak(self, text) if speak else text

    def term(self, choice: str, word: str) -> str:
        """A term of the census vocabulary."""
        found = CHOICES[choice].get(word)
        return self.pick(found.zh, found.en) if found else word

    def column(self, table: str, column: str) -> str:
        """The name of a column of a table of the census."""
        field = next((f for f in TABLES[table] if f.name == column), None)
        return self.pick(field.zh, field.en) if field else column

    def table(self, table: str) -> str:
        """The name of a table of the census."""
        found = TABLES.get(table)
        return self.pick(found.zh, found.en) if found else table


#: So many items of a list are named.
_NAMED = 5


def _several(speak: Callable[[Words, str], str]) -> Callable[[Words, str], str]:
    """Speak each of a comma-separated list, the first five, and say how many there are."""

    def said(words: Words, text: str) -> str:
        parts = text.split(", ")
        named = words.join([speak(words, each) for each in parts[:_NAMED]])
        if len(parts) <= _NAMED:
            return named
        return named + words.pick(f"等{len(parts)}项", f" and {len(parts) - _NAMED} more")

    return said


def _rows(words: Words, text: str) -> str:
    """Rows of the ledger that a reason names, behind its sentence."""
    named = words.join(text.split("; "))
    return words.pick(f"，首先是：{named}", f", first: {named}") if text else ""


def _borders(words: Words, text: str) -> str:
    """Counties whose reach is an estimate for want of an outline, behind the sentence."""
    if text == "0":
        return ""
    return words.pick(
        f"；另有{text}个区县没有边界，其无坐标机构及于何处只按该区县有坐标的点估计",
        f"; {text} other counties have no outline: how far their institutions without coordinates "
        "reach is estimated from points of the county",
    )


def _ground(words: Words, text: str) -> str:
    """What a decision says of the circumstance, behind the name of its trigger."""
    return words.pick(f"（{text}）", f" ({text})") if text else ""


def _day(words: Words, text: str) -> str:
    return long_day(dt.date.fromisoformat(text), words.lang)


def _column(words: Words, text: str) -> str:
    fields = [f for table in TABLES.values() for f in table if f.name == text]
    return words.pick(fields[0].zh, fields[0].en) if fields else text


#: Details that a reason may go without.
LEFT_OUT = ("first", "ground")
#: Detail of a reason -> how it is said, where it is not said as it stands.
DETAILS: Mapping[str, Callable[[Words, str], str]] = MappingProxyType(
    {
        "keys": _several(Words.figure_name),
        "regions": _several(Words.scope),
        "first": _rows,
        "borders": _borders,
        "region": Words.scope,
        "rule": Words.rule,
        "reading": _several(Words.reading),
        "measure": Words.measure,
        "resource": Words.resource,
        "benchmark": Words.benchmark,
        "modelled": lambda words, text: words.quantity_of(text),
        "share": lambda words, text: words.quantity_of(text),
        "limit": lambda words, text: words.quantity_of(text),
        "metres": lambda _words, text: grouped(text),
        "table": Words.table,
        "column": _column,
        "ground": _ground,
        "decided_on": _day,
        "lifted_on": _day,
    }
)
