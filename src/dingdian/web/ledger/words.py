"""Words of the ledger in the language of the page: those that the core has, never others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import pgettext

from dingdian.core.census.schema import TABLES, Field, TableSchema
from dingdian.core.census.vocabulary import BED_CLASSES, CHOICES, SERVICES, Term
from dingdian.core.faults import KINDS as FAULTS
from dingdian.core.lifecycle.facts import FACTS, KEY_INFORMATION, SEVERITIES, beds_of
from dingdian.core.lifecycle.stages import STAGES, Stage
from dingdian.core.lifecycle.terms import Terms
from dingdian.reports.wording import grouped, long_day
from dingdian.web.bureau import lang

#: How a column is called on the national platform begins with one of these.
_NATIONAL = re.compile(r"(fixmedins|hosp)_[a-z_]+")
_DETAIL = re.compile(r"[（(]?\{[a-z_]+\}[）)]?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Facts that name an item of a checklist.
_ITEMS = ("cause", "ground", "bar")
#: Tone of a standing or stage -> class of its tag.
_TONES: Mapping[str, str] = {
    "guidance": "info",
    "trial": "info",
    "in_force": "good",
    "suspended": "warn",
    "expired": "bad",
    "terminated": "bad",
}


def pick(zh: str, en: str) -> str:
    """One of two texts."""
    return zh if lang() == "zh" else en


def joined(words: list[str]) -> str:
    """Words in a row."""
    return pick("、", ", ").join(words)


def term(choice: str, id: str) -> str:
    """A word of the vocabulary; the identifier where there is none, — where it is unknown."""
    found: Term | None = CHOICES[choice].get(id)
    return pick(found.zh, found.en) if found else id or "—"


def terms_of(choice: str) -> list[tuple[str, str]]:
    """All words of a choice, as a form offers them."""
    return [(each.id, pick(each.zh, each.en)) for each in CHOICES[choice].values()]


def field_of(table: str, name: str) -> Field:
    """A column of the census."""
    return TABLES[table][name]


def title(table: str, name: str) -> str:
    """The heading of a column of the census."""
    return heading(field_of(table, name))


def heading(found: Field | TableSchema) -> str:
    """The name of a column or table as a heading."""
    return pick(found.zh, found.en[:1].upper() + found.en[1:])


def national(table: str, name: str) -> str:
    """The name of a column on the national platform; ours where it has none there."""
    also = field_of(table, name).also
    return next((each for each in also if _NATIONAL.fullmatch(each)), name)


def stage(id: str) -> str:
    """A stage."""
    return STAGES[Stage(id)].name.say(lang()) if id else "—"


def tone(id: str) -> str:
    """The class of the tag of a standing, or of a stage by its standing."""
    if id in _TONES:
        return _TONES[id]
    known = STAGES.get(Stage(id)) if id in STAGES else None
    return _TONES.get(known.standing, "") if known else ""


def services(text: str) -> str:
    """Services in words, in the order of the vocabulary."""
    found = set(text.split())
    return joined([term("service", each) for each in SERVICES if each in found]) or "—"


def cell(found: Field, value: Any) -> str:
    """A cell of the census in words; — where it is unknown."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return pgettext("ledger", "yes") if value else pgettext("ledger", "no")
    if isinstance(value, dt.date):
        return long_day(value, lang())
    if found.choice:
        return term(found.choice, str(value))
    if isinstance(value, Fraction):
        return grouped(f"{float(value):g}" if value.denominator > 1 else str(value))
    return str(value)


def spelt(found: Field, text: str) -> str:
    """A cell as the ledger keeps it, in words."""
    if text in ("yes", "no"):
        return cell(found, text == "yes")
    if _DAY.fullmatch(text):
        return cell(found, dt.date.fromisoformat(text))
    return cell(found, text)


def fact_name(name: str) -> str:
    """The name of a fact of a move, as a heading."""
    said = FACTS[name].name.say(lang()) if name in FACTS else name
    return said[:1].upper() + said[1:]


def fact(name: str, text: str, terms: Terms, day: dt.date) -> str:
    """A fact of a move in words; ``person`` is for the page to mask."""
    if name in FACTS and FACTS[name].choice:
        return term(FACTS[name].choice, text)
    if name == "crs":
        return term("crs", text)
    if name == "services":
        return services(text.replace(";", " "))
    if name == "beds":
        return joined([f"{term('bed_class', each)} {n}" for each, n in beds_of(text).items()])
    if name == "stage":
        return stage(text)
    if name == "changed":
        return joined([KEY_INFORMATION[each][0].say(lang()) for each in text.split(";")])
    if name == "severity" and text in SEVERITIES:
        return SEVERITIES[text].say(lang())
    if name in _ITEMS:
        return item(text, terms, day)
    return long_day(dt.date.fromisoformat(text), lang()) if _DAY.fullmatch(text) else text


def item(id: str, terms: Terms, day: dt.date) -> str:
    """An item of the shelf's checklists in words; its identifier where no list has it."""
    for side in ("medical_institutions", "pharmacies"):
        for purpose in ("termination", "suspension", "refusal"):
            found = terms.items(day, side, purpose).get(id)
            if found is not None:
                return pick(found.text, found.text_en)
    return id


def remark(kind: str) -> str:
    """What was odd about a move and did not stop it: its kind, without the details."""
    if kind not in FAULTS:
        return kind
    text = FAULTS[kind].what
    return _DETAIL.sub("…", pick(text.zh, text.en))


def bed_class(id: str) -> str:
    """A class of beds."""
    return pick(BED_CLASSES[id].zh, BED_CLASSES[id].en) if id in BED_CLASSES else id
