"""plan.html: the plan as one page that a planner reads, opens without a network and prints."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dingdian.core.record import Record
from dingdian.reports.charts import charts
from dingdian.reports.conclusions import Num, Sentence, part_text, sentences
from dingdian.reports.derivations import Block, blocks, computed_as
from dingdian.reports.frame import basis, frame_title, mark_words
from dingdian.reports.grid import Table
from dingdian.reports.tables import plan_tables
from dingdian.reports.wording import Lang, Words
from dingdian.reports.words import page
from dingdian.reports.words.headings import SHEETS
from dingdian.reports.words.sentences import GROUPS

TEMPLATES = Path(__file__).parent / "templates"


def environment() -> Environment:
    """What fills the templates of pages: every value is escaped, an unknown name is an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def write_html(record: Record, lang: Lang = "zh") -> bytes:
    """The page as UTF-8: the same record, the same bytes.

    It asks for nothing outside itself and runs no script. Every name is escaped.
    """
    words = Words(record, lang)
    css = (TEMPLATES / "plan.css").read_text(encoding="utf-8")
    view = _Page(words)
    said = (
        environment()
        .get_template("plan.html.j2")
        .render(
            words=words,
            record=record,
            page=view,
            css=css,
            css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
            title=frame_title(words),
            basis=basis(words),
            marks=mark_words(words),
            charts=charts(words),
        )
    )
    return said.encode()


class _Page:
    """What the template asks of a record: its parts in order, and how a number is shown."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.tables = plan_tables(words.record, words.lang)
        self.sentences = sentences(words)
        self.blocks = blocks(words, (key for each in self.sentences for key in each.keys))
        self._derived = frozenset(block.key for block in self.blocks)
        self._anchored: set[str] = set()

    def say(self, name: str, **details: object) -> str:
        """A phrase of the page."""
        return self.words.label(page.PHRASES, name, **details)

    def groups(self) -> Iterable[tuple[str, list[Sentence]]]:
        """The conclusions by group, with its name."""
        for group, found in groupby(self.sentences, key=lambda each: each.group):
            yield self.words.label(GROUPS, group), list(found)

    def parts(self, sentence: Sentence) -> list[tuple[str, str]]:
        """The parts of a sentence: text and the key of its number, empty for words."""
        return [
            (part_text(self.words, part), part.key if isinstance(part, Num) else "")
            for part in sentence.parts
        ]

    def sections(self) -> list[tuple[str, str, list[Table]]]:
        """The tables by sheet: its id, name and tables."""
        return [
            (sheet, self.words.label(SHEETS, sheet), list(found))
            for sheet, found in groupby(self.tables, key=lambda table: table.sheet)
        ]

    def derived(self, key: str) -> bool:
        """Whether the derivation of a figure stands on the page."""
        return key in self._derived

    def anchor(self, key: str) -> str:
        """The id of a figure where a table prints it first, empty at every later place."""
        if key in self._anchored:
            return ""
        self._anchored.add(key)
        return f"fig-{key}"

    def number(self, key: str) -> str:
        """The number of a figure as printed."""
        return self.words.number(self.words.record.figures[key])

    def exact(self, key: str) -> str:
        """The exact value of a figure; empty where it is undefined."""
        value = self.words.record.figures[key].value
        return value if isinstance(value, str) else value.float if value else ""

    def hint(self, key: str) -> str:
        """What stands behind a number, on one line."""
        figure = self.words.record.figures[key]
        found = self.words.why(figure.why) or computed_as(self.words, figure)
        return f"{key}{self.words.pick('｜', ' | ')}{found}" if found else key

    def block_inputs(self, block: Block) -> list[tuple[str, str, str]]:
        """The inputs of a derivation: role, key, and name with number."""
        figures = self.words.record.figures
        return [
            (role, key, f"{self.words.figure_name(key)} {self.words.quantity(figures[key])}")
            for role, key in block.inputs
        ]
