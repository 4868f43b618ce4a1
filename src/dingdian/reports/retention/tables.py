"""The tables of who is proposed to stay: its workbook starts here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from dingdian.core.digits import natural
from dingdian.core.retention.question import Aspect
from dingdian.core.retention_record import (
    CapRecord,
    DistrictRecord,
    FirstRecord,
    GoingRecord,
    YearRecord,
)
from dingdian.core.solving import Status
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.retention.fates import earlier, unanswered
from dingdian.reports.retention.lines import notes
from dingdian.reports.retention.speech import RetentionWords
from dingdian.reports.wording import grouped
from dingdian.reports.words import answers
from dingdian.reports.words import retention as own

_WIDTHS = {"resource": 26, "goal": 44, "status": 26, "proof": 22, "code": 16, "name": 28}
_WIDTHS |= {"district": 12, "served_by": 60, "exchange": 34, "difference": 40, "order": 60}
_WIDTHS |= {"why": 40, "rule": 34, "through": 14, "bound": 18, "value": 16}
_NUMBERS = {"value", "bound", "year", "points", "people", "down_to_one", "down_to_none", "now"}
_NUMBERS |= {"stock", "leaving", "earlier", "going", "staying", "cap", "least", "start", "first"}
_NUMBERS |= {"share", "left", "gap"}


def all_tables(words: RetentionWords) -> Iterator[Table]:
    """Every table in one language, in the order of their sheets."""
    caps = words.record.caps
    yield _caps(words)
    yield summary(words)
    yield from (table for cap in caps for table in _path(words, cap))
    for kind in (_going, _orders, _needs, _districts, _apart, _stays):
        yield from (table for cap in caps for table in kind(words, cap))


def _table(
    words: RetentionWords,
    id: str,
    names: tuple[str, ...],
    rows: Iterable[Row],
    *,
    cap: CapRecord | None = None,
    sheet: str = "",
    more: tuple[Column, ...] = (),
    said: tuple[str, ...] = (),
) -> Table:
    columns = tuple(
        Column(words.label(own.COLUMNS, n), "", _WIDTHS.get(n, 12), numeric=n in _NUMBERS)
        for n in names
    )
    resource = words.resource(cap.resource) if cap else ""
    title = words.label(own.TITLES, id, resource=resource)
    return Table(id, sheet or id, title, (*columns, *more), tuple(rows), said)


def _caps(words: RetentionWords) -> Table:
    """Each cap with how many there are, leave first, would go and stay."""

    def row(cap: CapRecord) -> Row:
        made = cap.orders.get(cap.order)
        found = words.label(answers.STATUSES, made.answer.status) if made else words.why(cap.why)
        first, before = sum(map(len, cap.leaving.values())), len(earlier(cap))
        numbers = (cap.stock, first - before, before, len(cap.going), len(cap.stays))
        stock, *leaving, going, staying = (grouped(str(n)) if made else "—" for n in numbers)
        if made and not made.values:
            going = staying = "—"
        resource, most = words.resource(cap.resource), words.cap(cap)
        return _row(resource, stock, most, *leaving, going, staying, found)

    names = ("resource", "stock", "cap", "leaving", "earlier", "going", "staying", "status")
    nothing = (*("—",) * 7, words.no_cap())
    rows = [*map(row, words.record.caps)] or [_row(*nothing)]
    return _table(words, "caps", names, rows, sheet="summary")


def _path(words: RetentionWords, cap: CapRecord) -> Iterator[Table]:
    """Year by year: who is there, leaves first, would go, is left."""
    if not cap.years:
        return
    before = Counter(each.year for each in cap.gone_first if each.code in {*earlier(cap)})
    more = ("earlier",) if earlier(cap) else ()
    names = ("year", "start", "first", *more, "going", "left")

    def row(each: YearRecord) -> Row:
        counts = each.model_dump() | {"earlier": before[each.year]}
        counts["first"] -= before[each.year]
        return _row(str(each.year), *(grouped(str(counts[name])) for name in names[1:]))

    rows = map(row, cap.years)
    yield _table(words, "path", names, rows, cap=cap, sheet="summary")


def summary(words: RetentionWords) -> Table:
    """Each cap with its numbers, and each goal with value, bound, gap and proof."""
    rows: list[Row] = []
    said: list[str] = [words.say(own.ADVICE)]
    colon = words.pick("：", ": ")
    for cap in words.record.caps:
        resource = words.resource(cap.resource)
        if cap.why is not None or not cap.order:
            rows.append(_row(resource, "—", "—", "—", "—", "—", words.why(cap.why)))
            continue
        made = cap.orders[cap.order]
        for goal in made.answer.goals:
            known = answers.of_goal(made.answer.status, goal.value, goal.bound)
            rows.append(
                _row(
                    resource,
                    words.aspect(goal.name),
                    words.amount(goal.name, goal.value, cap.stock),
                    words.amount(goal.name, goal.bound, cap.stock),
                    words.gap(goal),
                    words.label(answers.PROOFS, goal.proof),
                    words.label(answers.STATUSES, known),
                )
            )
        said.append(words.label(own.LINES, "order", order=words.option(cap.order)))
        said.extend(f"{resource}{colon}{note}" for note in notes(words, cap))
    if words.record.by_clock:
        said.append(words.label(own.LINES, "clock"))
    names = ("resource", "goal", "value", "bound", "gap", "proof", "status")
    return _table(words, "summary", names, rows, said=tuple(said))


def _row(*texts: str) -> Row:
    return Row(tuple(Cell(text) for text in texts))


def _going(words: RetentionWords, cap: CapRecord) -> Iterator[Table]:
    """Those who would go, with what each leaves behind."""
    if not cap.going:
        return
    names = (
        *("year", "code", "name", "district", "points", "dual", "through", "people"),
        *("down_to_one", "down_to_none", "served_by", "exchange", "difference"),
    )
    rows = (_goes(words, cap, each) for each in cap.going)
    yield _table(words, "going", names, rows, cap=cap)


def _goes(words: RetentionWords, cap: CapRecord, each: GoingRecord) -> Row:
    found = words.record.institutions[each.code]
    exchange = each.exchange
    return _row(
        "—" if each.year is None else str(each.year),
        each.code,
        found.name,
        words.district(found.district),
        "—" if each.points is None else natural(Fraction(each.points)),
        words.pick("是", "yes") if each.dual_channel else "",
        words.day(each.through),
        *_lost(words, each),
        "—" if exchange is None else words.institution(exchange.code),
        "—" if exchange is None else words.difference(cap, exchange.differences),
    )


def _orders(words: RetentionWords, cap: CapRecord) -> Iterator[Table]:
    """What every order reaches of every aspect, beside what there is now."""
    if not cap.orders:
        return
    aspects = list(Aspect)
    more = tuple(Column(words.aspect(each), words.unit(each), 18, numeric=True) for each in aspects)
    rows = [
        Row(
            (
                Cell(words.label(own.COLUMNS, "now")),
                Cell("—"),
                *(Cell(words.amount(each, cap.now.get(each), cap.stock)) for each in aspects),
            ),
            "whole",
        )
    ]
    for name, order in cap.orders.items():
        chosen = words.pick("（采用）", " (used)") if name == cap.order else ""
        values = (words.amount(each, order.values.get(each), cap.stock) for each in aspects)
        status = words.label(answers.STATUSES, order.answer.status)
        if order.answer.status is Status.FEASIBLE:
            status += words.label(own.LINES, "no_price")
        rows.append(_row(words.option(name) + chosen, status, *values))
    yield _table(words, "orders", ("order", "status"), rows, cap=cap, more=more)


def _needs(words: RetentionWords, cap: CapRecord) -> Iterator[Table]:
    """The fewest that the rules need, where they cannot all be kept."""
    if not cap.needs:
        return
    rows = (
        _row(
            words.need(each),
            *(
                "—" if n is None else grouped(str(n))
                for n in (each.answer.goals[0].value, each.answer.goals[0].bound)
            ),
        )
        for each in cap.needs
    )
    yield _table(words, "needs", ("rule", "value", "bound"), rows, cap=cap, sheet="orders")


def _districts(words: RetentionWords, cap: CapRecord) -> Iterator[Table]:
    """How many leave, go and stay in each district."""
    if not cap.districts:
        return
    least = {each.district: each.answer.goals[0].bound for each in cap.needs if each.district}
    of = (words.record.institutions[code].district for code in earlier(cap))
    before = Counter(of)
    more = ("least",) if least else ()
    also = ("earlier",) if before else ()
    names = ("district", "stock", "leaving", *also, "going", "staying", "share", "cap", *more)

    def row(each: DistrictRecord) -> Row:
        left = each.stock - each.leaving
        staying = None if each.going is None else left - each.going
        gone = before[each.district]
        leaving = [each.leaving - gone, gone] if before else [each.leaving]
        numbers = [each.stock, *leaving, each.going, staying, each.share, each.cap]
        if least:
            numbers.append(least.get(each.district))
        told = ("—" if n is None else grouped(str(n)) for n in numbers)
        return _row(words.district(each.district), *told)

    rows = map(row, cap.districts)
    yield _table(words, "districts", names, rows, cap=cap)


def _apart(words: RetentionWords, cap: CapRecord) -> Iterator[Table]:
    """Those whose exit comes first, with what they leave behind, and those not to be proposed."""
    before = unanswered(words.record, cap)
    lost = before | {each.code: each for each in cap.gone_first}
    rows: list[Row] = []
    for its, table in ((cap.leaving, own.WHY_LEAVING), (cap.held, own.WHY_HELD)):
        for why, codes in its.items():
            rows.extend(
                _row(
                    *_named(words, code),
                    words.label(table, why),
                    *_when(words, lost.get(code)),
                    *(_open if code in before else _lost)(words, lost.get(code)),
                )
                for code in codes
            )
    if rows:
        lost_by = ("people", "down_to_one", "down_to_none", "served_by")
        names = ("code", "name", "district", "why", "year", "through", *lost_by)
        yield _table(words, "leaving", names, rows, cap=cap)


def _when(words: RetentionWords, first: GoingRecord | FirstRecord | None) -> tuple[str, str]:
    """In which year one leaves, and until when its agreement runs."""
    if first is None:
        return "", ""
    return "—" if first.year is None else str(first.year), words.day(first.through)


def _lost(words: RetentionWords, loss: GoingRecord | FirstRecord | None) -> tuple[str, ...]:
    """What one leaves behind: people, and who still serves them."""
    if loss is None:
        return ("",) * 4
    served = [f"{words.institution(code)} {grouped(str(n))}" for code, n in loss.served_by]
    numbers = (loss.people, loss.down_to_one, loss.down_to_none)
    told = words.pick("；", "; ").join(served) or "—"
    return *(grouped(str(n)) for n in numbers), told


def _open(words: RetentionWords, loss: GoingRecord | FirstRecord | None) -> tuple[str, ...]:
    """People within its circle, as a cap before tells them; this cap has no answer for the rest."""
    people = "—" if loss is None else grouped(str(loss.people))
    return people, "—", "—", words.label(own.LINES, "not_answered")


def _stays(words: RetentionWords, cap: CapRecord) -> Iterator[Table]:
    """Those who would stay."""
    if cap.stays:
        rows = (_row(*_named(words, code)) for code in cap.stays)
        yield _table(words, "stays", ("code", "name", "district"), rows, cap=cap)


def _named(words: RetentionWords, code: str) -> tuple[str, str, str]:
    found = words.record.institutions[code]
    return code, found.name, words.district(found.district)
