"""The form of a move, made from the table of moves and that of facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dingdian.core.census.vocabulary import BED_CLASSES, KINDS, SERVICES
from dingdian.core.lifecycle import facts
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.facts import (
    FACTS,
    KEY_INFORMATION,
    SEVERITIES,
    beds_text,
    services_text,
)
from dingdian.core.lifecycle.moves import APPEALABLE, MOVES, Role
from dingdian.core.lifecycle.places import excepted, exemptions
from dingdian.core.lifecycle.state import State, in_effect, side_of
from dingdian.core.lifecycle.terms import Terms
from dingdian.reports.wording import long_day
from dingdian.web import bureau
from dingdian.web.cases.fitting import fits, group_of, service_fits, titles
from dingdian.web.cases.materials import HAND_IN, PURPOSE, Material, materials
from dingdian.web.cases.models import Paper
from dingdian.web.ledger import words
from dingdian.web.ledger.models import Region
from dingdian.web.papers import TYPES, FilesInput, Handed, ManyFiles, look
from dingdian.web.rights import Districts
from dingdian.web.signs import FitField

_LONGEST_LINE, _LONGEST = 200, 4000
#: Facts that a form writes as one field for each of their parts.
_PARTS = "__"
#: Fact -> the purpose of the checklists whose items it is one of, by move; empty: of every move.
_ITEMS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("refuse_acceptance", "ground"): "refusal",
        ("suspend_imposed", "cause"): "suspension",
        ("terminate", "cause"): "termination",
        ("terminate", "bar"): "refusal",
        ("terminate_elsewhere", "bar"): "refusal",
        ("fail_trial", "bar"): "refusal",
    }
)
#: Facts of several lines, and moves that say why.
_LONG = ("missing", "outcome", "demand")
REASONED = ("annul",)
#: Fields that stand after the facts.
_LAST = ("reason", "documents")
#: Facts of a signing that the case tells already.
_KNOWN = ("sign", "renew")


@dataclass(frozen=True, slots=True)
class About:
    """What a form of a move is about: the move, its case (``None``: a new one), day and terms.

    ``districts`` are those in which somebody may record it. ``kind`` is that of a new case.
    ``papers`` and ``entries`` are those of the case. ``known`` are facts that stand in the form
    from the start, ``fixed`` those that nobody changes there. ``own``: an institution records what
    is its own, on the day itself.
    """

    move: str
    state: State | None
    day: dt.date
    terms: Terms
    districts: Districts
    kind: str = ""
    papers: tuple[Paper, ...] = ()
    entries: tuple[Entry, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    own: bool = False

    @property
    def kind_now(self) -> str:
        """The kind of the institution; empty: not known."""
        return self.state.about.get("kind", "") if self.state else self.kind

    @property
    def side(self) -> str:
        """The side whose rules hold; empty while the kind of a new case is not known."""
        if self.state is not None:
            return self.state.side
        return side_of(self.kind) if self.kind else ""


def chosen_kind(request: HttpRequest) -> str | None:
    """The kind of a new case that a request names; ``None`` where it is still to be chosen.

    Of a form that was sent an unknown one is told by its field: it is empty then.
    """
    sent = request.method == "POST"
    kind = (request.POST if sent else request.GET).get("kind", "")
    return kind if kind in KINDS else "" if sent else None


class MoveForm(forms.Form):
    """The day of a move, its facts with their help, its reason, and the papers that go with it."""

    seen = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: About, **more: Any) -> None:
        super().__init__(*args, **more)
        self.about, self.move = about, MOVES[about.move]
        self.fields["held_on"] = forms.DateField(
            label=_("Held on"),
            initial=about.day,
            widget=forms.HiddenInput() if about.own else _day_input(),
            disabled=about.own,
            help_text=_("The day on which it happened, also where it is recorded later."),
        )
        for name in (*self.move.needs, *self.move.may):
            if name in self.move.needs or self._is_shown(name):
                self.fields.update(self._fields(name))
        if "demand" not in self.move.needs:  # which says why already
            self.fields["reason"] = FitField(
                label=_("Reason"),
                required=about.move in REASONED,
                max_length=_LONGEST,
                widget=forms.Textarea({"rows": 3}),
                help_text=_("Stands in the ledger and in the letter; name no patient."),
            )
        if not about.own:
            self.fields["documents"] = FitField(
                label=_("Documents"),
                required=False,
                max_length=_LONGEST,
                widget=forms.Textarea({"rows": 2}),
                help_text=_("Numbers of the documents that it rests on, one a line."),
            )
        self.materials = self._materials()
        for each in self.materials:
            self.fields[f"{PURPOSE}{_PARTS}{each.item}"] = ManyFiles(
                label=each.says,
                required=False,
                widget=_files(),
                help_text="；".join(paper.name for paper in each.papers),
            )
        self.fields["papers"] = ManyFiles(
            label=_("Attachments"),
            required=False,
            widget=_files(),
            help_text=_(
                "Scans of the document: pdf, docx, jpg, png or ofd; several may be chosen."
            ),
        )

    def _materials(self) -> list[Material]:
        about = self.about
        if about.move not in HAND_IN or not about.side:
            return []
        day = about.terms.rules_day(about.state, about.day)
        return list(materials(about.terms, day, about.side, about.papers))

    def groups(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields that are seen, in groups with their headings; none is empty."""
        shown = [each for each in self.visible_fields() if not _is_of_papers(each.name)]
        for title in (None, *titles()):
            its = [each for each in shown if group_of(each.name.split(_PARTS)[0]) == title]
            if title is None:
                its = [each for each in its if each.name not in _LAST]
            if its:
                yield title or _("What is recorded"), its
        if last := [each for each in shown if each.name in _LAST]:
            yield _("Reason and documents"), last
        if self.materials:
            yield (
                _("Materials: attach each, or leave it as not supplied"),
                [each for each in self.visible_fields() if each.name.startswith(PURPOSE + _PARTS)],
            )
        yield _("Other attachments"), [self["papers"]]

    def _is_shown(self, name: str) -> bool:
        """Whether a fact fits the kind, and is not fixed as one that there is not."""
        about = self.about
        return fits(name, about.side, about.kind_now) and about.fixed.get(name, "?") != ""

    # -- the fields of a fact ---------------------------------------------------------------

    def _fields(self, name: str) -> dict[str, forms.Field]:
        if FACTS[name].reads is facts.beds_of:
            return dict(self._beds(name))
        return {name: self._field(name)}

    def _field(self, name: str) -> forms.Field:
        row = FACTS[name]
        said: dict[str, Any] = {
            "label": capfirst(row.name.say(bureau.lang())),
            "required": name in self.move.needs,
            "initial": self._initial(name),
            "disabled": name in self.about.fixed,
        }
        if name == "kind" and self.about.kind:  # it was chosen first: the other fields fit it
            return forms.CharField(widget=forms.HiddenInput, **said)
        if (choices := self._choices(name)) is not None:
            return forms.ChoiceField(choices=[("", "—"), *choices], **said)
        if row.reads is facts.day_of:
            return forms.DateField(widget=_day_input(), **said)
        if row.reads is facts.services_of:
            fit = (each for each in SERVICES if service_fits(each, self.about.side))
            return _many([(each, words.term("service", each)) for each in fit], said)
        if name == "changed":
            offered = [(key, text.say(bureau.lang())) for key, (text, _c) in _KEY_INFORMATION]
            return _many(offered, said)
        if name == "entry":
            said["initial"] = self.about.state.last_seq if self.about.state else None
            help_text = _("Only the last entry of a case can be annulled.")
            return forms.IntegerField(min_value=1, help_text=help_text, **said)
        if name in _LONG:
            return FitField(max_length=_LONGEST, widget=forms.Textarea({"rows": 3}), **said)
        return FitField(max_length=_LONGEST_LINE, **said)

    def _choices(self, name: str) -> list[tuple[str, Any]] | None:
        """What a fact is one of; ``None`` for a free one."""
        if name == "region":
            return list(self._regions())
        if name == "severity":
            return [(key, text.say(bureau.lang())) for key, text in SEVERITIES.items()]
        if name == "crs":
            return words.terms_of("crs")
        if name == "against":
            return list(self._decisions())
        if FACTS[name].choice:
            return words.terms_of(FACTS[name].choice)
        if name in ("exemption", "exception"):
            return list(self._rules(name))
        purpose = _ITEMS.get((self.about.move, name))
        if purpose is None or self.about.state is None:
            return None
        items = self.about.terms.items(self.about.day, self.about.state.side, purpose)
        return [(id, words.pick(item.text, item.text_en)) for id, item in items.items()] or None

    def _rules(self, name: str) -> Iterator[tuple[str, str]]:
        """The rules by which the plan does not limit it, or of which an exception is possible."""
        terms, day = self.about.terms, self.about.day
        found = exemptions(terms, day) if name == "exemption" else excepted(terms, day)
        for each in found:
            rule = terms.policy(day).rules[each].rule
            yield each, words.pick(rule.title, rule.title_en)

    def _decisions(self) -> Iterator[tuple[str, str]]:
        """What an appeal may be against: the moves of the office that stand, the last one first."""
        for each in reversed(in_effect(self.about.entries)):
            move = MOVES[each.move]
            if APPEALABLE.intersection(move.raises) and each.role != Role.INSTITUTION:
                day = long_day(each.held_on, bureau.lang())
                yield str(each.seq), f"{day} {move.name.say(bureau.lang())}"

    def _regions(self) -> Iterator[tuple[str, str]]:
        found = Region.objects.exclude(district="")
        if self.about.districts is not None:
            found = found.filter(district__in=self.about.districts)
        for each in found:
            yield each.code, f"{each.code} {each.name}"

    def _initial(self, name: str) -> Any:
        """What the case tells already, where a move states it anew; of a new one what is known."""
        state = self.about.state
        if state is None:
            known = {"kind": self.about.kind, **self.about.known, **self.about.fixed}.get(name)
            return known.split(";") if known and name == "services" else known
        if self.about.move not in _KNOWN:
            return None
        if name == "services":
            return list(state.services)
        return state.about.get(name)

    def _beds(self, name: str) -> Iterator[tuple[str, forms.Field]]:
        state = self.about.state
        known = dict(state.beds) if state is not None else {}
        for each in BED_CLASSES:
            yield (
                f"{name}{_PARTS}{each}",
                forms.IntegerField(
                    label=f"{capfirst(FACTS[name].name.say(bureau.lang()))}：{words.bed_class(each)}",
                    required=False,
                    min_value=0,
                    max_value=99_999,
                    initial=known.get(each),
                ),
            )

    # -- what was filled in -----------------------------------------------------------------

    def facts(self) -> dict[str, str]:
        """What was filled in, in the spelling of the ledger; what was left empty is none."""
        found = {}
        for name in (*self.move.needs, *self.move.may):
            text = self._text(name)
            if text:
                found[name] = text
        return found

    def handed(self) -> tuple[Handed, ...]:
        """The files that were handed in, each with the item of the checklist that it is for.

        Raises:
            RequestError: there are too many, or some are of no kind that is taken.
        """
        said = self.cleaned_data
        files = [
            (file, each.item, each.title)
            for each in self.materials
            for file in said[f"{PURPOSE}{_PARTS}{each.item}"]
        ]
        return look([*files, *((file, "", "") for file in said["papers"])])

    def _text(self, name: str) -> str:
        given = self.cleaned_data
        if FACTS[name].reads is facts.beds_of:
            beds = {each: given.get(f"{name}{_PARTS}{each}") or 0 for each in BED_CLASSES}
            return beds_text(beds)
        value = given.get(name)
        if value in (None, "", []):
            return ""
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, list):
            known = FACTS[name].reads is facts.services_of
            return services_text(value) if known else ";".join(value)
        return str(value).strip().replace("\r\n", "\n")

    def numbers(self) -> tuple[str, ...]:
        """The documents that were named, one a line."""
        lines = self.cleaned_data.get("documents", "").splitlines()
        return tuple(each.strip() for each in lines if each.strip())


_KEY_INFORMATION = tuple(KEY_INFORMATION.items())


def _is_of_papers(name: str) -> bool:
    return name == "papers" or name.startswith(PURPOSE + _PARTS)


def _files() -> FilesInput:
    return FilesInput({"multiple": True, "accept": ",".join(f".{each}" for each in TYPES)})


def _day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _many(choices: list[tuple[str, str]], said: dict[str, Any]) -> forms.Field:
    box = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(choices=choices, widget=box, **said)
