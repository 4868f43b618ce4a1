"""The rows of a workbook's tables, with items and steps by identifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from dingdian.core.admission.rows import Row
from dingdian.core.assessment.contract import NAMING
from dingdian.core.census.headings import plain
from dingdian.core.census.places import place_of
from dingdian.core.census.table import Table
from dingdian.core.errors import Fault, fault
from dingdian.core.policy import Policy, Rule, Said

#: Table -> a wording as it is compared -> the identifier that it means.
Words = Mapping[str, Mapping[str, str]]


def item_words(policy: Policy) -> Words:
    """What the rows of each table may name, under a policy."""
    found: dict[str, dict[str, str]] = {name: {} for name in NAMING}
    for rule in (each.rule for each in policy.rules.values()):
        for table, name, said in _named(rule):
            for word in (name, said.text, said.text_en):
                found[table].setdefault(plain(word), name)
    return MappingProxyType({name: MappingProxyType(its) for name, its in found.items()})


def wordings(rules: Iterable[Rule]) -> Mapping[str, tuple[str, ...]]:
    """Table -> the Chinese wordings that its rows may name, in the order of the rules."""
    found: dict[str, dict[str, None]] = {name: {} for name in NAMING}
    for table, _, said in (each for rule in rules for each in _named(rule)):
        found[table].setdefault(said.text)
    return {name: tuple(its) for name, its in found.items()}


def _named(rule: Rule) -> Iterator[tuple[str, str, Said]]:
    for value in (dated.value for dated in rule.values if dated.value is not None):
        if rule.family == "score_sheet":
            for item in (*value.items, *value.bonus):
                yield "scores", item.item, item
                yield "appeals", item.item, item
            for item in value.items:
                yield "surveys", item.item, item
            for vote in value.one_vote:
                yield "one_vote", vote.item, vote
        if rule.family == "bottom_rank":
            for step in value.steps:
                yield "confirmations", step.step, step
                yield "agreement_terms", step.step, step


def rows_of(name: str, table: Table, words: Words | None, faults: list[Fault]) -> list[Row]:
    """The rows of a table; a wording that means nothing is kept as it is, with a fault."""
    columns = {each: column.cells() for each, column in table.columns.items()}
    naming = NAMING.get(name, "")
    known = (words or {}).get(name)
    found = []
    for at in range(len(table)):
        cells = {each: values[at] for each, values in columns.items()}
        row = Row(name, cells, table.origin[at], place_of(table, at))
        word = cells.get(naming)
        if isinstance(word, str) and known is not None:
            meant = known.get(plain(word))
            cells[naming] = meant or word
            if meant is None:
                place = row.at(table.schema[naming].zh)
                faults.append(fault("assessment_item_unknown", place, value=word))
        found.append(row)
    return found
