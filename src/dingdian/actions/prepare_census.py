"""The census that a plan is made from: the ledger's, what counties ask for, what is assumed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dingdian.actions.ports import Ledger
from dingdian.actions.rebuild_census import rebuild_census
from dingdian.core.census import Census
from dingdian.core.census.overlay import Asked, Change, overlaid, with_submissions
from dingdian.core.lifecycle.terms import Terms


def prepare_census(
    ledger: Ledger,
    terms: Terms,
    day: dt.date,
    *,
    asked: Sequence[Asked] = (),
    changes: Sequence[Change] = (),
    name: str = "",
) -> Census:
    """The ledger's census of ``day`` as known now, with submissions and what-if changes in it.

    ``name`` is how the changes are called. Submissions come first: a change may be of one.

    Raises:
        RequestError: no census was kept up to that day, or a change does not fit it.
    """
    census = with_submissions(rebuild_census(ledger, terms, day), asked)
    return overlaid(census, changes, name)
