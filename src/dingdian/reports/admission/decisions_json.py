"""decisions.json: the record of a round as bytes, and back."""

from __future__ import annotations

from dingdian.core.admission.record import VERSION, DecisionsRecord
from dingdian.reports import record_json
from dingdian.reports.record_json import write_record

FILE = "decisions.json"


def read_decisions(content: bytes, *, file: str = FILE) -> DecisionsRecord:
    """Read a record back; ``file`` is named when it cannot be.

    Raises:
        RequestError: it is not JSON, of another version, or not in the published shape.
    """
    return record_json.read_record(DecisionsRecord, content, version=VERSION, file=file)


__all__ = ["FILE", "read_decisions", "write_record"]
