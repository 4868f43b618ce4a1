"""What the letter of an assessment tells: the result of the version that its entry names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dingdian.core.assessment.record import AssessmentRecord
from dingdian.reports.notices.joining import results_of
from dingdian.web.assessments.models import Result, State, Version

if TYPE_CHECKING:
    from dingdian.core.lifecycle.entry import Entry
    from dingdian.reports.notices.assessment import AssessmentResult

#: How much of the fingerprint of a result an entry names.
_NAMED = 16


def version_of(entry: Entry) -> Version | None:
    """The version that an entry of an assessment names; ``None`` where it was made elsewhere."""
    for paper in entry.documents:
        named = paper.rpartition(" ")[2]
        if len(named) == _NAMED:
            found = Version.objects.filter(state=State.ASSESSED, result__startswith=named).last()
            if found is not None:
                return found
    return None


def result_of(entries: Sequence[Entry]) -> AssessmentResult | None:
    """What the letter of the last of ``entries`` tells; ``None`` where no version here has it."""
    entry = entries[-1]
    version = version_of(entry)
    codes = [each.facts.get("institution", "") for each in entries]
    code = next((each for each in reversed(codes) if each), "")
    result = Result.objects.filter(version=version, code=code).first() if version else None
    if version is None or result is None:
        return None
    record = AssessmentRecord.model_validate({**version.head, "assessed": [result.record]})
    return results_of(record, {entry.case: entries}).get(entry.seq)
