"""What the national platform is to know of a case, and what an entry changes of that.

Compared is what the platform knows before and after, so that no move can be forgotten, and an
annulment takes back what its entry changed.
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.errors import Text
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.facts import KEY_INFORMATION, beds_text, services_text
from dingdian.core.lifecycle.stages import LIVE, STAGES
from dingdian.core.lifecycle.state import in_effect, state_of


@dataclass(frozen=True, slots=True)
class Item:
    """Something that the platform knows of an institution.

    ``column`` is the column of a census' institutions that holds it, empty where none does;
    ``fact`` the fact of a move in whose words its values are said, empty for plain text.
    """

    name: Text
    column: str = ""
    fact: str = ""


_ABOUT = ("name", "uscc", "kind", "level", "type", "ownership", "region", "address")
_ABOUT_NAMES = {
    "name": Text("机构名称", "name"),
    "uscc": Text("统一社会信用代码", "unified social credit code"),
    "kind": Text("机构类别", "kind"),
    "level": Text("等级", "level"),
    "type": Text("类型", "type"),
    "ownership": Text("办医性质", "ownership"),
    "region": Text("所属区划", "region"),
    "address": Text("地址", "address"),
}
#: Key information whose value the ledger does not hold: known is the day of its last change.
_REPORTED = {name: said for name, (said, column) in KEY_INFORMATION.items() if not column}
ITEMS: Mapping[str, Item] = MappingProxyType(
    {
        "standing": Item(Text("定点状态", "standing"), "standing"),
        "code": Item(Text("医保机构代码", "institution code"), "code"),
        **{name: Item(said, name, name) for name, said in _ABOUT_NAMES.items()},
        "pharmacy_grade": Item(Text("药店分级", "pharmacy grade"), "pharmacy_grade", "pharmacy_grade"),
        "services": Item(Text("协议服务类型", "services of the agreement"), "", "services"),
        "beds": Item(Text("医保床位", "contracted beds"), "", "beds"),
        "agreement": Item(Text("协议编号", "agreement number")),
        "agreement_through": Item(Text("协议届满日期", "agreement through"), "", "agreement_through"),
        "designated_until": Item(Text("定点终止日期", "designated until"), "designated_until"),
        **{name: Item(said) for name, said in _REPORTED.items()},
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """An item whose value is another: ``old`` and ``new`` in the spelling of the ledger."""

    item: str
    old: str
    new: str


def known(entries: Sequence[Entry]) -> Mapping[str, str]:
    """What the platform is to know of a case after its entries; nothing before an agreement.

    Texts are in the spelling of the ledger; empty: there is none, or the ledger does not know it.
    """
    state = state_of(entries)
    if state is None or (state.stage not in LIVE and state.ended_on is None):
        return {}
    about = state.about
    return {
        "standing": STAGES[state.stage].standing,
        "code": state.institution,
        **{name: about.get(name, "") for name in _ABOUT},
        "pharmacy_grade": about.get("pharmacy_grade", ""),
        "services": services_text(state.services),
        "beds": beds_text(state.beds),
        "agreement": state.agreement.number if state.agreement else "",
        "agreement_through": state.agreed_through.isoformat() if state.agreed_through else "",
        "designated_until": state.ended_on.isoformat() if state.ended_on else "",
        **_reported(in_effect(entries)),
    }


def _reported(entries: Sequence[Entry]) -> Mapping[str, str]:
    """The day of the last change of what the ledger does not hold itself."""
    found = dict.fromkeys(_REPORTED, "")
    for each in entries:
        if each.move == "change_information":
            named = each.facts.get("changed", "").split(";")
            found |= {name: each.held_on.isoformat() for name in named if name in _REPORTED}
    return found


def changes(entries: Sequence[Entry]) -> tuple[Change, ...]:
    """What the last of a case's entries changes of what the platform is to know.

    An opening load changes nothing, nor does taking it back: the platform knows who was there
    before the ledger.
    """
    last = entries[-1]
    opened = {str(each.seq) for each in entries if each.move == "open"}
    if last.move == "open" or (last.move == "annul" and last.facts.get("entry") in opened):
        return ()
    return tuple(_changes(known(entries[:-1]), known(entries)))


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    """The items that differ, in their order."""
    for item in ITEMS:
        old, new = before.get(item, ""), now.get(item, "")
        if old != new:
            yield Change(item, old, new)
