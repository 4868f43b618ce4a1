"""An entry of the ledger: one move of one case, and the only bytes that stand for it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: Version of the form of an entry; a reader knows every version up to its own.
VERSION = 1
#: Days and hours of the ledger are those of China.
SHANGHAI = dt.timezone(dt.timedelta(hours=8))

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened to a case.

    ``held_on`` is the day on which it held, ``known_at`` the moment at which it was recorded
    (Asia/Shanghai, to the second): the two may lie apart. ``source`` and ``target`` are stages,
    ``source`` empty for the first entry. ``facts`` are those of the move, as text; ``remarks``
    are what was odd about it and did not stop it. ``seq`` is its number in the ledger, from 1.
    """

    seq: int
    case: str
    move: str
    source: str
    target: str
    held_on: dt.date
    known_at: dt.datetime
    by: str
    role: str
    clauses: tuple[str, ...] = ()
    reason: str = ""
    documents: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def body_of(entry: Entry) -> str:
    """The text that is stored and chained: the same entry, the same text.

    It begins with the case, so that the case of a stored text is known without parsing it.

    >>> at = dt.datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
    >>> day = dt.date(2026, 3, 1)
    >>> body_of(Entry(1, "a", "accept", "applied", "evaluating", day, at, "li", "agency"))[:26]
    '{"case":"a","seq":1,"versi'
    """
    content: dict[str, Any] = {
        "case": entry.case,
        "seq": entry.seq,
        "version": VERSION,
        "move": entry.move,
        "from": entry.source,
        "to": entry.target,
        "held_on": entry.held_on.isoformat(),
        "known_at": entry.known_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "by": entry.by,
        "role": entry.role,
        "clauses": entry.clauses,
        "reason": entry.reason,
        "documents": entry.documents,
        "facts": dict(sorted(entry.facts.items())),
        "remarks": entry.remarks,
    }
    return _encode(content)


def case_prefix(case: str) -> str:
    """How the text of every entry of a case begins."""
    return f'{{"case":{_encode(case)},'


def entry_of(body: str) -> Entry:
    """The entry that a stored text stands for.

    Raises:
        ValueError: it is no text of an entry, or of a version that came later.
    """
    found = json.loads(body)
    try:
        if found["version"] > VERSION:
            raise ValueError(f"entry of version {found['version']}, known up to {VERSION}")
        return Entry(
            found["seq"],
            found["case"],
            found["move"],
            found["from"],
            found["to"],
            dt.date.fromisoformat(found["held_on"]),
            dt.datetime.fromisoformat(found["known_at"]),
            found["by"],
            found["role"],
            tuple(found["clauses"]),
            found["reason"],
            tuple(found["documents"]),
            found["facts"],
            tuple(found["remarks"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no entry: {error}") from error
