"""What visitors of the public site fill in."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dingdian.actions.check_site import SiteQuestion
from dingdian.core.census.applicants import FLAGS
from dingdian.core.census.schema import INSTITUTIONS
from dingdian.core.census.vocabulary import CHOICES
from dingdian.web.bureau import lang
from dingdian.web.public.models import Comment, PublicLocality, PublicRegion
from dingdian.web.signs import FitField

#: The systems of coordinates as people meet them.
SYSTEMS = (
    ("cgcs2000", _("CGCS2000 or WGS84: Tianditu, a GPS receiver")),
    ("gcj02", _("GCJ-02: Amap, Tencent Maps")),
    ("bd09", _("BD-09: Baidu Maps")),
)
LEAST, MOST = 5, 2000


def terms(choice: str) -> list[tuple[str, str]]:
    """The words of a choice in the language of the page."""
    return [(t.id, t.zh if lang() == "zh" else t.en) for t in CHOICES[choice].values()]


def counties() -> list[tuple[str, str]]:
    """The districts of the edition shown."""
    return list(PublicRegion.objects.filter(level="county").values_list("code", "name"))


def _flags() -> list[tuple[str, str]]:
    fields = [INSTITUTIONS[name] for name in FLAGS]
    return [(each.name, each.zh if lang() == "zh" else each.en) for each in fields]


def _with(first: Any, choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", first), *choices]


class SiteForm(forms.Form):
    """A place, the kind and services of the institution, and what may exempt it."""

    district = forms.ChoiceField(
        label=_("District"), required=False, choices=lambda: _with(_("choose"), counties())
    )
    locality = forms.CharField(label=_("Street, community or village"), required=False)
    x = forms.CharField(label=_("Longitude"), required=False, max_length=40)
    y = forms.CharField(label=_("Latitude"), required=False, max_length=40)
    crs = forms.ChoiceField(label=_("Coordinates are from"), required=False, choices=SYSTEMS)
    kind = forms.ChoiceField(
        label=_("Kind of institution"), choices=lambda: _with(_("choose"), terms("kind"))
    )
    services = forms.MultipleChoiceField(
        label=_("Services"),
        choices=lambda: terms("service"),
        widget=forms.CheckboxSelectMultiple,
    )
    institution = forms.CharField(
        label=_("Code of the institution"),
        required=False,
        max_length=30,
        help_text=_(
            "Only where a designated institution moves here: its old place then does not count."
        ),
    )
    ownership = forms.ChoiceField(
        label=_("Ownership"),
        required=False,
        choices=lambda: _with(_("not stated"), terms("ownership")),
    )
    flags = forms.MultipleChoiceField(
        label=_("It is"),
        required=False,
        choices=_flags,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        """A place is needed: coordinates where there are some, else a locality of the list."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("x") or given.get("y"):
            return given
        if not given.get("locality"):
            self.add_error(
                None, _("Say where: click the map, pick from the list, or give coordinates.")
            )
            return given
        found = PublicLocality.objects.filter(code=given["locality"]).first()
        if found is None:
            self.add_error("locality", _("The list has no such place any more. Pick again."))
        else:
            given |= {"x": repr(found.lon), "y": repr(found.lat), "crs": "cgcs2000"}
            given["picked"] = found.name
        return given

    def question(self) -> SiteQuestion:
        """What a valid form asks."""
        given = self.cleaned_data
        return SiteQuestion(
            x=given["x"],
            y=given["y"],
            crs=given["crs"] or "cgcs2000",
            services=tuple(given["services"]),
            kind=given["kind"],
            institution=given["institution"],
            moved=bool(given["institution"]),
            flags=tuple(given["flags"]),
            ownership=given["ownership"],
        )


class CommentForm(forms.Form):
    """A comment. ``once``: sending it twice keeps it once; ``website``: for programs only."""

    kind = forms.ChoiceField(label=_("You speak as"), choices=Comment.Kind.choices)
    text = FitField(
        label=_("Your comment"),
        min_length=LEAST,
        max_length=MOST,
        widget=forms.Textarea({"rows": 8}),
    )
    name = FitField(
        label=_("Name (optional)"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    contact = FitField(label=_("Telephone or e-mail (optional)"), required=False, max_length=100)
    website = forms.CharField(label=_("Leave this empty"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        more.setdefault("initial", {"once": uuid.uuid4()})
        super().__init__(*args, **more)
        self.fields["kind"].choices = _with(_("choose"), list(Comment.Kind.choices))
        self.fields["text"].help_text = _("%(least)s to %(most)s characters.") % {
            "least": LEAST,
            "most": MOST,
        }
        self.fields["contact"].help_text = _(
            "Only to ask back. Name and contact are never published, and are deleted here once the "
            "bureau has your comment, after %(days)s days at the latest."
        ) % {"days": settings.CONFIG.personal_days}
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_website(self) -> str:
        """What people do not see stays empty."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This field must stay empty."))
        return ""

    def shown(self) -> list[Any]:
        """The fields that people fill in."""
        return [each for each in self.visible_fields() if each.name != "website"]
