"""The picture of the ledger made anew, where the ledger, its census or the day is another."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet, Subquery
from django.utils.translation import gettext_noop

from dingdian.actions.take_picture import Taken, take_picture
from dingdian.core.census import Census
from dingdian.core.census.vocabulary import CHAIR_CLASSES, DESIGNATED, SERVICES
from dingdian.core.lifecycle.due import HORIZON, Due, Urgency
from dingdian.core.lifecycle.stages import LIVE
from dingdian.core.lifecycle.state import State
from dingdian.storage.db import models as kept
from dingdian.web import bureau, clock
from dingdian.web.jobs import running
from dingdian.web.jobs.models import Job
from dingdian.web.jobs.models import State as JobState
from dingdian.web.ledger.models import (
    Case,
    DayTally,
    DueLine,
    DueTally,
    Institution,
    Picture,
    Region,
    Tally,
)

#: The kind of the work, and what it is about.
KIND, ABOUT = "refresh_picture", "picture"
STEPS = (
    gettext_noop("reading the ledger"),
    gettext_noop("making the rows of the picture"),
    gettext_noop("keeping the picture"),
)
#: How many rows go into one statement, and the one row of ``Picture``.
BATCH, ONE = 500, 1
#: How many days ahead the calendar looks.
AHEAD = 366
#: A refresh that failed is not asked for again before so many seconds.
REST = 60
_SAME = (
    "code",
    "name",
    "uscc",
    "kind",
    "level",
    "type",
    "ownership",
    "region",
    "address",
    "standing",
    "standing_since",
    "pharmacy_grade",
    "designated_since",
)
_DAYS = frozenset({"standing_since", "designated_since"})


def picture() -> Picture | None:
    """What the picture was made from, in one query; ``None`` before the first.

    It carries ``fresh``: whether the ledger, its census and the day are still those.
    """
    day = clock.today()
    found = _with_ledger(Picture.objects.filter(pk=ONE), day).first()
    if found is not None:
        found.fresh = (found.day, found.entries, found.census_known_at) == (
            day,
            found.head or 0,
            found.known,
        )
    return found


def is_fresh() -> bool:
    """Whether there is a picture and it is of today, of all entries and of the census kept last."""
    found = picture()
    return found is not None and found.fresh


def _with_ledger(found: QuerySet[Picture], day: dt.date) -> QuerySet[Any]:
    last = kept.Entry.objects.order_by("-seq").values("seq")[:1]
    census = kept.Census.objects.filter(taken_on__lte=day).order_by("-taken_on", "-known_at")
    return found.annotate(head=Subquery(last), known=Subquery(census.values("known_at")[:1]))


@dataclass(frozen=True, slots=True)
class NoPicture:
    """There is no picture: the ledger is ``empty``, or is being read for the first time."""

    empty: bool

    def __bool__(self) -> bool:
        """Never true, as nothing can be shown."""
        return False


def shown_picture(by: str = "") -> Picture | NoPicture:
    """The picture for a page; where it is not fresh, a fresh one is asked for, once."""
    found = picture()
    if found is not None and found.fresh:
        return found
    empty = not kept.Census.objects.exists()
    if not empty:
        ask(by)
    return found or NoPicture(empty)


def ask(by: str = "") -> None:
    """Ask for a fresh picture, unless that is under way or has just failed."""
    last = Job.objects.filter(about=ABOUT).first()
    if last is not None and last.open:
        return
    rested = clock.now() - dt.timedelta(seconds=REST)
    if last is not None and last.state == JobState.FAILED and last.asked_at > rested:
        return
    running.ask(KIND, ABOUT, by=by)


def refresh(*, tell: Any = None) -> bool:
    """Make the picture anew where it is not fresh; whether that was done.

    ``tell`` is told of each step with its number and how many there are.

    Raises:
        DingdianError: no census was kept yet, or the ledger cannot be read.
    """
    say = tell or (lambda *_: None)
    if is_fresh():
        return False
    desk, day = bureau.desk(), clock.today()
    say(STEPS[0], 0, len(STEPS))
    taken = take_picture(desk.ledger, desk.terms, day, horizon=AHEAD)
    say(STEPS[1], 1, len(STEPS))
    regions = list(_regions(taken.census))
    institutions = list(_institutions(taken))
    unknown = {code for code, n in _beds(taken.census, "contracted").items() if n is None}
    names = {each.code: each.name for each in institutions}
    cases = list(_case_rows(taken, names))
    lines = list(_lines(taken, names, day + dt.timedelta(HORIZON)))
    say(STEPS[2], 2, len(STEPS))
    with transaction.atomic():
        if not _held(taken, day):
            return False
        for model, rows in (
            (Region, regions),
            (Institution, institutions),
            (Case, cases),
            (DueLine, lines),
            (Tally, list(tallies(institutions, unknown))),
            (DueTally, list(due_tallies(lines))),
            (DayTally, list(_days(taken))),
        ):
            _replace(model, rows)
    return True


def _replace(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Make ``rows`` all that a table holds; those that stand in it already are left alone."""
    names = [f.attname for f in model._meta.concrete_fields if not f.auto_created]
    table: Any = model._default_manager
    there: dict[tuple[Any, ...], list[Any]] = {}
    for pk, *values in table.order_by().values_list("pk", *names):
        there.setdefault(tuple(values), []).append(pk)
    new = []
    for row in rows:
        same = there.get(tuple(getattr(row, name) for name in names))
        if same:
            same.pop()
        else:
            new.append(row)
    gone = [pk for left in there.values() for pk in left]
    for at in range(0, len(gone), BATCH):
        table.filter(pk__in=gone[at : at + BATCH]).delete()
    table.bulk_create(new, batch_size=BATCH)


