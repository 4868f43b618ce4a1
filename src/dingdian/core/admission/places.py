"""Places: what an applicant asks for of the year's quotas, and what is left of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType

from dingdian.core.admission.application import Application, Taken
from dingdian.core.admission.case import Case
from dingdian.core.findings import Quota
from dingdian.core.spacing.terms import Side
from dingdian.core.workings import Figure, Reason, reason

LARGER, PART = "larger_than_left", "partial"
#: Readings of places -> the options that are acted on.
READINGS: Mapping[str, tuple[str, ...]] = MappingProxyType({LARGER: ("refuse", PART, "carry_over")})
BEDS = "contracted_beds"
#: Side -> the resource of the institution itself, and those of its services.
_OWN: Mapping[Side, str] = MappingProxyType(
    {Side.MEDICAL: "medical_institutions", Side.PHARMACY: "pharmacies"}
)
_OF_SERVICE: Mapping[Side, Mapping[str, str]] = MappingProxyType(
    {
        Side.MEDICAL: MappingProxyType(
            {
                "inpatient": "inpatient_institutions",
                "outpatient_pooling": "outpatient_pooling_institutions",
                "personal_account": "personal_account_institutions",
            }
        ),
        Side.PHARMACY: MappingProxyType(
            {
                "prescription_transfer": "prescription_transfer_pharmacies",
                "dual_channel": "dual_channel_pharmacies",
            }
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Want:
    """What an applicant asks for of one resource; ``None``: an unknown number of beds."""

    resource: str
    amount: Fraction | None
    bed_class: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a quota: a number, ``None`` where no rule gives one, or unknown.

    ``figure`` is the key of the quota's figure in the plan; ``why`` says why it is unknown.
    ``held``: how many of it those ahead may take whose own case is open.
    """

    amount: Fraction | None
    figure: str = ""
    binding: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    why: Reason | None = None
    held: Fraction = Fraction(0)


def wants(case: Case, handed_out: frozenset[str], *, standing: frozenset[str]) -> tuple[Want, ...]:
    """What an applicant asks for, of the resources that the policy hands out.

    ``standing``: the services that the institution has on the day already; one that is designated
    already, here or elsewhere, needs no place of its own again.
    """
    application = case.application
    found = []
    if not standing:
        found.append(Want(_OWN[application.side], Fraction(1)))
    found += [
        Want(resource, Fraction(1))
        for service, resource in _OF_SERVICE[application.side].items()
        if service in application.services and service not in standing
    ]
    found += _beds(application, case.book.apart)
    return tuple(each for each in found if each.resource in handed_out)


def reached(case: Case, wanted: Iterable[Want], *, standing: frozenset[str]) -> frozenset[str]:
    """The resources by which a red line reaches an applicant.

    What it wants; and for a new designation, whatever it asks for, all of its side: a text that
    pauses new designations lets none in by a service that nobody counts.
    """
    side = case.application.side
    own = frozenset() if standing else frozenset((_OWN[side], *_OF_SERVICE[side].values()))
    return own | {each.resource for each in wanted}


def _beds(application: Application, apart: frozenset[str]) -> Iterator[Want]:
    """Beds by pool: classes managed apart each their own, the others together."""
    general = [amount for name, amount in application.beds.items() if name not in apart]
    if general:
        known = [each for each in general if each is not None]
        total = sum(known, Fraction(0)) if len(known) == len(general) else None
        yield Want(BEDS, total)
    elif "inpatient" in application.services and not application.beds:
        yield Want(BEDS, None)
    for name, amount in application.beds.items():
        if name in apart:
            yield Want(f"{BEDS}_{name}", amount, name)


@dataclass
class Ledger:
    """What is left of every quota of a year while the applicants are gone through in order.

    ``left``: resource and scope -> what is left; ``taken``: what was handed out of it in the year,
    ``before`` of that by earlier rounds. Only ``deciding`` writes into it.
    """

    left: dict[tuple[str, str], Left]
    root: str
    taken: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    before: dict[tuple[str, str], Fraction] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        quotas: Iterable[Quota],
        figures: Mapping[str, Figure],
        *,
        root: str,
    ) -> Ledger:
        """The ledger of a plan's quotas, before anything is handed out."""
        left = {}
        for quota in quotas:
            if quota.key is None:
                left[quota.resource, quota.scope] = Left(None)
                continue
            figure = figures[quota.key]
            clauses = tuple(
                dict.fromkeys(c for each in quota.limits for c in figures[each.key].clauses)
            )
            left[quota.resource, quota.scope] = Left(
                amount=figure.exact,
                figure=figure.key,
                binding=quota.binding,
                clauses=clauses,
                why=None if figure.exact is not None else figure.why or reason("quota_unknown"),
            )
        return cls(left, root)

    def opened(self, taken: Iterable[Taken] = ()) -> Ledger:
        """A ledger of its own for a round, less what was handed out earlier in the year."""
        made = Ledger(dict(self.left), self.root)
        for each in taken:
            made.take(each.resource, each.region, each.amount)
        made.before = dict(made.taken)
        return made

    def at(self, resource: str, district: str) -> Iterator[tuple[str, Left]]:
        """What is left for a district, by scope: its own quota and that of the whole area."""
        for scope in dict.fromkeys((district, self.root)):
            if (resource, scope) in self.left:
                yield scope, self.left[resource, scope]

    def take(self, resource: str, district: str, amount: Fraction) -> None:
        """Hand out places of a district; never below nothing."""
        for key in dict.fromkeys(((resource, district), (resource, self.root))):
            self.taken[key] = self.taken.get(key, Fraction(0)) + amount
            found = self.left.get(key)
            if found is not None and found.amount is not None:
                rest = max(found.amount - amount, Fraction(0))
                self.left[key] = replace(found, amount=rest)

    def hold(self, resource: str, district: str, amount: Fraction | None) -> None:
        """Hold places for one ahead whose case is open; ``None`` holds all that is left."""
        for key in dict.fromkeys(((resource, district), (resource, self.root))):
            found = self.left.get(key)
            if found is not None and found.amount is not None:
                more = found.amount if amount is None else amount
                self.left[key] = replace(found, held=found.held + more)
