"""The fingerprint of a result: the same numbers and verdicts, the same fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from dingdian.core.digits import value_text
from dingdian.core.findings import Finding, Quota
from dingdian.core.workings import Figure


def result_fingerprint(
    figures: Mapping[str, Figure], findings: Sequence[Finding], quotas: Sequence[Quota]
) -> str:
    """SHA-256 (hex) over every key with its value, every verdict and every quota.

    What is left out: the code version, the order in which figures, findings and quotas were
    made, and everything that only says where rows came from (selections, origins, details).
    An undefined figure enters with the code of its reason.

    >>> result_fingerprint({}, (), ())[:12]
    '5ae1625b488b'
    """
    numbers = [
        [key, value_text(each.value), each.unit, each.why.code if each.why else ""]
        for key, each in figures.items()
    ]
    verdicts = [
        [each.rule, each.scope, each.state.value, each.day.isoformat(), each.numbers]
        for each in findings
    ]
    places = [
        [each.resource, each.scope, each.key or "", sorted(each.binding), each.unnumbered]
        for each in quotas
    ]
    content = json.dumps(
        [sorted(numbers), sorted(verdicts), sorted(places)],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()
