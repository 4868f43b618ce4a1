"""How fields of forms are drawn: Django's own templates, and long lists of choices without them.

A template for each of a hundred options is what a page with a list of districts spent most of its
time on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_SELECT = "django/forms/widgets/select.html"


class Renderer(DjangoTemplates):  # type: ignore[misc, unused-ignore]
    """Draws a list of choices itself: the same element as the template's."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The field as HTML."""
        if template_name == _SELECT:
            return _select(context["widget"])
        return str(super().render(template_name, context, request))


def _select(widget: Mapping[str, Any]) -> SafeString:
    attrs = flatatt({"name": widget["name"], **widget["attrs"]})
    groups = format_html_join("", "{}", ((_group(*each),) for each in widget["optgroups"]))
    return format_html("<select{}>{}</select>", attrs, groups)


def _group(name: str | None, options: Iterable[Mapping[str, Any]], _index: int) -> SafeString:
    found = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (each["value"], flatatt(each["attrs"]) if each["attrs"] else "", each["label"])
            for each in options
        ),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', name, found) if name else found
