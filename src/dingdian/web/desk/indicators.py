"""Indicators of the latest plan, as its record has them: benchmarks, red lines, by district."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dingdian.core.errors import DingdianError
from dingdian.core.findings import State
from dingdian.core.record import FigureRecord, FindingRecord, Record
from dingdian.core.workings import key_of
from dingdian.reports.annex.verdicts import by_rule, of_family
from dingdian.reports.wording import Words
from dingdian.web.accounts.models import User
from dingdian.web.bureau import lang
from dingdian.web.plans.models import Plan, Version
from dingdian.web.rights import Districts

#: Measures whose whole is the sum of its districts: it is left out of their chart.
SUMS = ("contracted_beds", "medical_institutions", "pharmacies")
#: Measures that the overview offers besides those that have a benchmark, where the plan has them.
USUAL = (
    "beds_per_1000",
    "contracted_beds_per_1000",
    "pharmacies_per_10k_resident",
    "bed_use",
    *SUMS,
)
#: State of a finding -> class of its tag.
TONES: Mapping[State, str] = {State.KEPT: "good", State.BROKEN: "bad", State.UNCLEAR: "warn"}


def latest(user: User) -> Version | None:
    """The version that the overview shows: of the last plan, the issued one, else the newest."""
    plans = Plan.objects.visible_to(user).select_related("issued_version").order_by("-year", "-id")
    for plan in plans[:5]:
        found = plan.issued_version or (
            plan.versions.visible_to(user).filter(what_if=False).first()
        )
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class Against:
    """A measure of the whole area against a benchmark."""

    measure: str
    value: str
    key: str
    benchmark: str
    limit: str
    state: str
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    """A red line, where it stands, and what would set it off."""

    name: str
    state: str
    tone: str
    clauses: str
    triggers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the overview shows of a plan."""

    version: Version
    year: int
    stock_day: Any
    simulation: bool
    against: tuple[Against, ...]
    lines: tuple[Line, ...]
    measures: tuple[tuple[str, str], ...]
    measure: str
    unit: str
    rows: tuple[tuple[str, str, str], ...]
    benchmarks: tuple[tuple[str, str], ...]
    chart: dict[str, Any]


def shown(version: Version, measure: str, districts: Districts) -> Shown | None:
    """What the record of a version says; ``None`` where it cannot be read."""
    try:
        record = version.record()
    except DingdianError:
        return None
    words = Words(record, lang())
    offered = _offered(words)
    chosen = measure if measure in offered else next(iter(offered), "")
    rows = list(_rows(words, chosen, districts))
    limits = list(_benchmarks(words, chosen))
    first = record.figures[rows[0][1]] if rows else None
    return Shown(
        version=version,
        year=record.year,
        stock_day=record.stock_day,
        simulation=record.marks.simulation,
        against=tuple(_against(words)),
        lines=tuple(_lines(words)),
        measures=tuple((each, words.measure(each)) for each in offered),
        measure=chosen,
        unit=words.unit(first.unit) if first else "",
        rows=tuple((name, words.number(record.figures[key]), key) for name, key in rows),
        benchmarks=tuple((name, said) for name, said, _ in limits),
        chart=_chart(words, chosen, rows, limits),
    )


def _whole(record: Record) -> str:
    return next(iter(record.shown("whole")), "")


def _offered(words: Words) -> tuple[str, ...]:
    """Measures with a benchmark, then the usual ones, of which districts have figures."""
    record = words.record
    numbers = (dict(each.numbers) for each in of_family(words, "benchmark"))
    named = [record.figures[each["measure"]].measure for each in numbers if "measure" in each]
    districts = record.shown("county")
    return tuple(
        each
        for each in dict.fromkeys([*named, *USUAL])
        if any(key_of(each, scope) in record.figures for scope in districts)
    )


def _against(words: Words) -> Iterator[Against]:
    record = words.record
    for finding in of_family(words, "benchmark"):
        numbers = dict(finding.numbers)
        if finding.scope != _whole(record) or not {"measure", "benchmark"} <= {*numbers}:
            continue
        value, limit = record.figures[numbers["measure"]], record.figures[numbers["benchmark"]]
        yield Against(
            measure=words.measure(value.measure),
            value=words.quantity(value),
            key=numbers["measure"],
            benchmark=words.benchmark(limit.measure.removeprefix("benchmark.")),
            limit=words.number(limit),
            state=words.state(finding),
            tone="warn" if finding.state is State.BROKEN else TONES.get(finding.state, ""),
        )


def _lines(words: Words) -> Iterator[Line]:
    for found in by_rule(of_family(words, "red_line")).values():
        line, *triggers = found
        yield Line(
            name=words.rule(line.rule),
            state=words.state(line),
            tone=TONES.get(line.state, ""),
            clauses=" ".join(line.clauses),
            triggers=tuple(_trigger(words, each) for each in triggers),
        )


def _trigger(words: Words, found: FindingRecord) -> tuple[str, str, str]:
    reason = found.note or found.why
    return words.why(reason) if reason else "", words.state(found), TONES.get(found.state, "")


def _rows(words: Words, measure: str, districts: Districts) -> Iterator[tuple[str, str]]:
    """Name and figure key: the whole area, then the districts that somebody may see."""
    record = words.record
    for scope in (*record.shown("whole"), *record.shown("county")):
        key = key_of(measure, scope)
        seen = districts is None or scope in districts or scope == _whole(record)
        if key in record.figures and seen:
            yield words.scope(scope), key


def _benchmarks(words: Words, measure: str) -> Iterator[tuple[str, str, float]]:
    """Name, words and number of the benchmarks of a measure for the whole area, each once."""
    record, seen = words.record, set()
    for finding in of_family(words, "benchmark"):
        numbers = dict(finding.numbers)
        if finding.scope != _whole(record) or not {"measure", "benchmark"} <= {*numbers}:
            continue
        limit = record.figures[numbers["benchmark"]]
        if record.figures[numbers["measure"]].measure != measure or limit.number is None:
            continue
        name = words.benchmark(limit.measure.removeprefix("benchmark."))
        if name not in seen:
            seen.add(name)
            yield name, words.number(limit), _printed(words, limit)


def _printed(words: Words, figure: FigureRecord) -> float:
    """A figure as it is printed: a share in per cent."""
    return float(figure.number or 0) * words.scale(figure.unit)


def _chart(
    words: Words,
    measure: str,
    rows: Sequence[tuple[str, str]],
    limits: Sequence[tuple[str, str, float]],
) -> dict[str, Any]:
    drawn = [each for each in rows if measure not in SUMS or each is not rows[0] or len(rows) == 1]
    figures = [words.record.figures[key] for _, key in drawn]
    return {
        "categories": [name for name, _ in drawn],
        "series": [
            {
                "name": words.measure(measure) if measure else "",
                "values": [
                    None if each.number is None else round(_printed(words, each), 4)
                    for each in figures
                ],
            }
        ],
        "stacked": False,
        "unit": words.unit(figures[0].unit) if figures else "",
        "lines": [{"name": f"{name} {said}", "value": value} for name, said, value in limits],
    }
