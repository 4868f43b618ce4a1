"""docs/reference/clauses.md: every clause, where it lives, its state, and what shows it."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.policy import Clause, Document
from tools.reference.markdown import code, codes, escaped, page, table
from tools.reference.source import Source, Uses, step_of

ABOUT = """
Every clause of every document on the shelf. *Lives in*: the rules, benchmarks, readings and
measures that carry it out, or the reason why it needs none. *State*: `here`, when this release
decides or computes it; `not_implemented`, with the step in which its engine comes, as a plan says
it too. *Shown by*: the tests that name the clause, and the worked cases of its rules on the
shelf.
"""

STANDINGS = {
    "issued": "issued",
    "draft": "a draft for comments: what is computed from it is 测算 (simulation)",
    "official_reading": "an official reading: what is computed from it is 测算 (simulation)",
}

MARKS = {
    "number_open": "read, but not where it stands in the text: check the number",
    "memory": "from memory: check before relying on it",
}


def clauses(source: Source) -> str:
    """The page."""
    return page("Clauses", ABOUT, _summary(source), _documents(source))


def state(uses: Uses, clause: Clause) -> str:
    """What this release does with a clause, in the words of the page."""
    later = {step_of(rule) for rule in uses.rules} - {""}
    here = any(not step_of(rule) for rule in uses.rules) or uses.measures or uses.benchmarks
    words = ["here"] if here or (uses.readings and not later) else []
    words += [f"not_implemented: step {step}" for step in sorted(later)]
    return "; ".join(words) or ("needs none" if clause.no_rule else "nowhere")


def _summary(source: Source) -> Iterator[str]:
    rows = []
    for document in source.book.documents.values():
        held = _clauses(source, document)
        states = [state(source.uses[each.id], each) for each in held]
        rows.append(
            [
                f"[{document.title_en}](#{document.id})",
                str(len(held)),
                str(sum(each.startswith("here") for each in states)),
                str(sum(each.startswith("not_implemented") for each in states)),
                str(states.count("needs none")),
                str(sum(bool(source.shown_by(each)) for each in held)),
            ]
        )
    heads = [
        "document",
        "clauses",
        "here",
        "not implemented",
        "needs none",
        "shown by a test or case",
    ]
    yield from table(heads, rows)


def _documents(source: Source) -> Iterator[str]:
    for document in source.book.documents.values():
        held = _clauses(source, document)
        if held:
            yield from _head(document)
            heads = ["clause", "text", "lives in", "state", "shown by"]
            yield from table(heads, (_row(source, clause) for clause in held))


def _head(document: Document) -> Iterator[str]:
    yield f'<a id="{document.id}"></a>'
    yield ""
    yield f"## {document.title_en}"
    yield ""
    number = f", {document.number}" if document.number else ""
    held = f"{document.since or 'an unknown day'} to {document.through or 'no stated end'}"
    issuer = f"{document.issuer} · {document.issuer_en}"
    yield f"{escaped(document.title)} ({issuer}{number})."
    yield f"Standing: {STANDINGS[document.standing]}. Holds from {held}."
    if document.note:
        yield f"{escaped(document.note)} · {escaped(document.note_en)}."
    yield ""


def _clauses(source: Source, document: Document) -> list[Clause]:
    return [c for layer in source.layers for c in layer.clauses if c.document == document.id]


def _row(source: Source, clause: Clause) -> list[str]:
    uses = source.uses[clause.id]
    marked = f" ({MARKS[clause.mark]})" if clause.mark in MARKS else ""
    if clause.checked:
        marked += f"<br>核对：{escaped(clause.checked)} · checked {escaped(clause.checked_en)}"
        marked += f", {clause.checked_on}"
    zh = f"{escaped(clause.at)}：{escaped(clause.text)}"
    text = f"{zh}<br>{escaped(clause.at_en)}: {escaped(clause.text_en)}{marked}"
    shown = "<br>".join(map(code, source.shown_by(clause)))
    return [
        f'<a id="{clause.id}"></a>{clause.id}',
        text,
        _home(uses, clause),
        state(uses, clause),
        shown,
    ]


def _home(uses: Uses, clause: Clause) -> str:
    homes = {
        "rule": [rule.rule for rule in uses.rules],
        "benchmark": [each.benchmark for each in uses.benchmarks],
        "reading": [each.reading for each in uses.readings],
        "measure": list(uses.measures),
    }
    told = [f"{kind}: {codes(names)}" for kind, names in homes.items() if names]
    if clause.no_rule:
        told.append(f"no rule: {escaped(clause.no_rule)}<br>{escaped(clause.no_rule_en)}")
    return "<br>".join(told)
