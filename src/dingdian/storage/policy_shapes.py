"""Items of the shelf into shapes: what pydantic finds wrong, said as faults of the shelf.

No text of pydantic ever reaches a person: its error types are mapped, one by one.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from dingdian.core.errors import Fault, fault
from dingdian.core.policy import Benchmark, CalendarYear, Clause, Document, Reading, Rule, Shape
from dingdian.core.policy.cases import Case
from dingdian.core.policy.years import Holiday
from dingdian.core.rules import SHAPES
from dingdian.storage.yaml_text import TextFile

#: Section of a file -> the shape of its items; rules are told apart by their family.
SECTIONS: Mapping[str, type[Shape]] = MappingProxyType(
    {
        "documents": Document,
        "benchmarks": Benchmark,
        "clauses": Clause,
        "readings": Reading,
        "rules": Rule,
        "calendar": CalendarYear,
    }
)
#: Section -> the key that names an item.
NAME_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "documents": "id",
        "benchmarks": "benchmark",
        "clauses": "id",
        "readings": "reading",
        "rules": "rule",
        "calendar": "year",
        "cases": "name",
    }
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a section, with where it stands; ``shape`` is ``None`` where it has faults."""

    section: str
    file: TextFile
    path: tuple[object, ...]
    name: str
    shape: Shape | None


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A pydantic error with what is needed to say it."""

    error: ErrorDetails
    file: TextFile
    path: tuple[object, ...]
    shape: type[Shape]

    @property
    def value(self) -> str:
        found = self.error["input"]
        return "null" if found is None else str(found)

    @property
    def key(self) -> str:
        return str(self.error["loc"][-1]) if self.error["loc"] else ""


def read_items(
    file: TextFile, section: str, faults: list[Fault], *, path: tuple[object, ...] = ()
) -> list[Item]:
    """The items of a section, each read into its shape; what is wrong goes to ``faults``."""
    found = file.data[section]
    where = (*path, section)
    if not isinstance(found, list):
        faults.append(
            _wrong_type(file, where, zh="一个列表", en="a list", example=f"{section}: []")
        )
        return []
    items = []
    for number, data in enumerate(found):
        at = (*where, number)
        shape, name = None, ""
        if isinstance(data, dict):
            name = str(data.get(NAME_KEYS[section]) or "")
            made = _shape_of(file, section, data, path=at, faults=faults)
            if made is not None:
                shape = read_shape(file, made, data, at, faults=faults)
        else:
            example = f"- {NAME_KEYS[section]}: …"
            faults.append(
                _wrong_type(file, at, zh="键和值", en="keys with values", example=example)
            )
        items.append(Item(section, file, at, name, shape))
    return items


def read_shape(
    file: TextFile,
    shape: type[Shape],
    data: object,
    path: tuple[object, ...],
    *,
    faults: list[Fault],
) -> Shape | None:
    """Read ``data`` into ``shape``; ``None`` with its faults when it does not fit."""
    try:
        return shape.model_validate(data)
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            wrong = _Wrong(error, file, (*path, *_real(error["loc"])), shape)
            faults.append(SAID.get(error["type"], _other)(wrong))
        return None


def nearest(word: str, known: Sequence[str]) -> dict[str, object]:
    """The fields ``nearest_zh`` and ``nearest_en``: the known word that looks most like it."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if not found:
        return {"nearest_zh": "", "nearest_en": ""}
    return {"nearest_zh": f"；是不是 {found[0]}？", "nearest_en": f"; did you mean {found[0]}?"}


def _shape_of(
    file: TextFile,
    section: str,
    data: dict[str, Any],
    *,
    path: tuple[object, ...],
    faults: list[Fault],
) -> type[Shape] | None:
    if section == "cases":
        return Case
    if section != "rules":
        return SECTIONS[section]
    family = data.get("family")
    if isinstance(family, str) and family in SHAPES:
        return SHAPES[family]
    if family is None:
        place = file.place(path)
        faults.append(fault("shelf_missing_key", place, key="family", example="family: freeze"))
    else:
        place, known = file.place((*path, "family")), ", ".join(SHAPES)
        faults.append(fault("shelf_unknown_family", place, family=family, known=known))
    return None


def _real(loc: tuple[int | str, ...]) -> tuple[object, ...]:
    """The location without pydantic's own words, such as ``[key]``."""
    return tuple(part for part in loc if part != "[key]")


def _wrong_type(
    file: TextFile, path: tuple[object, ...], *, zh: str, en: str, example: str
) -> Fault:
    details = {"expected_zh": zh, "expected_en": en, "example": example}
    return fault("shelf_wrong_type", file.place(path), **details)


def _unknown_key(wrong: _Wrong) -> Fault:
    known = sorted(_fields(wrong.shape, wrong.error["loc"]))
    words = ", ".join(known) or "—"
    return fault("shelf_unknown_key", wrong.file.place(wrong.path), key=wrong.key, known=words)


def _fields(shape: type[Shape], loc: tuple[int | str, ...]) -> set[str]:
    """The keys known where an unknown one stands; of the item itself, where it is not deeper."""
    if len(loc) == 1:
        return set(shape.model_fields)
    if loc[0] == "values" and len(loc) == 3:
        return {"since", "value", "clause", "checked_on", "note"}
    if loc[0] == "holidays" and len(loc) == 3:
        return set(Holiday.model_fields)
    return set()


