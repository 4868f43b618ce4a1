"""Which item of the shelf a person means, by identifier or by wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from dingdian.core.census.headings import plain
from dingdian.core.policy import Policy, Rule, Said

#: Table of a round -> a wording as it is compared -> the identifier that it means.
Words = Mapping[str, Mapping[str, str]]

#: Column that names an item or a rule of the shelf, by table.
NAMING: Mapping[str, str] = MappingProxyType(
    {
        "materials": "item",
        "facts": "item",
        "records": "item",
        "scores": "item",
        "exceptions": "rule",
    }
)
#: Purpose of a checklist -> the tables whose rows speak of its items.
_OF_PURPOSE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "material": ("materials",),
        "condition": ("facts",),
        "refusal": ("facts", "records"),
        "suspension": (),
        "termination": (),
    }
)


def item_words(policy: Policy) -> Words:
    """The items of the checklists and evaluations of a policy, and its rules, as rows name them.

    Items of every dated value count: a case may keep the rules of an earlier day.
    """
    found: dict[str, dict[str, str]] = {name: {} for name in NAMING}
    for rule in (each.rule for each in policy.rules.values()):
        for table, name, words in _named(rule):
            for word in (name, *words):
                found[table].setdefault(plain(word), name)
    return MappingProxyType({name: MappingProxyType(its) for name, its in found.items()})


def wordings(rules: Iterable[Rule]) -> Mapping[str, tuple[str, ...]]:
    """Table -> the Chinese wordings that its rows may name, in the order of the rules."""
    found: dict[str, dict[str, None]] = {name: {} for name in NAMING}
    for table, _, words in (each for rule in rules for each in _named(rule)):
        found[table].setdefault(words[0])
    return {name: tuple(its) for name, its in found.items()}


def _named(rule: Rule) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """What a rule lets rows name: table, identifier, and its wording in both languages."""
    yield "exceptions", rule.rule, (rule.title, rule.title_en)
    for table, item, said in _items(rule):
        yield table, item, (said.text, said.text_en)


def _items(rule: Rule) -> Iterator[tuple[str, str, Said]]:
    """The items of a rule, each with the table whose rows speak of it."""
    for value in (dated.value for dated in rule.values if dated.value is not None):
        if rule.family == "checklist":
            for item in value:
                for table in _OF_PURPOSE[rule.purpose]:  # type: ignore[attr-defined]
                    yield table, item.item, item
        if rule.family == "evaluation":
            for looked in (each for its in value.parts.values() for each in its):
                yield "scores", looked.item, looked
