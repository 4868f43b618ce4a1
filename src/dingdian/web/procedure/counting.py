"""What the ledger says of a span, counted by a worker and kept with what it was counted from.

Every number of it is the sum of rows that are kept with it, so that none can differ from its
derivation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_noop

from dingdian.actions.compare_outcomes import Line, lines_of
from dingdian.core.lifecycle.reading import cases_by_id
from dingdian.web import bureau, clock
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.running import Running, ask
from dingdian.web.plans.models import Version
from dingdian.web.procedure.models import Counted, CountedRow

#: The kind of the work.
KIND = "count_outcomes"
STEPS = (
    gettext_noop("reading the ledger of cases"),
    gettext_noop("counting places and beds"),
    gettext_noop("keeping what was counted"),
)
#: So many counts of a version stay, the newest; so many rows go into one statement.
KEPT, BATCH = 3, 500

Span = tuple[dt.date, dt.date]
#: Part, resource, bed class and district -> how many.
Sums = Mapping[tuple[str, str, str, str], int]


def about(version: Version) -> str:
    """What the work is about."""
    return f"outcomes:{version.pk}"


def ask_for(version: Version, span: Span, by: str) -> Job:
    """Ask for a count of a span, both days counted."""
    since, through = (each.isoformat() for each in span)
    return ask(KIND, about(version), by=by, version=version.pk, since=since, through=through)


def is_fresh(counted: Counted) -> bool:
    """Whether the ledger, and the census that gives the districts, are still what was counted."""
    ledger = bureau.desk().ledger
    known = ledger.census_known_at(counted.through)
    return (counted.head, counted.census_known_at) == (ledger.head().digest, known)


def sums_of(counted: Counted) -> Sums:
    """Its rows added up."""
    names = ("part", "resource", "bed_class", "district")
    found = counted.rows.order_by().values_list(*names).annotate(n=Sum("amount"))
    return {(part, resource, bed, where): n for part, resource, bed, where, n in found}


def count(running: Running) -> None:
    """Count a span, and keep it in place of the count of the same span.

    Raises:
        DingdianError: the ledger cannot be read.
    """
    given = running.given
    version = Version.objects.get(pk=given["version"])
    since, through = (dt.date.fromisoformat(given[name]) for name in ("since", "through"))
    running.tell(STEPS[0], 0, len(STEPS))
    ledger = bureau.desk().ledger
    head, known = ledger.head(), ledger.census_known_at(through)
    cases = cases_by_id(each for each in ledger.entries() if each.seq <= head.entries)
    census = ledger.census(through, known)
    running.tell(STEPS[1], 1, len(STEPS))
    lines = list(lines_of(cases.values(), (since, through)))
    running.tell(STEPS[2], 2, len(STEPS))
    with transaction.atomic():
        version.counted.filter(since=since, through=through).delete()
        counted = version.counted.create(
            since=since,
            through=through,
            day=clock.today(),
            entries=head.entries,
            head=head.digest,
            census_known_at=known,
            made_at=clock.now(),
            by=running.job.by,
        )
        district_of = census.tree.county_of if census else lambda _: None
        rows = _rows(counted, lines, {e.region: district_of(e.region) or "" for e in lines})
        CountedRow.objects.bulk_create(rows, batch_size=BATCH)
        kept = version.counted.values_list("pk", flat=True)[:KEPT]
        version.counted.exclude(pk__in=list(kept)).delete()
        running.finish(counted=counted.pk)


def _rows(
    counted: Counted, lines: list[Line], districts: Mapping[str, str]
) -> Iterator[CountedRow]:
    for each in lines:
        yield CountedRow(
            counted=counted,
            part=each.part,
            resource=each.resource,
            bed_class=each.bed_class,
            district=districts[each.region],
            case=each.case,
            amount=each.amount,
            seq=each.seq,
            day=each.day,
            cause=each.cause,
        )


__all__ = ["KIND", "STEPS", "about", "ask_for", "count", "is_fresh", "sums_of"]
