"""Letters: the notice of an entry as a Word file, and the notices of a ledger as a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import RequestError

if TYPE_CHECKING:
    from dingdian.core.lifecycle.entry import Entry
    from dingdian.reports.notices.assessment import AssessmentResult
    from dingdian.reports.notices.numbers import Sequences
    from dingdian.reports.notices.office import Office
    from dingdian.reports.papers.own import Forms
    from dingdian.wiring.lives import Desk

#: What a folder of notices is known by; a folder without it is somebody's own.
NOTICES_MARK = ".dingdian-notices"
#: The note of the journal by which a letter got its number (``web/letters``).
MADE = "letter.make"


def forms(folder: Path | None) -> Forms:
    """The bureau's own templates and letterhead, or as shipped where the folder is not there.

    Raises:
        RequestError: the letterhead is wrong, or the folder holds none of the templates.
    """
    from dingdian.reports.notices.write import notice_forms

    if folder is None or not folder.is_dir():
        return _shipped()
    return notice_forms(folder)


@lru_cache(maxsize=1)
def _shipped() -> Forms:
    from dingdian.reports.notices.write import notice_forms

    return notice_forms(None)


def office(desk: Desk, forms: Forms, regions: Mapping[str, str], *, invented: bool) -> Office:
    """In whose name letters go out; marked as specimens where the data are invented."""
    from dingdian.reports.notices.office import Office
    from dingdian.reports.words.labels import MARK_REASONS, MARKS

    card = desk.terms.book.layers[desk.terms.place].card
    marks = (f"{MARKS['invented'].zh}：{MARK_REASONS['invented'].zh}",) if invented else ()
    return Office(desk.terms, card.title, forms.letterhead, regions, marks)


def series(office: Office, kind: str, year: int) -> str:
    """The series in which a letter of a year is numbered: its number with ``{n}`` left open."""
    from dingdian.reports.notices.numbers import series_of

    return series_of(office.head.numbers, kind, city=office.city, year=year)


def number(series: str, n: int) -> str:
    """A number of a series."""
    return series.replace("{n}", str(n))


def word_file(
    entries: Sequence[Entry],
    office: Office,
    forms: Forms,
    *,
    kind: str,
    day: dt.date,
    n: int = 0,
    result: AssessmentResult | None = None,
) -> bytes:
    """The letter of the last of ``entries`` as a Word file; ``n`` 0: it has no number yet.

    ``day`` is the day that it bears.
    ``entries`` are those of its case up to it, ``result`` what the letter of an assessment tells.
    The same ones, templates and letterhead give the same bytes.

    Raises:
        RequestError: what letters need is not installed, or the template is wrong.
    """
    from dingdian.reports.notices.notice import notice_of
    from dingdian.reports.notices.write import word_file as filled
    from dingdian.wiring.papers import installed

    installed()
    notice = notice_of(entries, len(entries) - 1, office, n=n, kind=kind, day=day, result=result)
    return filled(kind, notice, forms)


def as_page(docx: bytes) -> bytes:
    """The words of a letter as a page without scripts."""
    from dingdian.reports.notices.write import as_page as made

    return made(docx)


def given(desk: Desk) -> Sequences:
    """The numbers that the web system gave, by entry and kind; the last where one was void."""
    from dingdian.storage.db.journal import DbJournal

    ledger = desk.ledger
    notes = DbJournal(ledger.mark, ledger.alias, ledger.shown).of_act(MADE)
    return {(int(e.facts["entry"]), e.facts["kind"]): int(e.facts["n"]) for e in notes}


def write_folder(
    desk: Desk,
    out: Path,
    *,
    case: str | None,
    seqs: Sequence[int],
    templates: Path | None,
    assessment: Path | None,
    force: bool,
) -> int:
    """Write the notices of some entries: those named, else of one case, else of the whole ledger.

    ``assessment`` is the folder whose results the notices of assessments tell. Where the web system
    numbers letters, theirs are the only numbers: what has none yet bears a blank. Returns how many.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.core.lifecycle.naming import told
    from dingdian.core.lifecycle.reading import cases_by_id
    from dingdian.reports.notices.joining import results_of
    from dingdian.reports.notices.kinds import kinds_of
    from dingdian.reports.notices.write import notice_forms, write_notices
    from dingdian.storage.folders import Out, check_free
    from dingdian.storage.folders import write_folder as write
    from dingdian.wiring import assessments
    from dingdian.wiring.papers import installed

    installed()
    target = Out(out, force, ours=lambda folder: (folder / NOTICES_MARK).is_file())
    check_free(target, folder=True)
    cases = cases_by_id(desk.ledger.entries())
    if case is not None and case not in cases:
        raise RequestError((told("case_unknown", case=case),))
    of_case = cases[case] if case is not None else [e for its in cases.values() for e in its]
    wanted = seqs or [each.seq for each in of_case if kinds_of(each)]
    results = results_of(assessments.read_assessed(assessment), cases) if assessment else {}
    own = notice_forms(templates)
    sequences = _sequences(desk, cases)
    made = write_notices(
        cases, wanted, _office(desk, own), own, sequences=sequences, results=results
    )

    def fill(folder: Path) -> None:
        (folder / NOTICES_MARK).write_text(f"{desk.ledger.mark.id}\n", "utf-8")
        for name, content in made:
            (folder / name).write_bytes(content)

    write(target, fill)
    return sum(len(kinds_of(e)) for its in cases.values() for e in its if e.seq in set(wanted))


def _sequences(desk: Desk, cases: Mapping[str, Sequence[Entry]]) -> Sequences | None:
    """The numbers that were given and 0 for every other; ``None`` where none was given."""
    from dingdian.reports.notices.kinds import kinds_of

    numbers = given(desk)
    if not numbers:
        return None
    every = ((e.seq, kind) for its in cases.values() for e in its for kind in kinds_of(e))
    return {each: numbers.get(each, 0) for each in every}


def _office(desk: Desk, own: Forms) -> Office:
    """The office with the regions of the last census kept."""
    census = desk.ledger.census(dt.date.max)
    if census is None:
        return office(desk, own, {}, invented=False)
    table = census.tables["regions"]
    pairs = zip(table["code"].cells(), table["name"].cells(), strict=True)
    regions = {str(code): str(name) for code, name in pairs}
    return office(desk, own, regions, invented=census.invented)
