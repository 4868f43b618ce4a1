"""assessment.json: the record of an assessment as bytes, and back."""

from __future__ import annotations

from dingdian.core.assessment.record import VERSION, AssessmentRecord
from dingdian.reports import record_json
from dingdian.reports.record_json import write_record

FILE = "assessment.json"


def read_assessment(content: bytes, *, file: str = FILE) -> AssessmentRecord:
    """Read a record back; ``file`` is named when it cannot be.

    Raises:
        RequestError: it is not JSON, of another version, or not in the published shape.
    """
    return record_json.read_record(AssessmentRecord, content, version=VERSION, file=file)


__all__ = ["FILE", "read_assessment", "write_record"]