#: Key -> a valid example of it.
EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "clause": "clause: SY-12",
        "since": "since: 2025-01-01",
        "through": "through: 2027-12-31",
        "checked_on": "checked_on: 2026-11-21",
        "decided_on": "decided_on: 2026-11-21",
        "clauses": "clauses: [SY-12]",
        "layers": "layers: [national, shenyang]",
        "value": "value: 50%",
        "issuer": "issuer: 沈阳市医疗保障局",
        "rank": "rank: municipal",
        "standing": "standing: issued",
        "step": "step: 4",
        "at": "at: [district, whole]",
        "year": "year: 2026",
        "days": "days: 2026-06-19/2026-06-21",
        "holidays": "holidays: [{name: 元旦, name_en: New Year, days: 2026-01-01}]",
    }
)


def _missing(wrong: _Wrong) -> Fault:
    loc, place = wrong.error["loc"], wrong.file.place(wrong.path[:-1])
    if wrong.key == "clause" and "values" in loc:
        return fault("shelf_value_without_clause", place)
    example = EXAMPLES.get(wrong.key, f"{wrong.key}: …")
    return fault("shelf_missing_key", place, key=wrong.key, example=example)


def _missing_language(wrong: _Wrong) -> Fault:
    """A text that stands in one language alone."""
    key = str(wrong.error["ctx"]["key"])
    return fault(
        "shelf_missing_key", wrong.file.place(wrong.path[:-1]), key=key, example=f"{key}: …"
    )


def _expects(zh: str, en: str, example: str) -> Callable[[_Wrong], Fault]:
    def said(wrong: _Wrong) -> Fault:
        if wrong.error["input"] is None:
            return fault("shelf_empty", wrong.file.place(wrong.path))
        return _wrong_type(wrong.file, wrong.path, zh=zh, en=en, example=example)

    return said


def _kind_of(kind: str) -> Callable[[_Wrong], Fault]:
    """A fault of ``kind`` with the value and the details that the shape itself gave."""

    def said(wrong: _Wrong) -> Fault:
        if wrong.error["input"] is None:
            return fault("shelf_empty", wrong.file.place(wrong.path))
        details = {"value": wrong.value} | dict(wrong.error.get("ctx", {}))
        return fault(kind, wrong.file.place(wrong.path), **details)

    return said


def _choice(wrong: _Wrong) -> Fault:
    expected = str(wrong.error.get("ctx", {}).get("expected", "")).replace("'", "")
    choices = expected.replace(" or ", ", ")
    place = wrong.file.place(wrong.path)
    return fault("shelf_not_a_choice", place, value=wrong.value, choices=choices)


def _range(wrong: _Wrong) -> Fault:
    limits = [f"{name} {value}" for name, value in wrong.error.get("ctx", {}).items()]
    place = wrong.file.place(wrong.path)
    return fault("shelf_out_of_range", place, value=wrong.value, range=", ".join(limits))


_other = _expects("规范所说的内容", "what the shape asks for", "见 docs/guide/policy-shelf.md")
_text = _expects("文字", "a text", "title: 文字；true、false 作文字用时须加引号")
_list = _expects("一个列表", "a list", "[SY-12, SY-13]")
_keys = _expects("键和值", "keys with values", "{met: 50%, otherwise: null}, {text: …, text_en: …}")
_whole = _expects("整数", "a whole number", "2024")
_flag = _expects("true 或 false", "true or false", "principle: true")

#: Error type of pydantic -> how it is said.
SAID: Mapping[str, Callable[[_Wrong], Fault]] = MappingProxyType(
    {
        "extra_forbidden": _unknown_key,
        "missing": _missing,
        "shelf_missing_language": _missing_language,
        "string_type": _text,
        "tuple_type": _list,
        "list_type": _list,
        "too_long": _list,
        "dict_type": _keys,
        "model_type": _keys,
        "model_attributes_type": _keys,
        "int_type": _whole,
        "int_parsing": _whole,
        "int_from_float": _whole,
        "bool_type": _flag,
        "bool_parsing": _flag,
        "string_too_short": _kind_of("shelf_empty"),
        "too_short": _kind_of("shelf_empty"),
        "string_pattern_mismatch": _kind_of("shelf_not_an_identifier"),
        "literal_error": _choice,
        "enum": _choice,
        "greater_than_equal": _range,
        "less_than_equal": _range,
        "shelf_not_a_number": _kind_of("shelf_not_a_number"),
        "shelf_not_a_day": _kind_of("shelf_not_a_day"),
        "shelf_not_days": _kind_of("shelf_not_days"),
        "shelf_holiday_reversed": _kind_of("shelf_holiday_reversed"),
        "shelf_not_an_identifier": _kind_of("shelf_not_an_identifier"),
        "shelf_overlapping_dates": _kind_of("shelf_overlapping_dates"),
        "shelf_days_reversed": _kind_of("shelf_days_reversed"),
        "shelf_chosen_not_an_option": _kind_of("shelf_chosen_not_an_option"),
        "shelf_options_differ": _kind_of("shelf_options_differ"),
        "shelf_inconsistent": _kind_of("shelf_inconsistent"),
        "shelf_item_number": _kind_of("shelf_item_number"),
        "shelf_item_way": _kind_of("shelf_item_way"),
    }
)
