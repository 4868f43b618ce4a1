"""decisions.html: a round as one page that a planner reads offline and prints; no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from itertools import groupby

from dingdian.core.admission.record import (
    AdmissionConditionRecord,
    DecisionRecord,
    DecisionsRecord,
)
from dingdian.reports.admission import reasons, tables
from dingdian.reports.admission.frame import round_basis, round_title
from dingdian.reports.admission.grounds import cited_clauses
from dingdian.reports.admission.lines import condition_line, grounds_of
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.frame import mark_words
from dingdian.reports.grid import Table
from dingdian.reports.plan_html import TEMPLATES, environment
from dingdian.reports.wording import Lang
from dingdian.reports.words.decisions import COLUMNS, PAGE, SHEETS

FILE = "decisions.html"
#: Sheets of the workbook whose rows stand with each applicant on the page.
_WITH_CASES = {"conditions", "near", "advice", "exceptions", "faults"}


def write_page(record: DecisionsRecord, lang: Lang = "zh") -> bytes:
    """The page as UTF-8: the same record, the same bytes. Every name is escaped."""
    words = CaseWords(record, lang)
    css = "".join((TEMPLATES / name).read_text("utf-8") for name in ("plan.css", "decisions.css"))
    said = (
        environment()
        .get_template("decisions.html.j2")
        .render(
            words=words,
            record=record,
            page=_Page(words),
            css=css,
            css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
            title=round_title(words),
            basis=round_basis(words),
            marks=mark_words(words),
        )
    )
    return said.encode()


class _Page:
    """What the template asks of a round."""

    def __init__(self, words: CaseWords) -> None:
        self.words = words
        self.known = frozenset(cited_clauses(words))
        found = (each for each in tables.round_tables(words) if each.sheet not in _WITH_CASES)
        self.sections = [
            (sheet, words.label(SHEETS, sheet), list(its))
            for sheet, its in groupby(found, key=lambda table: table.sheet)
        ]

    def say(self, name: str, **details: object) -> str:
        """A phrase of the page."""
        return self.words.label(PAGE, name, **details)

    def head(self, name: str) -> str:
        """The heading of a column."""
        return self.words.label(COLUMNS, name)

    def sheet(self, name: str) -> str:
        """The name of a section."""
        return self.words.label(SHEETS, name)

    @property
    def before(self) -> list[tuple[str, str, list[Table]]]:
        """The sections before the cases: summary and lists."""
        return self.sections[:2]

    @property
    def after(self) -> list[tuple[str, str, list[Table]]]:
        """The sections after them."""
        return self.sections[2:]

    def anchor(self, decision: DecisionRecord) -> str:
        """The anchor of an applicant."""
        return tables.case_anchor(self.words, decision)

    def outcome(self, decision: DecisionRecord) -> str:
        """What it came to."""
        return tables.outcome(self.words, decision)

    def tone(self, decision: DecisionRecord) -> str:
        """The colour of its outcome."""
        return tables.tone(decision.final)

    def about(self, decision: DecisionRecord) -> Iterator[str]:
        """What stands under the name of an applicant: who it is, where it ranks."""
        words = self.words
        yield words.term("kind", decision.kind)
        yield words.scope(decision.district)
        yield words.join([words.term("service", each) for each in decision.services])
        yield tables.beds(words, decision)
        if decision.standing:
            merit = words.amount(decision.standing.merit, "")
            yield self.say("standing", rank=decision.standing.rank, merit=merit)
        yield self.say("case_day", day=words.day(decision.day))
        yield decision.source

    def stages(self, decision: DecisionRecord) -> list[tuple[str, list[AdmissionConditionRecord]]]:
        """The conditions by stage."""
        grouped = groupby(decision.conditions, key=lambda each: each.stage)
        return [(self.words.stage(stage), list(found)) for stage, found in grouped]

    def grounds(self, decision: DecisionRecord) -> list[str]:
        """What stands in the way, each with its numbers."""
        between = self.words.pick("　", " · ")
        lines = (condition_line(self.words, each) for each in grounds_of(decision))
        return [line.replace("  ", between) for line in lines]

    def met(self, each: AdmissionConditionRecord) -> str:
        """The colour of a condition."""
        return reasons.TONES.get(each.met.value, "unclear")

    def numbers(self, text: str | None, unit: str) -> str:
        """A value, a threshold or a shortfall."""
        return reasons.numbers(self.words, text, unit)

    def advice(self, decision: DecisionRecord) -> list[tuple[str, str]]:
        """The nearest changes: the condition, and what would turn it."""
        words = self.words
        return [(words.item(c), words.why(c.change)) for c in decision.conditions if c.change]

    def faults(self, decision: DecisionRecord) -> list[tuple[str, str, str]]:
        """Where, what, and how to mend it."""
        return [(f.where, *reasons.fault_words(self.words, f)) for f in decision.faults]

    def exceptions(self, decision: DecisionRecord) -> list[str]:
        """Recorded exceptions, each on one line."""
        return [
            self.words.pick("；", "; ").join(filter(None, (cell.text for cell in row.cells[2:])))
            for row in reasons.exceptions_of(self.words, decision)
        ]

    def takes(self, decision: DecisionRecord) -> str:
        """The places it uses up."""
        return tables.takes(self.words, decision)
