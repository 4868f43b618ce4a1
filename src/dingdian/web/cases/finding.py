"""A case as somebody may see it: of their districts, by what its entries say now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.state import State, state_of
from dingdian.web import bureau
from dingdian.web.ledger.models import Region
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


@dataclass(frozen=True, slots=True)
class Found:
    """A case with its entries, its state after all of them, and its district (empty: unknown)."""

    entries: tuple[Entry, ...]
    state: State
    district: str

    @property
    def codes(self) -> tuple[str, str]:
        """The code of the institution and its social credit code; empty where not known."""
        return self.state.institution, self.state.about.get("uscc", "")

    @property
    def name(self) -> str:
        """The name of the institution, else the number of the case."""
        return self.state.about.get("name") or self.state.case


def district_of(region: str) -> str:
    """The district of a region; empty where the ledger knows none."""
    found = Region.objects.filter(code=region).values_list("district", flat=True).first()
    return found or ""


def find(case: str) -> Found | None:
    """A case of the ledger; ``None`` where there is none, or all of it was annulled."""
    entries = tuple(bureau.desk().ledger.entries(case))
    state = state_of(entries)
    if state is None:
        return None
    return Found(entries, state, district_of(state.about.get("region", "")))


def seen(user: User, case: str, right: Right = Right.SEE_LEDGER) -> Found:
    """A case of the districts in which somebody has a right.

    Raises:
        Http404: there is none, or it is of another district.
    """
    found = find(case)
    if found is None or not user.may(right, found.district):
        raise Http404
    return found
