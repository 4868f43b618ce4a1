"""A batch of moves as a table: one row a move, a column for each fact that moves may state."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from dingdian.core.census.canonical import spelling
from dingdian.core.census.headings import plain
from dingdian.core.census.places import place_of
from dingdian.core.census.schema import Field, Kind, TableSchema
from dingdian.core.census.table import Cell, Table
from dingdian.core.census.vocabulary import BED_CLASSES, CHOICES, SERVICES, Term
from dingdian.core.errors import Place, Text
from dingdian.core.lifecycle.facts import FACTS, FactRow, beds_text, day_of, services_text
from dingdian.core.lifecycle.moves import MOVES, ROLES
from dingdian.core.lifecycle.moving import Asked

C, T, D, H = Kind.CODE, Kind.TEXT, Kind.DAY, Kind.CHOICE
_PARTS = re.compile(r"[;；、,，]\s*")
_BEDS = re.compile(r"\s*(.+?)\s*[=＝:：]?\s*(\d+)\s*张?\s*")
#: Facts that a column of the table gives already.
_OWN = frozenset({"entry"})


def _fact_field(name: str, row: FactRow) -> Field:
    kind = D if row.reads is day_of else H if row.choice else T
    meaning = f"fact {name} of a move, such as {row.example}"
    return Field(name, row.name.zh, row.name.en, kind, meaning, choice=row.choice, meaning_zh=f"办理事项的“{row.name.zh}”，例如 {row.example}")  # fmt: skip


MOVES_TABLE = TableSchema("moves", "办理登记", "moves", "Moves to record in a ledger, in their order: one row a move. All of them are recorded, or none.", (
    Field("case", "件号", "case", C, "case that is moved: the id of an application, or the code of an institution from the opening load", "SQ2026001", required=True, filled=True, also=("申请编号", "编号"), meaning_zh="所办的件：申请编号，或期初登记的医保机构代码"),
    Field("move", "办理事项", "move", T, "identifier or name of the move (docs/reference/lifecycle.md)", "受理", required=True, filled=True, also=("事项",), meaning_zh="办理事项的名称或标识，见 docs/reference/lifecycle.md"),
    Field("held_on", "日期", "held on", D, "the day on which it held", "2026-03-01", required=True, filled=True, meaning_zh="事项发生的日期"),
    Field("role", "身份", "recorded as", T, "in whose name: institution, agency, evaluator or bureau", "经办机构", required=True, filled=True, meaning_zh="以谁的身份：医药机构、经办机构、评估专家或医保行政部门"),
    Field("reason", "理由", "reason", T, "why", meaning_zh="为什么"),
    Field("documents", "文书", "documents", T, "documents that it rests on, separated by ；", meaning_zh="所依据的文书，用分号隔开"),
    Field("seen", "所见序号", "entry seen", T, "number of the last entry of the case that was looked at; another one since then refuses the move", meaning_zh="办理时看到的最后一次登记的序号；其间另有登记的，不予办理"),
    *(_fact_field(name, row) for name, row in FACTS.items() if name not in _OWN),
    Field("entry", "所撤销登记的序号", "entry annulled", T, "entry that is annulled", meaning_zh="撤销登记的，写所撤销登记的序号"),
), ("case", "move", "held_on"), meaning_zh="要登入台账的办理事项，按先后一行一项；全部登记，或者都不登记。")  # fmt: skip


def _by_name(names: Iterable[tuple[str, Text]]) -> Mapping[str, str]:
    found = {plain(word): id for id, name in names for word in (id, name.zh, name.en)}
    return MappingProxyType(found)


_MOVES = _by_name((id, move.name) for id, move in MOVES.items())
_ROLES = _by_name((role.value, name) for role, name in ROLES.items())


def _terms(terms: Mapping[str, Term]) -> Mapping[str, str]:
    words = ((t.id, w) for t in terms.values() for w in (t.id, t.zh, t.en, *t.also))
    return MappingProxyType({plain(word): id for id, word in words})


#: How grave a finding in guidance is (SY-20).
_SEVERITIES: Mapping[str, str] = MappingProxyType(
    {"较轻": "minor", "情节较轻": "minor", "严重": "serious", "情节严重": "serious"}
)
_SERVICES, _BED_CLASSES = _terms(SERVICES), _terms(BED_CLASSES)


def moves_of(
    table: Table, *, known_at: dt.datetime, by: str
) -> tuple[tuple[Asked, ...], tuple[Place, ...]]:
    """The moves that the rows of a table ask for, and where each stands.

    Words that mean nothing are left as they are written: the ledger refuses them with its
    reasons, like those of a single move.
    """
    columns = {each.name: table[each.name].cells() for each in table.schema}
    asked = tuple(
        _asked({name: cells[row] for name, cells in columns.items()}, known_at, by)
        for row in range(len(table))
    )
    return asked, tuple(place_of(table, row) for row in range(len(table)))


def word_of(column: str, text: str) -> str:
    """The identifier of a move or a role that a person names; as it is where it means none.

    >>> word_of("move", "受理"), word_of("role", "经办机构"), word_of("move", "?")
    ('accept', 'agency', '?')
    """
    return _word(text, _MOVES if column == "move" else _ROLES)


def _asked(cells: Mapping[str, Cell], known_at: dt.datetime, by: str) -> Asked:
    move, role = _word(cells["move"], _MOVES), _word(cells["role"], _ROLES)
    held = cells["held_on"]
    seen = spelling(cells["seen"])
    return Asked(
        case=spelling(cells["case"]),
        move=move,
        held_on=held if isinstance(held, dt.date) else known_at.date(),
        known_at=known_at,
        by=by,
        role=role,
        reason=spelling(cells["reason"]),
        documents=tuple(filter(None, _PARTS.split(spelling(cells["documents"])))),
        facts=dict(_facts(cells)),
        seen=int(seen) if seen.isdigit() else None,
    )


def _facts(cells: Mapping[str, Cell]) -> Iterator[tuple[str, str]]:
    for name in FACTS:
        text = spelling(cells[name])
        if text:
            yield name, fact_text(name, text)


def _word(cell: Cell, known: Mapping[str, str]) -> str:
    text = spelling(cell)
    return known.get(plain(text), text)


def fact_text(name: str, text: str) -> str:
    """What a person writes as a fact, in the spelling of the ledger; as it is where it is odd.

    >>> fact_text("services", "住院、门诊统筹"), fact_text("beds", "普通60、中医 20张")
    ('inpatient;outpatient_pooling', 'general=60;tcm=20')
    >>> fact_text("level", "三级"), fact_text("beds", "sixty")
    ('tertiary', 'sixty')
    """
    if name == "services":
        found = [_SERVICES.get(plain(each)) for each in _PARTS.split(text) if each]
        return text if None in found else services_text(filter(None, found))
    if name == "beds":
        return _beds(text)
    if name == "severity":
        return _SEVERITIES.get(text, text)
    if FACTS[name].choice:
        return _terms(CHOICES[FACTS[name].choice]).get(plain(text), text)
    return text


def _beds(text: str) -> str:
    parts: Sequence[re.Match[str] | None] = [
        _BEDS.fullmatch(each) for each in _PARTS.split(text) if each
    ]
    pairs = [(_BED_CLASSES.get(plain(m[1])), int(m[2])) for m in parts if m]
    if len(pairs) < len(parts) or any(name is None for name, _ in pairs):
        return text
    return beds_text({name: n for name, n in pairs if name})