def _held(taken: Taken, day: dt.date) -> bool:
    """Hold the one row and write into it; ``False`` where somebody made a later one meanwhile."""
    facts = {
        "day": day,
        "entries": taken.entries,
        "census_known_at": taken.saved_at,
        "taken_on": taken.taken_on,
        "invented": taken.census.invented,
        "made_at": clock.now(),
    }
    row, made = Picture.objects.get_or_create(pk=ONE, defaults=facts)
    if made:
        return True
    row = Picture.objects.select_for_update().get(pk=ONE)
    if row.day == day and row.entries > taken.entries:
        return False
    Picture.objects.filter(pk=ONE).update(**facts)
    return True


def _regions(census: Census) -> Iterator[Region]:
    tree = census.tree
    for position, code in enumerate(tree.parents):
        yield Region(
            code=code,
            name=tree.names.get(code, code),
            level=tree.levels.get(code, ""),
            parent=tree.parents[code] or "",
            district=tree.county_of(code) or "",
            zone=tree.zones.get(code) or "",
            position=position,
        )


def _institutions(taken: Taken) -> Iterator[Institution]:
    census = taken.census
    table, tree = census.tables["institutions"], census.tree
    columns = {name: table[name].cells() for name in _SAME}
    services = {name: table[name].cells() for name in SERVICES}
    where = census.positions("institutions")
    beds = {name: _beds(census, name) for name in ("open", "contracted")}
    agreed = _agreed(census)
    cases = _cases(taken.states)
    county = {code: tree.county_of(code) or "" for code in tree.parents}
    for row, code in enumerate(map(str, columns["code"])):
        cells = {
            name: found[row] if name in _DAYS else str(found[row] or "")
            for name, found in columns.items()
        }
        open_now = [name for name, found in services.items() if found[row]]
        state = cases.get(code)
        through, trial = agreed.get(code, (None, None))
        yield Institution(
            **cells,
            district=county.get(str(cells["region"]), ""),
            designated=cells["standing"] in DESIGNATED,
            services=f" {' '.join(open_now)} " if open_now else "",
            agreement_through=through,
            trial_through=trial,
            beds=beds["open"].get(code),
            contracted=beds["contracted"].get(code),
            lon=float(where.lon[row]) if where.known[row] else None,
            lat=float(where.lat[row]) if where.known[row] else None,
            case=state.case if state else "",
            stage=str(state.stage) if state else "",
        )


def _beds(census: Census, column: str) -> Mapping[str, int | None]:
    """Institution -> its beds; ``None`` where one of its classes is unknown."""
    table = census.tables["beds"]
    found: dict[str, int | None] = {}
    for code, bed_class, cell in zip(
        table["institution"].cells(),
        table["bed_class"].cells(),
        table[column].cells(),
        strict=True,
    ):
        if bed_class not in CHAIR_CLASSES:
            before = found.get(str(code), 0)
            known = cell is not None and before is not None
            found[str(code)] = before + int(cell) if known else None  # type: ignore[arg-type, operator]
    return found


