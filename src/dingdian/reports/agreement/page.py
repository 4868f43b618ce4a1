"""plan.html against plan.json: every element that names a key prints the number of that key."""

from __future__ import annotations

from html.parser import HTMLParser

from dingdian.core.record import FigureRecord, Record
from dingdian.reports.agreement.difference import Compared, Difference
from dingdian.reports.wording import Lang, Words


class _Page(HTMLParser):
    """Collects the elements that carry a key, with the text in them."""

    def __init__(self) -> None:
        super().__init__()
        self.lang: Lang = "zh"
        self.found: list[tuple[str, str, str]] = []
        self._open: list[tuple[str, str, str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element with a key."""
        named = {name: value or "" for name, value in attrs}
        if tag == "html" and named.get("lang", "").startswith("en"):
            self.lang = "en"
        if "data-key" in named:
            self._open.append((tag, named["data-key"], named.get("data-exact", ""), []))

    def handle_data(self, data: str) -> None:
        """Text belongs to the element that is open."""
        if self._open:
            self._open[-1][3].append(data)

    def handle_endtag(self, tag: str) -> None:
        """The element is whole."""
        if self._open and self._open[-1][0] == tag:
            _, key, exact, texts = self._open.pop()
            self.found.append((key, exact, "".join(texts)))


def compare_page(record: Record, file: str, content: bytes) -> Compared:
    """Compare plan.html, in whichever language it is."""
    page = _Page()
    page.feed(content.decode())
    words, differences = Words(record, page.lang), []
    for key, exact, text in page.found:
        figure = record.figures.get(key)
        if figure is None:
            differences.append(Difference(file, key, key, text, ""))
            continue
        allowed = _ways(words, figure)
        if text not in allowed:
            differences.append(Difference(file, words.figure_name(key), key, text, allowed[0]))
        elif exact and exact != _exact(figure):
            wanted = _exact(figure)
            differences.append(Difference(file, words.figure_name(key), key, exact, wanted))
    return Compared(file, len(page.found), tuple(differences))


def _ways(words: Words, figure: FigureRecord) -> tuple[str, ...]:
    """The ways in which a number may be printed."""
    return (
        words.number(figure),
        words.quantity(figure),
        words.prose(figure),
        words.size(figure),
    )


def _exact(figure: FigureRecord) -> str:
    value = figure.value
    return value if isinstance(value, str) else value.float if value else ""
