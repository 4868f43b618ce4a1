"""What is an institution's own: by its code, or by the code of its legal person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from dingdian.core.census.checks.identity import is_uscc
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.state import State
from dingdian.storage.db.cases import cases_of
from dingdian.web import bureau, clock
from dingdian.web.cases.finding import Found, find
from dingdian.web.ledger.models import Case, Institution
from dingdian.web.rights import Right
from dingdian.wiring import institutions

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


_APPLY = MOVES["apply"]


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose own a role is about: its code, its name, and its row of the ledger where it has one."""

    code: str
    name: str
    row: Institution | None

    @property
    def fixed(self) -> Mapping[str, str]:
        """Who it is, as its applications state it and nobody changes there."""
        if self.row is None and is_uscc(self.code):
            return {"institution": "", "uscc": self.code}
        return {"institution": self.code, "uscc": self.row.uscc if self.row else ""}

    def known(self) -> Mapping[str, str]:
        """What the ledger knows of it that an application states."""
        if self.row is None:
            return {}
        shown = institutions.look(bureau.desk(), self.code, clock.today(), None).shown
        said = {name: shown.facts.get(name) for name in (*_APPLY.needs, *_APPLY.may)}
        return {name: str(value) for name, value in said.items() if value is not None}


def holders_of(user: User) -> list[Holder]:
    """Whose own somebody sees, in order of their codes."""
    codes = sorted(user.holders(Right.OWN_CASES))
    rows = {each.code: each for each in Institution.objects.filter(code__in=codes)}
    names = {row["uscc"]: row["name"] for row in Case.objects.filter(uscc__in=codes).values()}
    return [
        Holder(code, rows[code].name if code in rows else names.get(code, code), rows.get(code))
        for code in codes
    ]


def _is_of(state: State, codes: frozenset[str]) -> bool:
    return bool({state.institution, state.about.get("uscc", "")} & (codes - {""}))


def own(user: User, case: str) -> Found:
    """A case that is somebody's own.

    Raises:
        Http404: there is none, or it is another's.
    """
    found = find(case)
    if found is None or not _is_of(found.state, user.holders(Right.OWN_CASES)):
        raise Http404
    return found


def cases_of_holder(holder: Holder) -> Iterator[Found]:
    """The cases of a holder, the latest first."""
    by_code = cases_of(bureau.desk().ledger.alias, holder.code)
    by_uscc = Case.objects.filter(uscc=holder.code).values_list("case", flat=True)
    for case in reversed(list(dict.fromkeys((*by_code, *by_uscc.order_by("last_seq"))))):
        found = find(case)
        if found is not None and _is_of(found.state, frozenset({holder.code})):
            yield found
