"""The words in which cases are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.census.vocabulary import BED_CLASSES, CHOICES, SERVICES
from dingdian.core.errors import Text
from dingdian.core.lifecycle.due import (
    APPEAL,
    APPEAL_NAME,
    IMPOSED,
    IMPOSED_NAME,
    REQUEST,
    REQUEST_NAME,
    Due,
    Urgency,
)
from dingdian.core.lifecycle.moves import MOVES, ROLES, Role
from dingdian.core.lifecycle.stages import STAGES, Stage
from dingdian.core.lifecycle.terms import Terms

URGENCIES: Mapping[Urgency, Text] = MappingProxyType(
    {
        Urgency.OVERDUE: Text("超期", "overdue"),
        Urgency.DUE: Text("今日到期", "due today"),
        Urgency.COMING: Text("将到期", "coming"),
        Urgency.OPEN: Text("可办理", "may be done"),
        Urgency.WAITING: Text("未到时间", "not before"),
        Urgency.PAUSED: Text("停表", "paused"),
    }
)
#: What is due without a rule of the shelf.
_NAMES: Mapping[str, Text] = MappingProxyType(
    {IMPOSED: IMPOSED_NAME, APPEAL: APPEAL_NAME, REQUEST: REQUEST_NAME}
)
PROVISIONAL = Text("暂定：官方日历未公布", "provisional: the calendar is not published")


class Speech:
    """Says codes in one language; titles of rules come from the shelf."""

    def __init__(self, lang: str, terms: Terms, day: dt.date) -> None:
        self.lang, self._policy = lang, terms.policy(day)

    def pick(self, zh: str, en: str) -> str:
        """One of two texts."""
        return zh if self.lang == "zh" else en

    def stage(self, stage: str) -> str:
        """A stage."""
        return STAGES[Stage(stage)].name.say(self.lang) if stage else self.pick("未立件", "none")

    def move(self, move: str) -> str:
        """A move."""
        return MOVES[move].name.say(self.lang)

    def role(self, role: str) -> str:
        """A role."""
        return ROLES[Role(role)].say(self.lang)

    def rule(self, rule: str) -> str:
        """The title of a rule; its identifier where the shelf has it no more."""
        if rule in _NAMES:
            return _NAMES[rule].say(self.lang)
        found = self._policy.rules.get(rule)
        return self.pick(found.rule.title, found.rule.title_en) if found else rule

    def service(self, service: str) -> str:
        """A service."""
        return self.pick(SERVICES[service].zh, SERVICES[service].en)

    def bed_class(self, bed_class: str) -> str:
        """A class of beds."""
        return self.pick(BED_CLASSES[bed_class].zh, BED_CLASSES[bed_class].en)

    def resource(self, resource: str, bed_class: str = "") -> str:
        """A resource; of beds the class."""
        term = CHOICES["resource"][f"{resource}_{bed_class}" if bed_class else resource]
        return self.pick(term.zh, term.en)

    def cause(self, cause: str) -> str:
        """The cause of a release."""
        term = CHOICES["release_cause"][cause]
        return self.pick(term.zh, term.en)

    def urgency(self, urgency: Urgency) -> str:
        """How a limit stands."""
        return URGENCIES[urgency].say(self.lang)

    def note(self, due: Due) -> str:
        """What has to be said beside a limit."""
        said = [PROVISIONAL.say(self.lang)] if due.provisional else []
        said += [self.pick("原则上", "in principle")] if due.principle else []
        return self.pick("；", "; ").join(said)

    def joined(self, words: list[str]) -> str:
        """Words in a row."""
        return self.pick("、", ", ").join(words)
