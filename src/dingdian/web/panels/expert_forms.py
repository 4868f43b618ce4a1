"""The forms of the register: an expert with their relations, and a file of experts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dingdian.web.accounts.lists import district_names, holders
from dingdian.web.panels import register
from dingdian.web.panels.forms import day_input, said
from dingdian.web.panels.keeping import Related, Row
from dingdian.web.panels.models import Expert
from dingdian.web.rights import Right
from dingdian.web.signs import FitField

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

#: So many rows for relations stand empty in the form.
_EMPTY = 3
_PARTS = ("ground", "institution", "ended")


class FileForm(forms.Form):
    """A file of experts."""

    file = forms.FileField(
        label=_("File of experts"),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        help_text=_("The template as a workbook, or its first sheet as csv."),
    )


class ExpertForm(forms.Form):
    """An expert; a known one keeps their code."""

    code = FitField(
        label=pgettext_lazy("panel", "Code"),
        max_length=40,
        help_text=_("Stands in the lot and in the journal instead of the name."),
    )
    name = FitField(label=_("Name of the expert"), max_length=60)
    id_number = FitField(
        label=_("Identity number"),
        max_length=40,
        required=False,
        help_text=_("Empty: not known; then the name alone is compared."),
    )
    has_employer = forms.ChoiceField(
        label=_("Employer known"),
        choices=[
            ("yes", _("as stated below")),
            ("none", _("there is none")),
            ("", pgettext_lazy("panel", "not known")),
        ],
        required=False,
        help_text=_("Nobody is drawn whose employer is not known."),
    )
    employer = FitField(
        label=_("Employer"),
        max_length=200,
        required=False,
        help_text=_("Name, insurance code or unified social credit code."),
    )
    since = forms.DateField(label=_("In the register since"), widget=day_input())
    through = forms.DateField(
        label=_("In the register through"), required=False, widget=day_input()
    )

    def __init__(self, *args: Any, user: User, row: Expert | None, **more: Any) -> None:
        super().__init__(*args, initial=_initial(row), **more)
        self.row = row
        self.fields["code"].disabled = row is not None
        self.fields["field"] = forms.ChoiceField(
            label=_("Field"), choices=[("", "—"), *said(register.fields()).items()]
        )
        mine = user.districts(Right.MANAGE_PANELS)
        its = [(c, n) for c, n in district_names().items() if mine is None or c in mine]
        self.fields["districts"] = forms.MultipleChoiceField(
            label=_("Evaluates in"),
            choices=its,
            required=mine is not None,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("None chosen: in the whole place.") if mine is None else "",
        )
        users = [(e.username, f"{e.name} {e.username}") for e in holders(Right.EVALUATE, "")]
        self.fields["username"] = forms.ChoiceField(
            label=_("User account"),
            choices=[("", "—"), *users],
            required=False,
            help_text=_("Without one the sheets of the expert come on paper."),
        )
        grounds = [("", "—"), *said(register.grounds()).items()]
        for n in range(len(self._known()) + _EMPTY):
            self.fields[f"ground-{n}"] = forms.ChoiceField(
                label=_("Ground"), choices=grounds, required=False
            )
            self.fields[f"institution-{n}"] = FitField(
                label=_("Institution"), max_length=200, required=False
            )
            self.fields[f"ended-{n}"] = forms.DateField(
                label=pgettext_lazy("panel", "Ended on"), required=False, widget=day_input()
            )
        for n, each in enumerate(self._known()):
            for part in _PARTS:
                self.fields[f"{part}-{n}"].initial = getattr(each, part)
        self.order_fields(["code", "name", "id_number", "field", "has_employer", "employer"])

    def _known(self) -> list[Any]:
        return list(self.row.relations.filter(panel="")) if self.row else []

    def _is_relation(self, name: str) -> bool:
        return name.partition("-")[0] in _PARTS

    def facts(self) -> Iterator[forms.BoundField]:
        """The fields of the expert."""
        return (each for each in self if not self._is_relation(each.name))

    def relations(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each relation."""
        n = 0
        while f"ground-{n}" in self.fields:
            yield [self[f"{part}-{n}"] for part in _PARTS]
            n += 1

    def clean(self) -> dict[str, Any]:
        """A relation is whole or empty; an employer that is known is stated."""
        given: dict[str, Any] = super().clean() or {}
        for ground, institution, ended in self.relations():
            filled = [bool(given.get(e.name)) for e in (ground, institution)]
            if any([*filled, bool(given.get(ended.name))]) and not all(filled):
                self.add_error(institution.name, _("Give ground and institution, or neither."))
        if given.get("has_employer") == "yes" and not given.get("employer"):
            self.add_error("employer", _("Name the employer, or say that there is none."))
        return given

    def row_of(self) -> Row:
        """What was filled in, as the register takes it."""
        given = self.cleaned_data
        employer = {"yes": given["employer"], "none": ""}.get(given["has_employer"])
        return Row(
            code=given["code"],
            name=given["name"],
            field=given["field"],
            employer=employer,
            since=given["since"],
            through=given["through"],
            id_number=given["id_number"],
            username=given["username"],
            districts=tuple(given["districts"]),
            relations=tuple(
                Related(*(given[each.name] for each in its))
                for its in self.relations()
                if given[its[0].name]
            ),
        )


def _initial(row: Expert | None) -> dict[str, Any]:
    if row is None:
        return {"has_employer": "yes"}
    known = "" if row.employer is None else "yes" if row.employer else "none"
    names = ("code", "name", "id_number", "field", "since", "through", "districts")
    return {
        **{name: getattr(row, name) for name in names},
        "employer": row.employer or "",
        "has_employer": known,
        "username": row.user.username if row.user else "",
    }
