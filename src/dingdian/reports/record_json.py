"""Records as bytes, and back: the same record, the same bytes."""

from __future__ import annotations

import datetime as dt
import json
from typing import TypeVar

from pydantic import ValidationError

from dingdian.core.access_record import AccessRecord
from dingdian.core.errors import Place, RequestError, fault
from dingdian.core.fingerprint import content_mark
from dingdian.core.projection_record import ProjectionRecord
from dingdian.core.record import Part
from dingdian.core.retention_record import RetentionRecord
from dingdian.core.transfer_record import TransferRecord

Whole = TypeVar("Whole", bound=Part)
Advice = TypeVar("Advice", AccessRecord, ProjectionRecord, RetentionRecord, TransferRecord)

#: How the shapes that a value may have are called where it has none of them.
_ALTERNATIVES = ("constrained-str", "Approximate")


def write_record(record: Part) -> bytes:
    """The record as UTF-8 JSON: the same record, the same bytes.

    One line for each figure, finding, decision … so that two records can be compared line by
    line. Fields that hold their default (an empty list, no reason) are left out.
    """
    fields = type(record).model_fields
    held = {name: getattr(record, name) for name in fields}
    told = [f"{_text(name)}: {_content(each)}" for name, each in held.items() if each is not None]
    return ("{\n" + ",\n".join(told) + "\n}\n").encode()


def sealed(record: Advice) -> Advice:
    """The record with the mark of all that its file says, by which a careless edit is found out."""
    mark = content_mark(json.loads(write_record(record)))
    prints = record.fingerprints.model_copy(update={"content": mark})
    return record.model_copy(update={"fingerprints": prints})


def read_record(shape: type[Whole], content: bytes, *, version: str, file: str) -> Whole:
    """Read a record back; ``file`` is named when it cannot be.

    Raises:
        RequestError: it is not JSON, of another version, or not in the published shape.
    """
    try:
        return shape.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"] if part not in _ALTERNATIVES)
        kind = "plan_version" if where == "version" else "plan_unreadable"
        place = Place(file=file, column=where)
        raise RequestError(
            (fault(kind, place, known=version, why=first["msg"], n=error.error_count()),)
        ) from error


def _content(content: object) -> str:
    """One line, or one line a part where a field holds many parts."""
    if isinstance(content, Part):
        return content.model_dump_json(exclude_defaults=True)
    if isinstance(content, dict):
        lines = [f"{_text(key)}: {_content(part)}" for key, part in content.items()]
        return "{\n" + ",\n".join(lines) + "\n}"
    if isinstance(content, tuple):
        return "[\n" + ",\n".join(map(_content, content)) + "\n]"
    return _text(content.isoformat() if isinstance(content, dt.date) else content)


_text = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
