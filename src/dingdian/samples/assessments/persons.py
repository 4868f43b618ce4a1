"""Invented points of persons: every state once, at institutions of the sample."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dingdian.samples.sample import Row, Tables, num

_D = dt.date
#: Person -> days and points of the acts, each with its responsibility.
_ACTS: tuple[tuple[tuple[dt.date, int, str], ...], ...] = (
    ((_D(2025, 3, 4), 2, "general"),),
    ((_D(2025, 2, 11), 3, "general"), (_D(2025, 9, 2), 3, "important")),
    ((_D(2025, 4, 8), 5, "important"), (_D(2025, 11, 6), 4, "important")),
    ((_D(2025, 5, 20), 9, "main"),),
    ((_D(2025, 1, 15), 6, "main"), (_D(2025, 12, 9), 6, "main")),
    ((_D(2025, 7, 1), 12, "main"),),
    ((_D(2024, 12, 30), 6, "important"), (_D(2025, 1, 2), 5, "important")),
    ((_D(2026, 1, 12), 4, "general"),),
)


def persons(codes: Sequence[str]) -> Tables:
    """The tables of points: the fourth person was paused, the second repaired."""
    names = [f"D900000{at:06d}" for at in range(1, len(_ACTS) + 1)]
    events: list[Row] = [
        {
            "number": f"J{at + 1:02d}{n + 1:02d}",
            "person": names[at],
            "name": f"示例人员{at + 1}",
            "institution": codes[at * 7 % len(codes)],
            "decided_on": day,
            "points": num(points),
            "responsibility": responsibility,
            "by": "示例经办机构",
            "document": f"示例记分决定{at + 1}-{n + 1}号",
        }
        for at, acts in enumerate(_ACTS)
        for n, (day, points, responsibility) in enumerate(acts)
    ]
    pauses: list[Row] = [
        {"person": names[3], "decided_on": _D(2025, 6, 1), "months": num(3), "by": "示例经办机构"}
    ]
    repairs: list[Row] = [
        {"person": names[1], "repaired_on": _D(2025, 10, 8), "activity": "示例政策培训"},
        {"person": names[1], "repaired_on": _D(2025, 10, 20), "activity": "示例志愿服务"},
    ]
    return {"points_events": events, "points_pauses": pauses, "points_repairs": repairs}
