"""The plan against the one of the year before: what changed, with both values side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dingdian.core.digits import rounded
from dingdian.core.record import FigureRecord, QuotaRecord, Record
from dingdian.core.workings import key_of
from dingdian.reports.annex.places import quota_cell
from dingdian.reports.annex.verdicts import by_rule, of_family
from dingdian.reports.grid import Cell, Cells, Column, Row, Table
from dingdian.reports.papers.binding import Bound
from dingdian.reports.wording import Words, grouped
from dingdian.reports.words import comparison as said
from dingdian.reports.words.topics import TOPICS

LAST_YEAR = "last_year"
Parts = tuple[str | Bound, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: sentences of words and bound numbers, and tables of both values."""

    sentences: tuple[Parts, ...]
    tables: tuple[Table, ...]


def comparison(now: Words, before: Words) -> Comparison:
    """The plan of this year against an earlier one of the same city."""
    tables = tuple(t for t in (make(now, before) for make in _TABLES) if t.rows)
    return Comparison(tuple(_sentences(now, before)), tables)


# -- sentences --------------------------------------------------------------------

#: What the first sentences compare, for the whole area.
_HEADLINES = (
    "resident",
    "insured",
    "medical_institutions",
    "pharmacies",
    "contracted_beds",
    "beds_per_1000",
    "pharmacies_per_10k_insured",
)


def _sentences(now: Words, before: Words) -> Iterator[Parts]:
    yield (now.say(said.AGAINST, before=before.record.year, now=now.record.year),)
    whole = next(iter(now.record.shown("whole")), "")
    for measure in _HEADLINES:
        key = key_of(measure, whole)
        pair = _pair(now, before, key)
        if pair and None not in (pair[0].value, pair[1].value) and pair[0].value != pair[1].value:
            yield (
                now.measure(measure),
                now.say(said.FROM),
                Bound(key, before.prose(pair[0]), "prose", LAST_YEAR),
                now.say(said.TO),
                Bound(key, now.prose(pair[1]), "prose"),
                now.pick("。", "."),
            )
    for make, text in ((_red_lines, said.RED_LINES), (_readings, said.READINGS)):
        changed = len(make(now, before).rows)
        if changed:
            yield (now.say(text, n=changed),)


def _pair(now: Words, before: Words, key: str) -> tuple[FigureRecord, FigureRecord] | None:
    """The figure of both years where both have it."""
    old, new = before.record.figures.get(key), now.record.figures.get(key)
    return (old, new) if old is not None and new is not None else None


# -- tables -----------------------------------------------------------------------


def _table(now: Words, before: Words, id: str, rows: list[Row]) -> Table:
    columns = (
        Column(now.label(said.COLUMNS, "item"), "", 40),
        Column(now.label(said.COLUMNS, "area"), "", 14),
        Column(now.label(said.COLUMNS, "before", year=before.record.year), "", 18, numeric=True),
        Column(now.label(said.COLUMNS, "now", year=now.record.year), "", 18, numeric=True),
        Column(now.label(said.COLUMNS, "change"), "", 14, numeric=True),
    )
    return Table(f"against_{id}", "against", now.label(said.TITLES, id), columns, tuple(rows))


def _row(now: Words, before: Words, name: str, key: str) -> Row | None:
    """Both values of a figure and the change; none where it did not change."""
    pair = _pair(now, before, key)
    if pair is None or pair[0].value == pair[1].value:
        return None
    old, new = pair
    return Row(
        (
            Cell(name),
            Cell(now.scope(new.scope)),
            Cell(before.quantity(old)),
            Cell(now.quantity(new), key),
            Cell(_change(now, old, new)),
        )
    )


def _change(words: Words, old: FigureRecord, new: FigureRecord) -> str:
    """The difference with its sign; — where one of the two is unknown or not exact."""
    a, b = old.number, new.number
    if not isinstance(a, Fraction) or not isinstance(b, Fraction):
        return "—"
    scale = 100 if new.unit == "share" else Fraction(1, words.scale(new.unit))
    places = len(new.decimal.partition(".")[2])
    text = grouped(rounded((b - a) * scale, places))
    return text if text.startswith("−") else f"+{text}"


def _indicators(now: Words, before: Words) -> Table:
    whole = next(iter(now.record.shown("whole")), "")
    measures = dict.fromkeys(m for topic in TOPICS for m in topic.measures)
    rows = (_row(now, before, now.measure(m), key_of(m, whole)) for m in measures)
    return _table(now, before, "indicators", [each for each in rows if each])


def _quotas(now: Words, before: Words) -> Table:
    old = {(q.resource, q.scope): q for q in before.record.quotas}
    rows = [
        _quota(now, before, each, old[each.resource, each.scope])
        for each in now.record.quotas
        if (each.resource, each.scope) in old
    ]
    return _table(now, before, "quotas", [row for row in rows if row])


def _quota(now: Words, before: Words, new: QuotaRecord, old: QuotaRecord) -> Row | None:
    cells, past = Cells(now), Cells(before)
    this, last = quota_cell(cells, new), quota_cell(past, old)
    if this.text == last.text:
        return None
    pair = (before.record.figures.get(old.key or ""), now.record.figures.get(new.key or ""))
    change = _change(now, pair[0], pair[1]) if pair[0] and pair[1] else "—"
    name = now.handed_out(new.resource)
    return Row((Cell(name), Cell(now.scope(new.scope)), Cell(last.text), this, Cell(change)))


def _caps(now: Words, before: Words) -> Table:
    keys = {
        key: now.rule(each.rule)
        for family in ("stock_cap", "freeze")
        for each in of_family(now, family)
        for role, key in each.numbers
        if role in ("cap", "base", "stock")
    }
    rows = (_row(now, before, f"{rule}：{now.figure_name(key)}", key) for key, rule in keys.items())
    return _table(now, before, "caps", [each for each in rows if each])


def _changed(now: Words, before: Words, id: str, pairs: Mapping[str, tuple[str, str]]) -> Table:
    rows = [
        Row((Cell(name), Cell(""), Cell(old), Cell(new), Cell("")))
        for name, (old, new) in pairs.items()
        if old != new
    ]
    return _table(now, before, id, rows)


def _red_lines(now: Words, before: Words) -> Table:
    def states(words: Words) -> dict[str, str]:
        found = by_rule(of_family(words, "red_line"))
        return {rule: words.state(line) for rule, (line, *_) in found.items()}

    old, new = states(before), states(now)
    pairs = {now.rule(rule): (old[rule], state) for rule, state in new.items() if rule in old}
    return _changed(now, before, "red_lines", pairs)


def _readings(now: Words, before: Words) -> Table:
    def chosen(record: Record, words: Words) -> dict[str, str]:
        return {
            id: f"{words.chosen(id)}{f' {each.number}' if each.number else ''}"
            for id, each in record.readings.items()
        }

    old, new = chosen(before.record, before), chosen(now.record, now)
    pairs = {now.reading(id): (old.get(id, "—"), each) for id, each in new.items()}
    return _changed(now, before, "readings", pairs)


_TABLES: tuple[Callable[[Words, Words], Table], ...] = (
    _quotas,
    _caps,
    _red_lines,
    _readings,
    _indicators,
)
