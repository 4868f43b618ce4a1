"""What a choice of sites has to keep, and why a choice may be impossible before any is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from dingdian.core.solving import Programme

Rows = NDArray[np.int64]


class Reason(StrEnum):
    """Why no choice of sites keeps its terms."""

    MORE_FIXED_THAN_PLACES = "more_fixed_than_places"
    MORE_FIXED_THAN_QUOTA = "more_fixed_than_quota"
    NOBODY_REACHES = "nobody_reaches"
    TOO_FEW_PLACES = "too_few_places"
    QUOTA_TOO_LOW = "quota_too_low"
    SITES_TOO_NEAR = "sites_too_near"


@dataclass(frozen=True, slots=True)
class Clash:
    """One reason, and who it is about: rows of quotas or of demand points, at most some."""

    reason: Reason
    about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Quota:
    """At most ``most`` of the sites ``of`` may be chosen, those that stand anyway among them."""

    name: str
    of: Rows
    most: int


def _none() -> Rows:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What every choice among ``sites`` candidates (rows from 0) has to keep.

    ``places``: how many may stand in all, those of ``fixed`` among them (``None``: no limit).
    ``fixed``: rows that stand anyway. ``closed``: rows that may not be chosen. ``quotas``: how many
    of a district or service. ``apart``: pairs of rows, shape (m, 2), too near each other for both
    (spacing); a pair of two fixed ones is not asked about.
    """

    sites: int
    places: int | None = None
    fixed: Rows = field(default_factory=_none)
    closed: Rows = field(default_factory=_none)
    quotas: tuple[Quota, ...] = ()
    apart: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 2), np.int64))

    @property
    def simple(self) -> bool:
        """Whether only the number of places, fixed and closed sites matter."""
        return not self.quotas and not len(self.apart)

    @property
    def open(self) -> NDArray[np.bool_]:
        """Which sites may be chosen at all: not closed, and not too near a fixed one."""
        may = np.ones(self.sites, bool)
        may[self.closed] = False
        standing = np.zeros(self.sites, bool)
        standing[self.fixed] = True
        for one, other in ((0, 1), (1, 0)):
            may[self.apart[standing[self.apart[:, one]], other]] = False
        may[self.fixed] = True
        return may

    def clashes(self) -> Iterator[Clash]:
        """Why nothing can keep them, as far as it shows without a search."""
        if self.places is not None and len(self.fixed) > self.places:
            yield Clash(Reason.MORE_FIXED_THAN_PLACES)
        for row, quota in enumerate(self.quotas):
            if len(np.intersect1d(quota.of, self.fixed)) > quota.most:
                yield Clash(Reason.MORE_FIXED_THAN_QUOTA, (row,))

    def kept(self, chosen: Rows) -> bool:
        """Whether a choice (rows, any order, each once) keeps them: the plain check."""
        taken = np.zeros(self.sites, bool)
        taken[chosen] = True
        fixed = np.zeros(self.sites, bool)
        fixed[self.fixed] = True
        both = taken[self.apart].all(axis=1) & ~fixed[self.apart].all(axis=1)
        return bool(
            taken[self.fixed].all()
            and not taken[~self.open].any()
            and (self.places is None or int(taken.sum()) <= self.places)
            and all(int(taken[quota.of].sum()) <= quota.most for quota in self.quotas)
            and not both.any()
        )

    def written(self, programme: Programme) -> Rows:
        """The sites as variables of nought or one of a programme, with the rows they must keep."""
        take = programme.variables(self.sites, low=0, high=1)
        for row in self.fixed:
            programme.low[take[row]] = 1
        for row in np.flatnonzero(~self.open):
            programme.high[take[row]] = 0
        if self.places is not None:
            programme.row(take, most=self.places)
        for quota in self.quotas:
            programme.row(take[quota.of], most=quota.most)
        may = self.open
        fixed = np.zeros(self.sites, bool)
        fixed[self.fixed] = True
        for one, other in self.apart:
            if may[one] and may[other] and not fixed[one] and not fixed[other]:
                programme.row(take[[one, other]], most=1)
        return take
