"""Letters as files: Word from a template that the bureau edits, and the same words as a page."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dingdian.core.admission.record import DecisionRecord, DecisionsRecord
from dingdian.core.errors import RequestError, fault
from dingdian.reports.admission.letter import Letter
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.papers.blocks import Paper, Paragraph, read_blocks
from dingdian.reports.papers.fill import fill
from dingdian.reports.papers.letterhead import Letterhead, read_letterhead
from dingdian.reports.papers.template import LETTER, LETTERHEAD, template
from dingdian.reports.plan_html import TEMPLATES, environment

#: The template of a letter, in a folder of templates and beside the letters made with it.
TEMPLATE = f"{LETTER}.docx"
_UNFIT = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class LetterForms:
    """The template of a letter as a Word file, and the letterhead."""

    template: bytes
    letterhead: Letterhead


def letter_forms(folder: Path | None) -> LetterForms:
    """A bureau's own template and letterhead; what its folder does not hold is as shipped.

    Raises:
        RequestError: neither is there, or the letterhead is wrong.
    """
    if folder is None:
        return LetterForms(template(LETTER), Letterhead())
    own, head = folder / TEMPLATE, folder / LETTERHEAD
    if not own.is_file() and not head.is_file():
        known = f"{TEMPLATE}、{LETTERHEAD}"
        raise RequestError((fault("no_templates", path=str(folder), known=known),))
    word = own.read_bytes() if own.is_file() else template(LETTER)
    return LetterForms(word, read_letterhead(head) if head.is_file() else Letterhead())


def write_letters(
    record: DecisionsRecord, forms: LetterForms, decisions: tuple[DecisionRecord, ...]
) -> Iterator[tuple[str, bytes]]:
    """The letters of some applicants, Word and page: name of the file and its bytes.

    The same record and template give the same bytes.

    Raises:
        RequestError: the template is wrong.
    """
    words = CaseWords(record)
    for each in decisions:
        name = file_name(record, each)
        letter = Letter(words, each, forms.letterhead)
        docx = fill(forms.template, TEMPLATE, letter, {}).docx
        yield f"{name}.docx", docx
        yield f"{name}.html", _page(read_blocks(docx))


def file_name(record: DecisionsRecord, decision: DecisionRecord) -> str:
    """The name of an applicant's files: its id, or its number in the round where that is unfit."""
    id = decision.application
    if id and not _UNFIT.search(id) and not id.startswith("."):
        return id
    return f"{record.decisions.index(decision) + 1:04d}"


def _page(paper: Paper) -> bytes:
    css = (TEMPLATES / "letter.css").read_text("utf-8")
    paragraphs = [each for each in paper.blocks if isinstance(each, Paragraph)]
    said = (
        environment()
        .get_template("letter.html.j2")
        .render(
            paper=paper,
            paragraphs=paragraphs,
            tags={"title": "h1", "level1": "h2", "level2": "h3"},
            css=css,
            css_hash=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
        )
    )
    return said.encode()
