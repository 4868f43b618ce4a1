"""Make a letter: its number, its file and its note together, or none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from dingdian.core.errors import Fault, RequestError, fault
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.moves import Role
from dingdian.core.lifecycle.naming import told
from dingdian.reports.notices.kinds import AGAINST, NAMES, kinds_of
from dingdian.storage.manifest import file_digest
from dingdian.web import bureau, clock, papers
from dingdian.web.assessments import lettering
from dingdian.web.ledger.models import Picture, Region
from dingdian.web.letters.models import Letter
from dingdian.web.rights import Right
from dingdian.wiring import letters

if TYPE_CHECKING:
    import datetime as dt

    from dingdian.reports.notices.assessment import AssessmentResult
    from dingdian.reports.notices.office import Office
    from dingdian.reports.papers.own import Forms
    from dingdian.web.accounts.models import User
    from dingdian.web.cases.finding import Found

#: A letter that needs more than its entry: the version of the assessment that it names.
_OF_RESULTS = "assessment"


def kinds(entry: Entry) -> tuple[str, ...]:
    """The kinds of letters that may be made of an entry here.

    That of an assessment only where the version is here which the entry names.
    """
    found = kinds_of(entry)
    if _OF_RESULTS in found and lettering.version_of(entry) is None:
        return tuple(each for each in found if each != _OF_RESULTS)
    return tuple(found)


def _result(entries: Sequence[Entry], kind: str) -> AssessmentResult | None:
    """What the letter of an assessment tells besides its entry; ``None`` for any other letter."""
    return lettering.result_of(entries) if kind == _OF_RESULTS else None


#: The office in whose name an entry was recorded -> the right to make and serve its letters.
RIGHTS: Mapping[Role, Right] = MappingProxyType(
    {Role.AGENCY: Right.MOVE_CASES, Role.BUREAU: Right.DECIDE_CASES}
)


def office_of(entry: Entry) -> Role:
    """The office whose letters go with an entry: what the bureau did not record is the agency's."""
    return Role.BUREAU if entry.role == Role.BUREAU else Role.AGENCY


def right_for(entry: Entry) -> Right:
    """The right to make and serve the letters of an entry: that of its office."""
    return RIGHTS[office_of(entry)]


def annulled(entries: Sequence[Entry]) -> frozenset[int]:
    """The numbers of the entries that were annulled."""
    return frozenset(int(e.facts["entry"]) for e in entries if e.move == "annul")


def frame() -> tuple[Office, Forms]:
    """The office with its letterhead, and its templates: those of ``data/notices``, else shipped.

    Raises:
        RequestError: the letterhead is wrong, or the folder holds no template.
    """
    own = letters.forms(settings.CONFIG.data / "notices")
    picture = Picture.objects.first()
    names = dict(Region.objects.values_list("code", "name"))
    invented = picture is not None and picture.invented
    return letters.office(bureau.desk(), own, names, invented=invented), own


def upto(entries: Sequence[Entry], seq: int) -> tuple[Entry, ...]:
    """The entries of a case up to one of them; none where it is not of the case."""
    found = tuple(each for each in entries if each.seq <= seq)
    return found if found and found[-1].seq == seq else ()


def _day(entry: Entry) -> dt.date:
    """The day that a letter bears: that on which its entry was recorded, or rehearsed."""
    return clock.day_of(entry.known_at)


def word_file(entries: Sequence[Entry], kind: str) -> bytes:
    """The letter as it would be made now, without a number.

    Raises:
        RequestError: the template is wrong.
    """
    office, own = frame()
    said: dict[str, Any] = {
        "kind": kind,
        "day": _day(entries[-1]),
        "result": _result(entries, kind),
    }
    return letters.word_file(entries, office, own, **said)


def make(user: User, found: Found, seq: int, kind: str) -> Letter:
    """Make the letter of an entry under the next number of its series.

    The journal is held from the choice of the number to the end of the transaction, so that no
    number is given twice and none is left out. The file is written first: a file without a row
    does no harm.

    Raises:
        RequestError: the entry has no such letter or was annulled, the letter is made already, or
            its template is wrong; no number is then used.
    """
    office, own = frame()
    case = found.state.case
    with transaction.atomic(), bureau.journal().writing():
        every = tuple(bureau.desk().ledger.entries(case))
        entries = upto(every, seq)
        if faults := tuple(_refused(every, entries, seq, kind)):
            raise RequestError(faults)
        entry = entries[-1]
        day = _day(entry)
        series = letters.series(office, kind, day.year)
        n = (Letter.objects.filter(series=series).aggregate(n=Max("n"))["n"] or 0) + 1
        number = letters.number(series, n)
        result = _result(entries, kind)
        docx = letters.word_file(entries, office, own, kind=kind, day=day, n=n, result=result)
        sha256 = papers.put(docx, "docx")
        note = bureau.note(
            user,
            f"letter:{number}",
            "letter.make",
            region=found.district,
            case=case,
            entry=seq,
            kind=kind,
            n=n,
            sha256=sha256,
        )
        return Letter.objects.create(
            case=case,
            entry=seq,
            kind=kind,
            series=series,
            n=n,
            number=number,
            name=found.name,
            district=found.district,
            day=day,
            sha256=sha256,
            office=office_of(entry),
            runs=kind in AGAINST,
            made_by=user.username,
            made_at=note.at,
            last=note.seq,
        )


def _refused(
    every: Sequence[Entry], entries: Sequence[Entry], seq: int, kind: str
) -> Iterator[Fault]:
    if not entries or kind not in kinds(entries[-1]):
        known = NAMES.get(kind)
        said: dict[str, Any] = {
            "kind": known.en if known else kind,
            "kind_zh": known.zh if known else kind,
        }
        yield told("letter_none", seq=seq, **said)
        return
    if seq in annulled(every):
        yield told("letter_annulled", seq=seq)
    made = Letter.objects.filter(entry=seq, kind=kind, void_at=None).first()
    if made is not None:
        yield told("letter_made", number=made.number)


def content(letter: Letter) -> bytes:
    """The Word file of a letter, as it was made; one that is gone is made again from its entry.

    Raises:
        RequestError: the file was changed, or is gone and its template is another one now.
    """
    entries = upto(tuple(bureau.desk().ledger.entries(letter.case)), letter.entry)
    if not letter.path.exists() and entries and letter.kind in kinds(entries[-1]):
        office, own = frame()
        said: dict[str, Any] = {"kind": letter.kind, "day": letter.day, "n": letter.n}
        said["result"] = _result(entries, letter.kind)
        papers.put(letters.word_file(entries, office, own, **said), "docx")
    if not letter.path.exists() or file_digest(letter.path) != letter.sha256:
        raise RequestError((fault("paper_changed", name=letter.number),))
    return letter.path.read_bytes()


def letters_of(case: str) -> list[Letter]:
    """The letters that the institution of a case received: those served and not void, newest first.

    For the pages of institutions; ``content`` gives the file.
    """
    return list(Letter.objects.filter(case=case, void_at=None).exclude(served_on=None))
