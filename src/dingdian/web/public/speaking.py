"""Which fields each kind of what people say has, and how long each may be: for both sides."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dingdian.core.signs import is_fit
from dingdian.web.public.spoken import Kind

#: The part of a file of comments that holds what people say besides.
PART = "said.json"
_ABOUT = 80


@dataclass(frozen=True, slots=True)
class Fields:
    """Field -> the most signs of it; ``private`` are those of a person."""

    content: Mapping[str, int]
    private: Mapping[str, int] = field(default_factory=dict)


_PERSON = MappingProxyType({"name": 60, "contact": 100})
FIELDS: Mapping[str, Fields] = MappingProxyType(
    {
        Kind.OBJECTION: Fields({"reason": 2000}, _PERSON),
        Kind.COMPLAINT: Fields(
            {"institution": 200, "district": 20, "happened": 100, "text": 4000}, _PERSON
        ),
        Kind.ANSWER: Fields({"code": 24, "marks": 2000, "text": 1000}),
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """Something that came from the public site."""

    public_id: uuid.UUID
    kind: str
    about: str
    content: Mapping[str, str]
    private: Mapping[str, str]
    received_at: dt.datetime


def told_of(given: Any) -> Told:
    """What a part of a file tells, every field of the kind and length that it must be.

    Raises:
        ValueError: one is not.
        KeyError: one is missing.
        TypeError: it is of another shape.
    """
    fields = FIELDS.get(given["kind"])
    if fields is None:
        raise ValueError("kind")
    received_at = dt.datetime.fromisoformat(given["received_at"])
    if received_at.tzinfo is None:
        raise ValueError("received_at")
    return Told(
        uuid.UUID(given["public_id"]),
        str(given["kind"]),
        _texts({"about": given["about"]}, {"about": _ABOUT})["about"],
        _texts(given["content"], fields.content),
        _texts(given["private"], fields.private),
        received_at,
    )


def _texts(given: Any, limits: Mapping[str, int]) -> dict[str, str]:
    if set(given) != set(limits):
        raise ValueError(f"fields: {', '.join(sorted(map(str, given)))[:_ABOUT]}")
    for name, limit in limits.items():
        text = given[name]
        if not isinstance(text, str) or not is_fit(text):
            raise ValueError(name)
        if len(text) > limit:
            raise ValueError(f"{name} is longer than {limit}")
    return dict(given)
