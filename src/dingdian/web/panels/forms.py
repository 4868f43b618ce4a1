"""The forms of a panel: the draw, who keeps away, the sheet of two parts, the conclusion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dingdian.core.admission.application import Person
from dingdian.core.census.vocabulary import ROLES
from dingdian.core.errors import Fault, RequestError, Text
from dingdian.core.panel.sheets import Sheet, answer_faults
from dingdian.core.panel.terms import Item, Terms
from dingdian.web import bureau, errors
from dingdian.web.signs import FitField

_LINE, _LONGEST = 200, 4000
#: Before the name of an item in its field.
_ITEM = "item-"


def day_input() -> forms.DateInput:
    """A field for a day, as browsers show one."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _seen() -> forms.IntegerField:
    return forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)


class DrawForm(forms.Form):
    """The people of the applicant, and where the seed comes from."""

    seen = _seen()
    seed = FitField(
        label=_("Seed"),
        max_length=_LINE,
        help_text=_(
            "A text that nobody here could choose once the case was known, such as the numbers of a"
            " public lottery that was named before it was drawn."
        ),
    )
    source = FitField(
        label=_("Where the seed was published"),
        max_length=_LINE,
        help_text=_("Such as the name and number of the draw of the lottery."),
    )
    published_on = forms.DateField(label=_("Published on"), widget=day_input())
    witness = FitField(label=_("Witness of the draw"), max_length=_LINE, required=False)

    def __init__(self, *args: Any, people: Iterable[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        known = {each.role: each for each in people}
        for role, said in ROLES.items():
            person, words = known.get(role), said.zh if bureau.lang() == "zh" else said.en
            self.fields[f"{role}_name"] = FitField(
                label=_("%(role)s: name") % {"role": words},
                max_length=60,
                required=role == "legal_person",
                initial=person.name if person else "",
            )
            self.fields[f"{role}_number"] = FitField(
                label=_("%(role)s: identity number") % {"role": words},
                max_length=40,
                required=False,
                initial=person.id_number if person else "",
                help_text=_("Empty: not known; then an expert of the same name keeps away."),
            )
        names = [f"{role}_{part}" for role in ROLES for part in ("name", "number")]
        self.order_fields(["seen", *names])

    def clean(self) -> dict[str, Any]:
        """A number without a name says of nobody whose it is."""
        said: dict[str, Any] = super().clean() or {}
        for role in ROLES:
            if said.get(f"{role}_number") and not said.get(f"{role}_name"):
                self.add_error(f"{role}_name", _("Give the name of whose number it is."))
        return said

    def people(self) -> tuple[Person, ...]:
        """The people that were stated."""
        said = self.cleaned_data
        return tuple(
            Person(role, said[f"{role}_name"].strip(), said[f"{role}_number"].strip().upper())
            for role in ROLES
            if said[f"{role}_name"].strip()
        )


class RecuseForm(forms.Form):
    """Who keeps away, on which ground, and why."""

    seen = _seen()
    reason = FitField(
        label=_("Reason"),
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What the relation is. It stands in the journal; name no person."),
    )

    def __init__(
        self,
        *args: Any,
        grounds: Mapping[str, str],
        experts: Iterable[tuple[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        listed = list(experts)
        if listed:
            self.fields["expert"] = forms.ChoiceField(
                label=_("Expert"), choices=[("", "—"), *listed]
            )
        self.fields["ground"] = forms.ChoiceField(
            label=_("Ground"), choices=[("", "—"), *grounds.items()]
        )
        if listed:
            self.fields["keep"] = forms.BooleanField(
                label=_("Keep the relation in the register"), required=False, initial=True
            )
        self.order_fields(["seen", "expert", "ground", "reason", "keep"])


class ConcludeForm(forms.Form):
    """The day of the conclusion."""

    seen = _seen()
    concluded_on = forms.DateField(label=_("Concluded on"), widget=day_input())


class SheetForm(forms.Form):
    """The sheet of an expert: what is to be passed, what is scored, an opinion, the day.

    An item may stay open; the sheet can be saved and filled in further later.
    """

    seen = _seen()

    def __init__(self, *args: Any, terms: Terms, sheet: Sheet | None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.items = terms.items
        for each in terms.items:
            self.fields[_ITEM + each.item] = _field(each, sheet)
        self.fields["opinion"] = FitField(
            label=_("Opinion"),
            max_length=_LONGEST,
            required=False,
            initial=sheet.opinion if sheet else "",
            widget=forms.Textarea({"rows": 4}),
            help_text=_("Needed where an item is not passed: what was found and why. Name nobody."),
        )
        self.fields["evaluated_on"] = forms.DateField(
            label=_("Evaluated on"),
            widget=day_input(),
            initial=sheet.evaluated_on if sheet else None,
        )

    def parts(self) -> Iterator[tuple[Any, list[tuple[forms.BoundField, Item | None]]]]:
        """The fields in groups with their headings: the two parts, then opinion and day."""
        passed = [each for each in self.items if each.full is None]
        scored = [each for each in self.items if each.full is not None]
        for title, its in ((_("To be passed (qualitative)"), passed), (_("Scored"), scored)):
            if its:
                yield title, [(self[_ITEM + each.item], each) for each in its]
        yield _("Opinion and day"), [(self["opinion"], None), (self["evaluated_on"], None)]

    def answers(self) -> dict[str, str]:
        """What was answered, empty where an item is open."""
        said = self.cleaned_data
        return {e.item: (said.get(_ITEM + e.item) or "").strip() for e in self.items}

    def clean(self) -> dict[str, Any]:
        """Every fault beside the item that it is about."""
        said: dict[str, Any] = super().clean() or {}
        opinion = said.get("opinion", "")
        answers = self.answers()
        for item, text in answers.items():
            for each in answer_faults({item: text}, self.items, "—"):
                self.add_error(_ITEM + item, _words(each))
        for each in answer_faults(answers, self.items, opinion):
            if each.kind == "sheet_without_opinion":
                self.add_error("opinion", _words(each))
        return said


def _field(item: Item, sheet: Sheet | None) -> forms.Field:
    label = item.name.say(bureau.lang())
    if item.full is None:
        vote = sheet.votes.get(item.item) if sheet else None
        return forms.ChoiceField(
            label=label,
            required=False,
            choices=[
                ("yes", _("passed")),
                ("no", _("not passed")),
                ("", pgettext_lazy("panel", "open")),
            ],
            initial="" if vote is None else ("yes" if vote else "no"),
            widget=forms.RadioSelect,
        )
    points = sheet.points.get(item.item) if sheet else None
    return FitField(
        label=label,
        required=False,
        max_length=20,
        initial="" if points is None else plain(points),
        widget=forms.TextInput({"inputmode": "decimal", "size": 8, "autocomplete": "off"}),
    )


def plain(value: Any) -> str:
    """Points as somebody types them.

    >>> from fractions import Fraction
    >>> plain(Fraction(25)), plain(Fraction(25, 2)), plain(Fraction(1, 8))
    ('25', '12.5', '0.125')
    """
    return f"{float(value):.3f}".rstrip("0").rstrip(".")


def _words(each: Fault) -> ValidationError:
    _place, what, cure = errors.fault_lines(RequestError((each,)))[0]
    return ValidationError(f"{what} {cure}".strip())


def said(words: Mapping[str, Text]) -> dict[str, str]:
    """Words of the shelf in the language of the page."""
    return {id: each.say(bureau.lang()) for id, each in words.items()}
