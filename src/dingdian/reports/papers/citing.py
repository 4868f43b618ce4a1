"""How a paper cites: only an issued clause whose text was checked is a legal basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dingdian.core.errors import Text
from dingdian.reports.papers.contents import titled
from dingdian.reports.words import labels

#: What a paper that cannot be served bears in its title and on every page.
SPECIMEN = Text("样张", "Specimen")
NO_EFFECT = Text("样　张　　不具有效力，不得送达", "Specimen: of no effect, not to be served")
#: Standing of a document, and mark of a clause, that make it a legal basis.
ISSUED, CHECKED = "issued", "verified"


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause as it is cited: its document as titled, where it stands, its words.

    ``standing`` is that of the document, ``mark`` that of the clause.
    """

    document: str
    at: str
    text: str
    standing: str
    mark: str

    @property
    def binding(self) -> bool:
        """Whether it is a legal basis."""
        return self.standing == ISSUED and self.mark == CHECKED


def cited(citations: Iterable[Citation], *, basis: bool, text: bool) -> Iterator[str]:
    """The clauses by document, one line each: those that are a legal basis, or the others.

    ``text``: with their words; else only where they stand.
    """
    found: dict[str, dict[str, None]] = {}
    for each in citations:
        if each.binding is basis:
            words = f"：{each.text.rstrip('。')}" if text else ""
            found.setdefault(each.document, {})[each.at + words] = None
    for document, places in found.items():
        yield f"{document}{('；' if text else '、').join(places)}。"


def document_cited(title: str, number: str, standing: str) -> str:
    """A document with its number, or with its standing where it is not issued."""
    if standing == ISSUED:
        return titled(title) + (number and f"（{number}）")
    said = labels.STANDINGS[standing].zh
    return titled(title) + ("" if said in title else f"（{said}）")