def _agreed(census: Census) -> Mapping[str, tuple[Any, Any]]:
    """Institution -> last day of its agreement, and of its trial."""
    table = census.tables["agreements"]
    names = ("institution", "through", "trial_through")
    rows = zip(*(table[name].cells() for name in names), strict=True)
    return {str(code): (through, trial) for code, through, trial in rows}


def _cases(states: tuple[State, ...]) -> Mapping[str, State]:
    """Institution -> its live case, else its last one."""
    found: dict[str, State] = {}
    for each in sorted(states, key=lambda e: (e.stage in LIVE, e.last_seq)):
        if each.institution:
            found[each.institution] = each
    return found


def _case_rows(taken: Taken, names: Mapping[str, str]) -> Iterator[Case]:
    tree = taken.census.tree
    for each in taken.states:
        yield Case(
            case=each.case,
            institution=each.institution,
            name=each.about.get("name") or names.get(each.institution, ""),
            uscc=each.about.get("uscc", ""),
            kind=each.about.get("kind", ""),
            district=tree.county_of(each.about.get("region", "")) or "",
            stage=str(each.stage),
            since=each.since,
            last_seq=each.last_seq,
        )


def _lines(taken: Taken, names: Mapping[str, str], through: dt.date) -> Iterator[DueLine]:
    """What is due, overdue, or coming through a day."""
    states = {each.case: each for each in taken.states}
    tree = taken.census.tree
    weights = {urgency: at for at, urgency in enumerate(Urgency)}
    for due in taken.due:
        if due.last is not None and due.last > through:
            continue
        state = states[due.case]
        yield DueLine(
            weight=weights[due.urgency],
            case=due.case,
            institution=state.institution,
            name=state.about.get("name") or names.get(state.institution, ""),
            district=tree.county_of(state.about.get("region", "")) or "",
            stage=str(due.stage),
            urgency=str(due.urgency),
            last=due.last,
            began=due.began,
            who=due.who,
            does=due.does,
            rule=due.rule,
            clause=due.clause,
            provisional=due.provisional,
            principle=due.principle,
        )


def _days(taken: Taken) -> Iterator[DayTally]:
    """The limits counted by their last day, through as many days as the calendar looks ahead."""
    tree = taken.census.tree
    districts = {e.case: tree.county_of(e.about.get("region", "")) or "" for e in taken.states}

    def key(due: Due) -> tuple[Any, ...]:
        return due.last, districts[due.case], due.who, due.rule, due.does

    counted = Counter(key(due) for due in taken.due if due.last is not None)
    for (day, district, who, rule, does), n in counted.items():
        yield DayTally(day=day, district=district, who=who, rule=rule, does=does, n=n)


def tallies(rows: Iterable[Institution], unknown: Collection[str] = ()) -> Iterator[Tally]:
    """The institutions counted by district, kind and standing.

    ``unknown`` are the codes of those whose contracted beds are not known.
    """
    found: dict[tuple[str, str, str, bool], list[int]] = {}
    for each in rows:
        counted = found.setdefault(
            (each.district, each.kind, each.standing, each.designated), [0, 0, 0]
        )
        counted[0] += 1
        counted[1] += each.contracted or 0
        counted[2] += each.code in unknown
    names = ("district", "kind", "standing", "designated")
    for key, (n, beds, silent) in found.items():
        yield Tally(**dict(zip(names, key, strict=True)), n=n, contracted=beds, unknown=silent)


def due_tallies(rows: Iterable[DueLine]) -> Iterator[DueTally]:
    """The limits counted by district, who must act, rule and urgency."""
    names = ("district", "who", "rule", "does", "urgency", "weight")
    found: dict[tuple[Any, ...], list[DueLine]] = {}
    for each in rows:
        found.setdefault(tuple(getattr(each, name) for name in names), []).append(each)
    for key, lines in found.items():
        first = min((each.last for each in lines if each.last), default=None)
        yield DueTally(**dict(zip(names, key, strict=True)), n=len(lines), first=first)
