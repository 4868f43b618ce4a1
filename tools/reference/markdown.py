"""Markdown of the reference pages: tables whose cells cannot break out of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from dingdian.core.digits import natural


def escaped(text: str) -> str:
    """Text that stands as itself in a cell of a table.

    >>> escaped("a | b <c> *d* ~e~")
    'a \\\\| b &lt;c> \\\\*d\\\\* \\\\~e\\\\~'
    """
    plain = " ".join(text.split())
    for mark in ("\\", "|", "*", "~", "`"):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("<", "&lt;")


def code(text: str) -> str:
    """An identifier, as code; empty text stays empty.

    >>> code("beds_per_1000"), code("")
    ('`beds_per_1000`', '')
    """
    return f"`{text}`" if text else ""


def codes(names: Iterable[str]) -> str:
    """Identifiers, as code, in the order given."""
    return ", ".join(map(code, names))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table and the empty line after it; cells are Markdown already."""
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return [*lines, ""]


def page(title: str, about: str, *parts: Iterable[str]) -> str:
    """A whole page: its title, what it is and is made from, and its lines."""
    head = [
        f"# {title}",
        "",
        *about.strip().splitlines(),
        "",
        "Made by `make docs`; do not edit.",
        "",
    ]
    lines = [*head, *(line for part in parts for line in part)]
    return "\n".join(lines).rstrip() + "\n"


def number(value: Fraction) -> str:
    """An exact number: as a decimal when it ends within four places, else as a fraction.

    >>> number(Fraction(17, 20)), number(Fraction(1, 3))
    ('0.85', '1/3')
    """
    text = natural(value)
    return text if Fraction(text) == value else str(value)
