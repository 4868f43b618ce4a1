"""Words that parameters and bodies are made of: nothing that a database or JSON stumbles over."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

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


def _known(ids: Iterable[str]) -> AfterValidator:
    """A word of a list."""
    known = frozenset(ids)

    def check(word: str) -> str:
        if word not in known:
            raise ValueError("no such word: " + ", ".join(sorted(known)))
        return word

    return AfterValidator(check)


def _listed(ids: Iterable[str]) -> WithJsonSchema:
    """How a word of a list is described."""
    return WithJsonSchema({"type": "string", "enum": list(ids)})


Kind = Annotated[str, _known(CHOICES["kind"]), _listed(CHOICES["kind"])]
Level = Annotated[str, _known(CHOICES["level"]), _listed(CHOICES["level"])]
Standing = Annotated[str, _known(CHOICES["standing"]), _listed(CHOICES["standing"])]
Service = Annotated[str, _known(CHOICES["service"]), _listed(CHOICES["service"])]
Ownership = Annotated[str, _known(CHOICES["ownership"]), _listed(CHOICES["ownership"])]
Specialty = Annotated[str, _known(CHOICES["type"]), _listed(CHOICES["type"])]
Flag = Annotated[str, _known(FLAGS), _listed(FLAGS)]
