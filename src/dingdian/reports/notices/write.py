"""Notices as files: Word from templates that the bureau edits, and the same words as a page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.naming import said_move, told
from dingdian.reports.notices.assessment import AssessmentResult
from dingdian.reports.notices.kinds import KINDS, kinds_of
from dingdian.reports.notices.notice import notice_of
from dingdian.reports.notices.numbers import Sequences, sequences_of
from dingdian.reports.notices.office import Office
from dingdian.reports.papers.blocks import read_blocks
from dingdian.reports.papers.fill import Answers, fill
from dingdian.reports.papers.own import Forms, forms_of
from dingdian.reports.papers.page import page


def notice_forms(folder: Path | None) -> Forms:
    """A bureau's own templates and letterhead; what its folder does not hold is as shipped.

    Raises:
        RequestError: none of them is there, or the letterhead is wrong.
    """
    return forms_of(folder, KINDS)


def file_name(seq: int, kind: str) -> str:
    """The name of a notice's files, without its ending."""
    return f"{seq:06d}-{kind}"


def write_notices(
    cases: Mapping[str, Sequence[Entry]],
    seqs: Collection[int],
    office: Office,
    forms: Forms,
    *,
    sequences: Sequences | None = None,
    results: Mapping[int, AssessmentResult] = MappingProxyType({}),
) -> Iterator[tuple[str, bytes]]:
    """The notices of some entries, Word and page: name of the file and its bytes.

    ``cases`` are all entries by case: numbers are counted over all of them, unless ``sequences``
    brings them. ``results`` are those of assessments, by the number of their entry. The letterhead
    is that of ``forms``. The same ledger and templates give the same bytes.

    Raises:
        RequestError: an entry is not there or has no notice, or a template is wrong.
    """
    if sequences is None:
        sequences = sequences_of(entry for entries in cases.values() for entry in entries)
    office = office.headed(forms.letterhead)
    at = {each.seq: (case, i) for case, all in cases.items() for i, each in enumerate(all)}
    _check(cases, seqs, at)
    for seq in sorted(seqs):
        case, index = at[seq]
        for kind in kinds_of(cases[case][index]):
            n, result = sequences[seq, kind], results.get(seq)
            notice = notice_of(cases[case], index, office, n=n, kind=kind, result=result)
            yield from _files(file_name(seq, kind), kind, notice, forms)


def word_file(kind: str, notice: Answers, forms: Forms) -> bytes:
    """A notice as a Word file.

    Raises:
        RequestError: its template is wrong.
    """
    return fill(forms.templates[kind], f"{kind}.docx", notice, {}).docx


def as_page(docx: bytes) -> bytes:
    """The words of such a file as a page."""
    return page(read_blocks(docx))


def _files(name: str, kind: str, notice: Answers, forms: Forms) -> Iterator[tuple[str, bytes]]:
    docx = word_file(kind, notice, forms)
    yield f"{name}.docx", docx
    yield f"{name}.html", as_page(docx)


def _check(
    cases: Mapping[str, Sequence[Entry]], seqs: Collection[int], at: Mapping[int, tuple[str, int]]
) -> None:
    faults = []
    for seq in sorted(seqs):
        if seq not in at:
            faults.append(told("entry_unknown", seq=seq, last=max(at, default=0)))
            continue
        case, index = at[seq]
        entry = cases[case][index]
        if not kinds_of(entry):
            faults.append(told("entry_without_notice", seq=seq, **said_move(entry.move)))
    if faults:
        raise RequestError(tuple(faults))
