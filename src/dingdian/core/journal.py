"""The journal: what people did in the office that is no move of a case, one note after the other.

A sign-in, a right that was given, an import, a step of a plan on its way to being issued. Notes
are chained like the entries of the ledger (``lifecycle.chain``), from a beginning of their own, so
that neither a note nor its absence can be slipped in.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dingdian.core.lifecycle.chain import Mark
from dingdian.core.lifecycle.entry import SHANGHAI, case_prefix

#: Version of the form of a note; a reader knows every version up to its own.
VERSION = 1

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody did.

    ``subject`` is what it was done to, such as ``plan:7`` or ``user:li``; ``act`` a code such as
    ``plan.issue``. ``at`` is the moment (Asia/Shanghai, to the second), ``by`` the user's name of
    sign-in (empty: the system), ``role`` that in which they acted, ``region`` the district that it
    concerns (empty: the whole place). ``facts`` are plain text; a fact that is not known is left
    out. ``seq`` is its number in the journal, from 1.
    """

    seq: int
    subject: str
    act: str
    at: dt.datetime
    by: str
    role: str = ""
    region: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def journal_mark(ledger: Mark) -> Mark:
    """The mark from which the journal of a ledger begins.

    >>> mark = Mark("sy-1", "shenyang", "sha256", dt.date(2026, 1, 1))
    >>> journal_mark(mark).id
    'sy-1/journal'
    """
    return replace(ledger, id=f"{ledger.id}/journal")


def body_of(note: Note) -> str:
    """The text that is stored and chained: the same note, the same text.

    Its first name is that of the chain, so that both chains are verified by the same code.

    >>> at = dt.datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
    >>> body_of(Note(1, "plan:7", "plan.issue", at, "li"))[:26]
    '{"case":"plan:7","seq":1,"'
    """
    content = {
        "case": note.subject,
        "seq": note.seq,
        "version": VERSION,
        "act": note.act,
        "at": note.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "by": note.by,
        "role": note.role,
        "region": note.region,
        "facts": dict(sorted(note.facts.items())),
    }
    body = _encode(content)
    assert body.startswith(case_prefix(note.subject))  # noqa: S101 -- what the chain rests on
    return body


def note_of(body: str) -> Note:
    """The note that a stored text stands for.

    Raises:
        ValueError: it is no text of a note, or of a version that came later.
    """
    found = json.loads(body)
    try:
        if found["version"] > VERSION:
            raise ValueError(f"note of version {found['version']}, known up to {VERSION}")
        return Note(
            found["seq"],
            found["case"],
            found["act"],
            dt.datetime.fromisoformat(found["at"]),
            found["by"],
            found["role"],
            found["region"],
            found["facts"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no note: {error}") from error
