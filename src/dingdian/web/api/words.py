"""Words that parameters and bodies are made of: nothing that a database or JSON stumbles over."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from dingdian.core.census.applicants import FLAGS
from dingdian.core.census.vocabulary import CHOICES


def _clean(text: str) -> str:
    """A text without NUL and without halves of letters.

    Raises:
        ValueError: it has some.
    """
    if "\x00" in text:
        raise ValueError("a text holds no NUL")
    text.encode()  # UnicodeEncodeError is a ValueError
    return text


_Clean = AfterValidator(_clean)
Text = Annotated[str, Field(max_length=100), _Clean]
Code = Annotated[str, Field(min_length=1, max_length=60), _Clean]
After = Annotated[str, Field(max_length=200), _Clean]
#: What a number of a row may be: more would be no number of PostgreSQL's.
Number = Annotated[int, Field(ge=1, le=2_147_483_647)]
Degrees = Annotated[float, Field(allow_inf_nan=False, ge=-1e8, le=1e8)]
Limit = Annotated[int, Field(ge=1, le=500)]


def _enum(name: str, ids: object) -> type[StrEnum]:
    return StrEnum(name, {each: each for each in ids})  # type: ignore[call-overload, attr-defined, no-any-return]


Kind = _enum("Kind", CHOICES["kind"])
Level = _enum("Level", CHOICES["level"])
Standing = _enum("Standing", CHOICES["standing"])
Service = _enum("Service", CHOICES["service"])
Ownership = _enum("Ownership", CHOICES["ownership"])
Specialty = _enum("Specialty", CHOICES["type"])
Flag = _enum("Flag", FLAGS)
