"""Record streets: the file that distances rest on, what it held, and who joins it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from dingdian.core.census import Census
from dingdian.core.census.near import joined
from dingdian.core.record import JoinedRecord, StreetsRecord
from dingdian.core.streets import By, Gathered, quality_of


def record_streets(
    gathered: Gathered,
    by: By,
    *,
    file: str,
    census: Census | None = None,
    along: Sequence[str] = (),
) -> StreetsRecord:
    """The record of the streets of ``file``, and of who in ``census`` joins them.

    ``census`` is one that has these streets; without it nobody is said to join. ``along``: the
    stocks whose circles were measured along them.
    """
    points = ("institutions", "localities") if census else ()
    return StreetsRecord(
        file=file,
        fingerprint=gathered.streets.fingerprint,
        by=by,
        along=tuple(along),
        lines=gathered.lines,
        left_out=dict(gathered.left_out),
        closed=gathered.closed,
        short=gathered.short,
        cut=gathered.cut,
        silent=gathered.silent,
        unread=gathered.unread,
        **asdict(quality_of(gathered.streets)),
        **{table: _joined(census, table) for table in points if census},
    )


def _joined(census: Census, table: str) -> JoinedRecord:
    found = joined(census, table)
    return JoinedRecord(
        located=len(found),
        off=found.far,
        aside=int(np.count_nonzero(found.aside)),
        farthest_mm=found.farthest_mm,
    )
