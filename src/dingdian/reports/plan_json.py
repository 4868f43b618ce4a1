"""plan.json: the record of a plan as bytes, and back."""

from __future__ import annotations

from dingdian.core.record import VERSION, Record
from dingdian.reports import record_json
from dingdian.reports.record_json import write_record

FILE = "plan.json"


def read_record(content: bytes, *, file: str = FILE) -> Record:
    """Read a record back; ``file`` is named when it cannot be.

    Raises:
        RequestError: it is not JSON, of another version, or not in the published shape.
    """
    return record_json.read_record(Record, content, version=VERSION, file=file)


__all__ = ["FILE", "read_record", "write_record"]
