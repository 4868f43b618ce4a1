"""Lists of choices are the elements that Django's own templates draw."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from dingdian.web.widgets import Renderer

CHOICES = [("", "—"), (1, "<铁西>"), ("组", [("x", "X&"), ("y", '"Y"')])]
FIELDS = {
    "one": forms.ChoiceField(choices=CHOICES, initial="x", required=False),
    "none chosen": forms.ChoiceField(choices=CHOICES),
    "many": forms.MultipleChoiceField(choices=[(1, "e"), (2, "f")], initial=[2]),
    "empty": forms.ChoiceField(choices=[]),
    "yes or no": forms.NullBooleanField(
        widget=forms.NullBooleanSelect(attrs={"data-x": '"', "disabled": True, "hidden": False})
    ),
    "a word": forms.CharField(initial="<x>"),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_the_same_element(name):
    form = type("Form", (forms.Form,), {"field": FIELDS[name]})()
    asked = form["field"].build_widget_attrs({"id": "id_field"})

    ours, theirs = (
        form.fields["field"].widget.render("field", form["field"].value(), asked, each)
        for each in (Renderer(), DjangoTemplates())
    )

    assert parse_html(ours) == parse_html(theirs)
