"""The question: may an institution stand here?"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dingdian.actions.check_site import SiteQuestion
from dingdian.core.census.applicants import FLAGS
from dingdian.core.census.schema import INSTITUTIONS
from dingdian.core.census.vocabulary import CHOICES, CRS
from dingdian.web.bureau import lang
from dingdian.web.streets.network import AlongField, offer

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How far another place is looked for, in metres.
REACHES = (500, 1000, 2000, 3000, 5000)


def _terms(choice: str) -> list[tuple[str, str]]:
    return [(t.id, t.zh if lang() == "zh" else t.en) for t in CHOICES[choice].values()]


def _flags() -> Iterable[tuple[str, str]]:
    for name in FLAGS:
        field = INSTITUTIONS[name]
        yield name, field.zh if lang() == "zh" else field.en


def _reaches() -> Iterable[tuple[str, str]]:
    yield "", _("do not look")
    for metres in REACHES:
        yield str(metres), _("within %(n)s m") % {"n": f"{metres:,}"}


def _or_none(choice: str) -> list[tuple[str, Any]]:
    return [("", _("not known")), *_terms(choice)]


class SiteForm(forms.Form):
    """A point in its coordinate system, the kind and services of the institution, and who it is."""

    x = forms.CharField(label=_("Longitude (or easting)"), max_length=40)
    y = forms.CharField(label=_("Latitude (or northing)"), max_length=40)
    crs = forms.CharField(label=_("Coordinate system"), max_length=40, initial="CGCS2000")
    kind = forms.ChoiceField(label=_("Kind of institution"), choices=lambda: _terms("kind"))
    services = forms.MultipleChoiceField(
        label=_("Services"),
        choices=lambda: _terms("service"),
        widget=forms.CheckboxSelectMultiple,
    )
    reach = forms.ChoiceField(label=_("Other places"), required=False, choices=_reaches)
    by = AlongField(label=_("Distances to those near"))
    institution = forms.CharField(
        label=_("Its code in the ledger"),
        required=False,
        max_length=40,
        help_text=_("Empty for a new one."),
    )
    moved = forms.BooleanField(label=_("It moves here from another address"), required=False)
    error_m = forms.DecimalField(
        label=_("Position error (m)"),
        required=False,
        min_value=0,
        max_value=100_000,
        decimal_places=3,
        help_text=_("Empty where it is not known."),
    )
    ownership = forms.ChoiceField(
        label=_("Ownership"), required=False, choices=lambda: _or_none("ownership")
    )
    type = forms.ChoiceField(label=_("Type"), required=False, choices=lambda: _or_none("type"))
    flags = forms.MultipleChoiceField(
        label=_("What may exempt it"),
        required=False,
        choices=_flags,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("auto_id", "ask_%s")
        super().__init__(*args, **more)
        offer(self, "by")
        self.systems = [t.zh if lang() == "zh" else t.en for t in CRS.values()]

    def question(self) -> SiteQuestion:
        """What a valid form asks."""
        given = self.cleaned_data
        error = given["error_m"]
        return SiteQuestion(
            x=given["x"],
            y=given["y"],
            crs=given["crs"],
            services=tuple(given["services"]),
            kind=given["kind"],
            error_m=None if error is None else Fraction(error),
            institution=given["institution"],
            moved=given["moved"],
            flags=tuple(given["flags"]),
            ownership=given["ownership"],
            type=given["type"],
        )

    def reach_mm(self) -> int | None:
        """How far to look for another place; ``None``: not at all."""
        reach = self.cleaned_data["reach"]
        return int(reach) * 1000 if reach else None
