"""Whose notices they are: the city, its letterhead, its shelf."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dingdian.core.lifecycle.terms import Terms
from dingdian.reports.papers.letterhead import Letterhead


@dataclass(frozen=True)
class Office:
    """What notices of one place have in common.

    ``regions`` names regions by code. ``marks`` are lines that every notice bears, such as that
    the data are invented; a notice with one is a specimen.
    """

    terms: Terms
    city: str
    head: Letterhead = field(default_factory=Letterhead)
    regions: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()

    def headed(self, head: Letterhead) -> Office:
        """The same under a letterhead."""
        return replace(self, head=head)
