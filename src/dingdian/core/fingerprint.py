"""The fingerprint of a result: the same numbers and verdicts, the same fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from dingdian.core.findings import Finding, Quota
from dingdian.core.formulas import Value
from dingdian.core.workings import Figure


def value_text(value: Value | None) -> str:
    """The one spelling of a value: ``7``, ``7/3``, twelve digits of a float, ``""`` if undefined.

    Floats come from logarithms only, whose last bits differ between machines: they are
    written with twelve significant digits and a leading ``~``.

    >>> from fractions import Fraction
    >>> value_text(Fraction(14, 6)), value_text(0.14384103622589), value_text(None)
    ('7/3', '~0.143841036226', '')
    """
    if value is None:
        return ""
    return f"~{value:.12g}" if isinstance(value, float) else str(value)


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
