"""Letters of many entries at once: each under its own number, by itself, the others told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dingdian.core.errors import DingdianError
from dingdian.core.lifecycle.reading import cases_by_id
from dingdian.web import bureau
from dingdian.web.cases.finding import find
from dingdian.web.errors import fault_lines
from dingdian.web.letters import making
from dingdian.web.letters.models import Letter

if TYPE_CHECKING:
    from collections.abc import Container

    from dingdian.web.accounts.models import User
    from dingdian.web.rights import Districts

#: So many letters that were not made are told.
_TOLD = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """A letter that may be made: of which case and entry, and of which kind."""

    case: str
    seq: int
    kind: str


@dataclass
class Made:
    """What came of making letters: how many were made, and why others were not."""

    numbers: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As plain data; of those that were not made the first hundred are named."""
        first = [list(each) for each in self.refused[:_TOLD]]
        return {"made": len(self.numbers), "refused": len(self.refused), "told": first}


def of_entries(numbers: Container[int], districts: Districts) -> list[Wanted]:
    """The letters of some entries that were not made yet, in the order of the entries.

    ``districts`` are those of the cases that somebody may make letters of; ``None``: all.
    """
    made = set(Letter.objects.filter(void_at=None).values_list("entry", "kind"))
    found = []
    for case, entries in cases_by_id(bureau.desk().ledger.entries()).items():
        its = [each for each in entries if each.seq in numbers]
        kinds = [(each.seq, kind) for each in its for kind in making.kinds(each)]
        fresh = [each for each in kinds if each not in made]
        if not fresh:
            continue
        gone = making.annulled(entries)
        if districts is not None:
            seen = find(case)
            if seen is None or seen.district not in districts:
                continue
        found += [Wanted(case, seq, kind) for seq, kind in fresh if seq not in gone]
    return sorted(found, key=lambda each: (each.seq, each.kind))


def make_all(user: User, wanted: Iterable[Wanted], tell: Callable[[int], None]) -> Made:
    """Make letters one after the other; each has its number, its file and its note, or none.

    What was made stays where a later one cannot be made; asked again, only the others are made.
    """
    done = Made()
    for n, each in enumerate(wanted):
        tell(n)
        found = find(each.case)
        if found is None:
            continue
        try:
            letter = making.make(user, found, each.seq, each.kind)
        except DingdianError as error:
            why = " ".join(f"{what} {cure}".strip() for _, what, cure in fault_lines(error))
            done.refused.append((each.case, why))
        else:
            done.numbers.append(letter.number)
    return done
