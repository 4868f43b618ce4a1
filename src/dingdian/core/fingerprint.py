"""Fingerprints: of a result (the same numbers and verdicts), and of all that a file says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

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


def content_mark(told: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of all that a file of JSON says, but for the mark itself.

    ``told`` is what was read, or is to be written; the mark stands under ``content`` in its
    ``fingerprints``. Order and spacing do not count. It finds accidents and careless edits: who
    means to deceive makes the mark anew, so it is no proof of who wrote a file.

    >>> told = {"fingerprints": {"census": "a"}, "goals": [7]}
    >>> mark = content_mark(told)
    >>> content_mark({**told, "fingerprints": {"content": mark, "census": "a"}}) == mark
    True
    >>> content_mark({**told, "goals": [8]}) == mark
    False
    """
    prints = {name: one for name, one in told["fingerprints"].items() if name != "content"}
    content = json.dumps(
        {**told, "fingerprints": prints},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()
