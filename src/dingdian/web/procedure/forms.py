"""Forms of the steps, made from the table of facts; and of comments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dingdian.core.dossier.facts import FACTS, WORDS, FactKind
from dingdian.core.dossier.guards import PAST
from dingdian.core.dossier.steps import STEPS
from dingdian.reports.wording import Lang
from dingdian.web.papers import FilesInput, ManyFiles
from dingdian.web.plans.documents import called
from dingdian.web.plans.models import Version
from dingdian.web.procedure.models import CommentKind, Outcome
from dingdian.web.signs import FitField

_LONGEST_LINE, _LONGEST = 200, 4000
#: What a browser shows by itself: chosen where nobody chooses otherwise.
_READ = (".html", ".pdf")


class StepForm(forms.Form):
    """The facts of a step, each with its help; papers that go with it; what the page showed."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        step: str,
        lang: Lang,
        versions: Sequence[Version],
        day: dt.date,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.step, self.lang, self.versions = STEPS[step], lang, versions
        for name in (*self.step.needs, *self.step.may):
            self.fields[name] = self._field(name, day)
        if step == "open_consultation":
            self._add_documents()
        self.fields["papers"] = ManyFiles(
            label=_("Attachments"),
            required=False,
            widget=FilesInput({"multiple": True, "accept": ".pdf,.docx,.jpg,.jpeg,.png,.ofd"}),
            help_text=_(
                "Scans of the document: pdf, docx, jpg, png or ofd; several may be chosen."
            ),
        )

    def _field(self, name: str, day: dt.date) -> forms.Field:
        row = FACTS[name]
        words: dict[str, Any] = {
            "label": capfirst(row.name.say(self.lang)),
            "help_text": capfirst(row.help.say(self.lang)),
            "required": name in self.step.needs,
        }
        if row.kind is FactKind.DAY:
            initial = day if name in PAST or name == "opened_on" else None
            widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            return forms.DateField(initial=initial, widget=widget, **words)
        if row.kind is FactKind.NUMBER:
            return forms.IntegerField(min_value=1, max_value=9999, **words)
        if row.kind is FactKind.VERSION:
            return forms.ChoiceField(choices=[("", "—"), *self._versions()], **words)
        if row.kind is FactKind.CHOICE:
            choices = [
                (key, capfirst(text.say(self.lang))) for key, text in WORDS[row.words].items()
            ]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **words)
        if row.kind is FactKind.CHOICES:
            choices = [
                (key, capfirst(text.say(self.lang))) for key, text in WORDS[row.words].items()
            ]
            first = [key for key, _words in choices if key != "other"]
            box = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=choices, widget=box, initial=first, **words)
        if row.kind is FactKind.LONG:
            area = forms.Textarea({"rows": 3})
            return FitField(max_length=_LONGEST, widget=area, **words)
        return FitField(max_length=_LONGEST_LINE, **words)

    def _versions(self) -> list[tuple[str, str]]:
        from dingdian.web.templatetags.showing import day

        return [
            (str(v.number), f"{v.number} · {day(v.made_at)} · {v.remark or v.result[:8]}")
            for v in self.versions
        ]

    def _add_documents(self) -> None:
        every = [(version, name) for version in self.versions for name in shown_papers(version)]
        choices = [(f"{v.number}/{name}", _file_words(v, name)) for v, name in every]
        last = self.versions[0].number if self.versions else None
        read = [f"{v.number}/{n}" for v, n in every if v.number == last and n.endswith(_READ)]
        self.fields["documents"] = forms.MultipleChoiceField(
            label=_("Draft documents"),
            required=False,
            choices=choices,
            initial=read,
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "Papers of the version that the public sees; those of another are passed over."
            ),
        )
        self.fields["text"] = FitField(
            label=_("Explanation"),
            required=False,
            max_length=_LONGEST,
            widget=forms.Textarea({"rows": 4}),
            help_text=_(
                "What the public reads above the documents: why the plan is made, how to comment."
            ),
        )

    def clean(self) -> dict[str, Any]:
        """A consultation shows at least one document of its version.

        Raises:
            ValidationError: none was chosen.
        """
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if "documents" in self.fields and not self.documents():
            self.add_error("documents", _("Choose what the public reads and comments on."))
        return found

    def facts(self) -> dict[str, str]:
        """What was filled in, in the spelling of the journal."""
        found = {}
        for name in (*self.step.needs, *self.step.may):
            value = self.cleaned_data.get(name)
            if isinstance(value, dt.date):
                found[name] = value.isoformat()
            elif isinstance(value, list):
                found[name] = ";".join(value)
            elif value not in (None, ""):
                found[name] = str(value).strip().replace("\r\n", "\n")
        return found

    def documents(self) -> list[str]:
        """The papers chosen of the version that was chosen."""
        number = self.cleaned_data.get("version")
        chosen = [each.partition("/") for each in self.cleaned_data.get("documents", ())]
        return [name for of, _slash, name in chosen if of == number]


def _file_words(version: Version, name: str) -> str:
    kind = name.rpartition(".")[2]
    words = _("%(paper)s (%(kind)s), version %(n)s")
    return words % {"paper": called(name), "kind": kind, "n": version.number}


def shown_papers(version: Version) -> list[str]:
    """The files of a version that people read: papers, tables, the page and its map."""
    endings = (".docx", ".pdf", ".xlsx", ".html")
    names = sorted(version.manifest, key=lambda name: ("/" not in name, name))
    inner = ("census/", "policy/")
    return [name for name in names if name.endswith(endings) and not name.startswith(inner)]


class AnswerForm(forms.Form):
    """What became of a comment, and why."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    answer = FitField(
        label=_("Answer and reason"),
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Goes into the table of adoption and to the public: name nobody."),
    )


class LetterForm(forms.Form):
    """A comment that came by letter or in a meeting."""

    kind = forms.ChoiceField(label=_("Comments as"), choices=CommentKind.choices)
    name = FitField(
        label=_("Person or body"),
        max_length=100,
        required=False,
        help_text=_("Of the person or body; shown masked to most."),
    )
    contact = FitField(
        label=_("Contact"),
        max_length=120,
        required=False,
        help_text=_("Telephone or address for a question; blanked after its days."),
    )
    text = FitField(
        label=_("Comment"),
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("As it was written."),
    )
    received_on = forms.DateField(
        label=_("Received on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day on the letter's stamp, or of the meeting."),
    )


class AmendForm(forms.Form):
    """The title of a plan that amends another one."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    title = FitField(
        label=_("Title"),
        max_length=120,
        help_text=_(
            "It is drawn up, consulted and issued like any plan; the old one holds until then."
        ),
    )
