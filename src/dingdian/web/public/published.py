"""What the bureau publishes of plans and consultations, as an edition carries it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import Any


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its title in both languages, the name under which it is saved, its bytes."""

    title: str
    name: str
    content: bytes
    title_en: str = ""


@dataclass(frozen=True, slots=True)
class IssuedPlan:
    """A plan that was issued.

    ``number`` is that of its document (文号), ``stage`` one of ``core.dossier``. ``since`` and
    ``through``: when it holds, ``None`` where that is not stated.
    """

    id: str
    title: str
    year: int
    issued_on: dt.date
    fingerprint: str
    number: str = ""
    stage: str = "issued"
    since: dt.date | None = None
    through: dt.date | None = None
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a comment: its id, as what somebody spoke, the outcome, the answer."""

    id: str
    kind: str
    outcome: str
    answer: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation, open or closed; both days of its window belong to it."""

    id: str
    title: str
    opens: dt.date
    closes: dt.date
    text: str = ""
    fingerprint: str = ""
    papers: tuple[Paper, ...] = ()
    answers: tuple[Answered, ...] = ()


#: What became of a case that was under notice.
OUTCOMES = ("open", "review", "closed", "signed", "not_admitted", "withdrawn")


@dataclass(frozen=True, slots=True)
class Notice:
    """A case under public notice, as its notice names it; both days belong to its window."""

    id: str
    name: str
    kind: str
    district: str
    address: str
    opens: dt.date
    closes: dt.date
    outcome: str
    settled_on: dt.date | None = None

    def told(self) -> dict[str, Any]:
        """As an edition carries it."""
        days = {"opens": self.opens, "closes": self.closes, "settled_on": self.settled_on}
        return asdict(self) | {name: day.isoformat() if day else None for name, day in days.items()}


@dataclass(frozen=True, slots=True)
class Reply:
    """Where something that somebody sent stands: by the digest of its receipt."""

    digest: str
    kind: str
    status: str
    day: dt.date
    answer: str = ""

    def told(self) -> dict[str, Any]:
        """As an edition carries it."""
        return asdict(self) | {"day": self.day.isoformat()}


def plan_parts(plans: Sequence[IssuedPlan]) -> Iterator[tuple[str, Any, Mapping[str, bytes]]]:
    """Of each plan: its id, what a list says of it, and its files by the name of their part."""
    for each in plans:
        papers, files = _papers("plans", each.id, each.papers)
        yield (
            each.id,
            {
                "id": each.id,
                "title": each.title,
                "number": each.number,
                "year": each.year,
                "issued_on": each.issued_on.isoformat(),
                "fingerprint": each.fingerprint,
                "stage": each.stage,
                "since": each.since.isoformat() if each.since else None,
                "through": each.through.isoformat() if each.through else None,
                "papers": papers,
            },
            files,
        )


def consultation_parts(
    consultations: Sequence[Consultation],
) -> Iterator[tuple[str, Any, Mapping[str, bytes]]]:
    """The same of consultations."""
    for each in consultations:
        papers, files = _papers("consultations", each.id, each.papers)
        yield (
            each.id,
            {
                "id": each.id,
                "title": each.title,
                "text": each.text,
                "opens": each.opens.isoformat(),
                "closes": each.closes.isoformat(),
                "fingerprint": each.fingerprint,
                "papers": papers,
                "answers": [asdict(answer) for answer in each.answers],
            },
            files,
        )


def _papers(
    area: str, id: str, papers: Sequence[Paper]
) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """What is told of papers, and the papers; files are numbered, names are only told."""
    folder = hashlib.sha256(id.encode()).hexdigest()[:16]
    told, files = [], {}
    for at, each in enumerate(papers, 1):
        suffix = PurePath(each.name).suffix.lower()
        file = f"{area}/{folder}/{at:02d}{suffix if suffix.isascii() else ''}"
        files[file] = each.content
        told.append(
            {
                "title": each.title,
                "title_en": each.title_en or each.title,
                "name": each.name,
                "file": file,
                "size": len(each.content),
                "sha256": hashlib.sha256(each.content).hexdigest(),
            }
        )
    return told, files
