"""Letters as files: Word from a template that the bureau edits, and the same words as a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dingdian.core.admission.record import DecisionRecord, DecisionsRecord
from dingdian.reports.admission.letter import Letter
from dingdian.reports.admission.speech import CaseWords
from dingdian.reports.papers.blocks import read_blocks
from dingdian.reports.papers.fill import fill
from dingdian.reports.papers.letterhead import Letterhead
from dingdian.reports.papers.own import forms_of
from dingdian.reports.papers.page import page
from dingdian.reports.papers.template import LETTER

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
    found = forms_of(folder, (LETTER,))
    return LetterForms(found.templates[LETTER], found.letterhead)


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
        yield f"{name}.html", page(read_blocks(docx))


def file_name(record: DecisionsRecord, decision: DecisionRecord) -> str:
    """The name of an applicant's files: its id, or its number in the round where that is unfit."""
    id = decision.application
    if id and not _UNFIT.search(id) and not id.startswith("."):
        return id
    return f"{record.decisions.index(decision) + 1:04d}"
