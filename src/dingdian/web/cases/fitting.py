"""Which facts a form shows for a kind of institution, and in which group each stands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dingdian.core.lifecycle.state import MEDICAL, PHARMACIES

#: Side -> the facts that say nothing of it.
_NOT_OF: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        PHARMACIES: frozenset({"level", "type", "ownership", "beds"}),
        MEDICAL: frozenset({"chain", "pharmacy_grade"}),
    }
)
#: Side -> the services that it has none of.
_NO_SERVICE: Mapping[str, frozenset[str]] = MappingProxyType(
    {PHARMACIES: frozenset({"inpatient"}), MEDICAL: frozenset()}
)
#: Kinds without a bed or a chair.
_BEDLESS = frozenset({"village_clinic", "emergency_centre"})
#: The groups of a form and their facts, in order; what is in none stands in the first.
_GROUPS: tuple[tuple[Promise, frozenset[str]], ...] = (
    (
        _("The institution"),
        frozenset(
            {"name", "institution", "uscc", "level", "type", "ownership", "opened_on", "chain"}
            | {"person"}
        ),
    ),
    (_("Where it stands"), frozenset({"region", "address", "lon", "lat", "crs"})),
    (_("Services and beds"), frozenset({"services", "beds", "pharmacy_grade"})),
)


def fits(name: str, side: str, kind: str) -> bool:
    """Whether a fact says something of an institution of a side and kind.

    >>> fits("beds", "pharmacies", "retail_pharmacy"), fits("beds", "medical_institutions", "")
    (False, True)
    """
    if name == "beds" and kind in _BEDLESS:
        return False
    return name not in _NOT_OF.get(side, ())


def service_fits(service: str, side: str) -> bool:
    """Whether a side has a service.

    >>> service_fits("inpatient", "pharmacies"), service_fits("inpatient", "medical_institutions")
    (False, True)
    """
    return service not in _NO_SERVICE.get(side, ())


def group_of(name: str) -> Promise | None:
    """The heading of the group in which a fact stands; ``None``: with what the move is about."""
    return next((title for title, names in _GROUPS if name in names), None)


def titles() -> list[Promise]:
    """The headings in order."""
    return [title for title, _names in _GROUPS]
