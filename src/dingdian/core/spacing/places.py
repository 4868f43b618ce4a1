"""The sites that are asked about, and applicants that a fault keeps from being one."""

from __future__ import annotations

from dataclasses import dataclass, field

from dingdian.core.errors import Place
from dingdian.core.spacing.terms import Exempt, Side


@dataclass(frozen=True, slots=True)
class Stated:
    """Where a site is said to be: the numbers and the coordinate system as a person gave them."""

    x: float
    y: float
    crs: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place where an institution would stand.

    ``lon`` and ``lat``: degrees in WGS84/CGCS2000, ``stated`` what they were converted from
    (``None``: nothing was). ``error_mm``: position error, ``None`` where it
    is not stated. ``institution``: the code that it has in the census already, empty for none;
    ``moved``: it moves here from another address. ``district`` and ``zone``: empty where not
    known. ``flags``: the flags of the census that are known to be yes. ``rank``: its place in
    the ranking of a round, 1 the first; ``None`` while it is not ranked.
    """

    id: str
    lon: float
    lat: float
    services: tuple[str, ...]
    side: Side = Side.MEDICAL
    name: str = ""
    kind: str = ""
    error_mm: int | None = None
    institution: str = ""
    moved: bool = False
    district: str = ""
    zone: str = ""
    ownership: str = ""
    type: str = ""
    flags: frozenset[str] = field(default=frozenset())
    rank: int | None = None
    stated: Stated | None = None

    @property
    def survey_codes(self) -> tuple[str, ...]:
        """The codes by which surveys name this place; a code that moves here names the old one."""
        return (self.id,) if self.moved else (self.id, self.institution)

    def is_among(self, exempt: Exempt) -> bool:
        """Whether an exemption names it.

        >>> clinic = Site("a", 123.4, 41.8, (), kind="clinic", ownership="private")
        >>> clinic.is_among(Exempt("r", (), public_kinds=frozenset({"clinic"})))
        False
        """
        public = self.ownership == "public" and self.kind in exempt.public_kinds
        named = self.kind in exempt.kinds or self.type in exempt.types
        return public or named or bool(self.flags & exempt.flags)


@dataclass(frozen=True, slots=True)
class Faulty:
    """An applicant of a round whose row has a fault: what is known of it all the same.

    It is decided nothing, and may stand in the way of others. ``point`` (longitude and latitude
    in WGS84/CGCS2000), ``side``, ``services`` and ``rank`` are ``None`` where nobody can say;
    ``error_mm`` as in ``Site``. ``district``: the one that it names, empty where it names none.
    """

    id: str
    place: Place = field(default_factory=Place)
    point: tuple[float, float] | None = None
    error_mm: int | None = None
    side: Side | None = None
    services: tuple[str, ...] | None = None
    rank: int | None = None
    district: str = ""
