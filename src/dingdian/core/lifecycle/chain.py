"""The chain: each entry's digest covers its bytes and the digest before, so no change is silent.

``digest(n) = H(digest(n - 1) ‖ body(n))`` over UTF-8, with ``digest(0) = H(mark)``: the mark
says whose ledger it is, so that the entries of one cannot be passed off as another's. Who cuts
the end off leaves a sound chain behind: the head, exported and signed outside, finds that.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.lifecycle.entry import case_prefix

#: Name of an algorithm -> what makes its digest object. SM3 needs an OpenSSL that has it.
ALGORITHMS: Mapping[str, Callable[[bytes], hashlib._Hash]] = MappingProxyType(
    {
        "sha256": hashlib.sha256,
        "sm3": lambda content: hashlib.new("sm3", content),
    }
)
#: Version of the ledger as stored: tables, mark and entries together.
VERSION = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose ledger it is: its id, place on the shelf, algorithm and the day it was opened."""

    id: str
    place: str
    algorithm: str
    opened_on: dt.date
    version: int = VERSION

    def text(self) -> str:
        """The text that begins the chain."""
        content = [self.id, self.place, self.algorithm, self.opened_on.isoformat(), self.version]
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored entry: its number, its case as indexed, its text and its digest (hexadecimal)."""

    seq: int
    case: str
    body: str
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many entries there are, and the digest of the last one."""

    entries: int
    digest: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and why: a code of ``BREAKS`` and the entry's number."""

    kind: str
    seq: int


#: Why a chain does not hold; each is a kind of fault, ``ledger_…``.
BREAKS = ("gap", "changed", "wrong_case", "shortened", "other_history")


def start(mark: Mark) -> str:
    """The digest before the first entry.

    >>> start(Mark("a", "shenyang", "sha256", dt.date(2026, 1, 1)))[:12]
    '12f0a3686725'
    """
    return ALGORITHMS[mark.algorithm](mark.text().encode()).hexdigest()


def link(algorithm: str, before: str, body: str) -> str:
    """The digest of an entry after the digest before it."""
    return ALGORITHMS[algorithm](bytes.fromhex(before) + body.encode()).hexdigest()


def breaks(mark: Mark, entries: Iterable[Stored], *, heads: Iterable[Head] = ()) -> Iterator[Break]:
    """Where the chain does not hold; none for one that is whole.

    ``heads`` are those exported before: each must be found where it says. After a break the
    chain is followed on from the digest as stored, so that every break is told and not only the
    first.
    """
    make = ALGORITHMS[mark.algorithm]
    before, last, case, prefix = bytes.fromhex(start(mark)), 0, "", ""
    wanted = {each.entries: each.digest for each in heads}
    if wanted.get(0, start(mark)) != start(mark):
        yield Break("other_history", 0)
    for each in entries:
        if each.seq != last + 1:
            yield Break("gap", last + 1)
        found = make(before + each.body.encode()).hexdigest()
        if found != each.digest:
            yield Break("changed", each.seq)
        if each.case != case:
            case, prefix = each.case, case_prefix(each.case)
        if not each.body.startswith(prefix):
            yield Break("wrong_case", each.seq)
        if wanted.get(each.seq, each.digest) != each.digest:
            yield Break("other_history", each.seq)
        before, last = _bytes_of(each.digest), each.seq
    for number in sorted(wanted):
        if number > last:
            yield Break("shortened", last)
            return


def _bytes_of(digest: str) -> bytes:
    """The bytes of a stored digest; none where it was changed into something that is no digest."""
    try:
        return bytes.fromhex(digest)
    except ValueError:
        return b""
