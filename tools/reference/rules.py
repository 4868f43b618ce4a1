"""docs/reference/rules.md: every rule of the shelf, by document, with all its dated values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from dingdian.core.policy import Document, Rule, Shape
from tools.reference.markdown import code, codes, escaped, number, page, table
from tools.reference.source import Source, clauses_of, step_of

ABOUT = """
Every rule of the shelf, under the document of its first clause. A value holds from its day until
the next one; `repealed` means that nothing holds from that day on. *In principle* marks 原则上: an
exception is possible, and is then a recorded decision.
"""


def rules(source: Source) -> str:
    """The page."""
    return page("Rules", ABOUT, _documents(source))


def _documents(source: Source) -> Iterator[str]:
    home = {clause.id: clause.document for layer in source.layers for clause in layer.clauses}
    for document in source.book.documents.values():
        own = [rule for rule in source.rules.values() if home[rule.clauses[0]] == document.id]
        if own:
            yield from _head(document)
            for rule in own:
                yield from _rule(source, rule)


def _head(document: Document) -> Iterator[str]:
    yield f"## {document.title_en}"
    yield ""
    yield f"{escaped(document.title)}"
    yield ""


def _rule(source: Source, rule: Rule) -> Iterator[str]:
    yield f"### {rule.rule}"
    yield ""
    yield f"{escaped(rule.title)} · {escaped(rule.title_en)}"
    yield ""
    facts = [
        f"family {code(rule.family)}",
        "clauses " + ", ".join(f"[{each}](clauses.md#{each})" for each in clauses_of(rule)),
        "in principle (原则上)" if rule.principle else "",
        f"readings {_links(rule.readings)}" if rule.readings else "",
        f"`not_implemented` until step {step_of(rule)}" if step_of(rule) else "",
        f"a lower layer may {rule.local} it" if rule.local != "fixed" else "",
        f"worked cases: {len(source.cases[rule.rule])}" if rule.rule in source.cases else "",
        _both(rule.note, rule.note_en),
    ]
    yield from (f"- {fact}" for fact in facts if fact)
    yield from (f"- {name}: {shown(value)}" for name, value in _own_fields(rule))
    yield ""
    heads = ["since", "value", "clause", "checked on", "note"]
    yield from table(
        heads,
        (
            [str(v.since), shown(v.value), v.clause, str(v.checked_on), _both(v.note, v.note_en)]
            for v in rule.values
        ),
    )


def _both(zh: str, en: str) -> str:
    return f"{escaped(zh)} · {escaped(en)}" if zh else ""


def _links(readings: tuple[str, ...]) -> str:
    return ", ".join(f"[{code(each)}](readings.md#{each})" for each in readings)


def _own_fields(rule: Rule) -> Iterator[tuple[str, object]]:
    """The fields that the family adds, where they say anything."""
    for name in type(rule).model_fields:
        if (
            name not in Rule.model_fields
            and name != "step"
            and getattr(rule, name) not in (None, (), "")
        ):
            yield name, getattr(rule, name)


def shown(value: object) -> str:
    """A value of the shelf as a reader sees it: exact numbers, identifiers as code."""
    if value is None:
        return "repealed"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, Shape):
        told = {name: getattr(value, name) for name in type(value).model_fields}
        if "text_en" in told:
            least = f" (at least {number(told['at_least'])})" if told.get("at_least") else ""
            return f"{escaped(str(told['text']))} · {escaped(str(told['text_en']))}{least}"
        parts = (f"{k}: {_part(v)}" for k, v in told.items() if v not in ((), ""))
        return "; ".join(parts)
    if isinstance(value, Mapping):
        return "; ".join(f"{code(str(k))}: {shown(v)}" for k, v in value.items())
    if isinstance(value, tuple):
        if any(isinstance(each, Shape) for each in value):
            return "<br>".join(map(shown, value))
        return codes(map(str, value))
    text = str(value)
    return code(text) if text.isascii() and " " not in text else escaped(text)


def _part(value: object) -> str:
    return "no number given" if value is None else shown(value)
