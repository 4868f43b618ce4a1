"""New places: the matrix by district, the limits behind it, and the stocks under caps."""

from __future__ import annotations

from collections.abc import Iterator

from dingdian.core.record import FindingRecord, QuotaRecord
from dingdian.core.workings import key_of
from dingdian.reports.grid import Cell, Cells, Column, Row, Table, unit_of
from dingdian.reports.wording import Words
from dingdian.reports.words import labels
from dingdian.reports.words.headings import COLUMNS, NOTES, TITLES

#: Families whose findings hold a stock under a cap, and the roles of their numbers.
_STOCK_FAMILIES = ("stock_cap", "freeze")
_STOCK_ROLES = ("stock", "base", "cap", "room", "kept_free", "excess")


def tables(words: Words) -> Iterator[Table]:
    """The tables of places; none where the policy hands nothing out."""
    if words.record.quotas:
        yield _matrix(words)
        yield _details(words)
    held = [f for f in words.record.findings if _family(words, f.rule) in _STOCK_FAMILIES]
    if any(f.numbers for f in held):
        yield _stock_limits(words, held)


def _family(words: Words, rule: str) -> str:
    found = words.record.rules.get(rule)
    return found.family if found else ""


def _resources(words: Words) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.resource for each in words.record.quotas))


def quota_cell(cells: Cells, quota: QuotaRecord | None) -> Cell:
    """The places of a quota: a number, or the words that there is none."""
    if quota is None:
        return Cell("—")
    if quota.key is None:
        return Cell(cells.words.label(NOTES, "unnumbered"), tone="noted")
    return cells.number(quota.key)


def _matrix(words: Words) -> Table:
    cells, record = Cells(words), words.record
    resources = _resources(words)
    by_place = {(each.resource, each.scope): each for each in record.quotas}
    scopes = list(dict.fromkeys(each.scope for each in record.quotas))
    rows = [
        cells.row(at, [quota_cell(cells, by_place.get((resource, at))) for resource in resources])
        for at in scopes
    ]
    columns = [_resource_column(words, resource) for resource in resources]
    return Table(
        "quotas",
        "quotas",
        words.label(TITLES, "quotas"),
        (Column(words.label(COLUMNS, "area"), "", 14), *columns),
        tuple(rows),
        cells.notes(words.label(NOTES, "quota_matrix")),
    )


def _resource_column(words: Words, resource: str) -> Column:
    figures = words.record.figures
    found = [
        figures[each.key]
        for each in words.record.quotas
        if each.resource == resource and each.key is not None
    ]
    return Column(words.handed_out(resource), unit_of(words, found), 11, numeric=True)


def _limit_columns(words: Words) -> dict[str, tuple[str, str]]:
    """Rule -> (column id, heading): a family shares one unless two limit the same resource."""
    together: dict[str, set[str]] = {}
    rules: dict[str, None] = {}
    for quota in words.record.quotas:
        for limit in quota.limits:
            rules[limit.rule] = None
            together.setdefault(f"{quota.resource} {_family(words, limit.rule)}", set()).add(
                limit.rule
            )
    apart = {rule for group in together.values() if len(group) > 1 for rule in group}
    return {
        rule: (rule, words.rule(rule))
        if rule in apart
        else (_family(words, rule), words.label(labels.FAMILIES, _family(words, rule)))
        for rule in rules
    }


def _details(words: Words) -> Table:
    cells = Cells(words)
    by_rule = _limit_columns(words)
    limits = dict(by_rule.values())
    rows = [_detail(cells, quota, by_rule, tuple(limits)) for quota in words.record.quotas]
    title = COLUMNS
    numbers = [
        Column(words.label(title, name), "", 11, numeric=True) for name in ("stock", "released")
    ]
    numbers += [Column(heading, "", 10, numeric=True) for heading in limits.values()]
    numbers += [
        Column(words.label(title, name), "", 11, numeric=True)
        for name in ("quota", "remainder", "asked")
    ]
    return Table(
        "quota_details",
        "quota_details",
        words.label(TITLES, "quota_details"),
        (
            Column(words.label(title, "resource"), "", 24),
            Column(words.label(title, "area"), "", 12),
            *numbers,
            Column(words.label(title, "binding"), "", 30),
        ),
        tuple(rows),
        cells.notes(words.label(NOTES, "quota_matrix")),
        heads=2,
    )


def _detail(
    cells: Cells, quota: QuotaRecord, by_rule: dict[str, tuple[str, str]], limits: tuple[str, ...]
) -> Row:
    words = cells.words
    own = {by_rule[e.rule][0]: e.key for e in quota.limits if e.scope == quota.scope}
    whole = cells.record.scopes[quota.scope].level == "whole"
    return Row(
        (
            Cell(words.handed_out(quota.resource)),
            cells.scope(quota.scope),
            cells.number(quota.stock),
            cells.number(quota.released),
            *(cells.number(own.get(column)) for column in limits),
            quota_cell(cells, quota),
            cells.number(quota.remainder),
            cells.number(quota.asked),
            Cell(words.join([words.rule(rule) for rule in quota.binding])),
        ),
        "whole" if whole else "",
    )


def _with_base(words: Words, finding: FindingRecord, held: list[FindingRecord]) -> dict[str, str]:
    """The numbers of a finding; a district has its own base, the limit of a freeze is its base."""
    numbers = dict(finding.numbers)
    figures = words.record.figures
    bases = [base for each in held if each.rule == finding.rule for base in _base(each)]
    own = [key_of(figures[base].measure, finding.scope) for base in bases]
    known = [key for key in own if key in figures]
    if "base" not in numbers and known:
        numbers["base"] = known[0]
    if _family(words, finding.rule) == "freeze" and "base" in numbers:
        numbers.setdefault("cap", numbers["base"])
    kept_free = key_of(f"kept_free.{finding.rule}", finding.scope)
    return numbers | ({"kept_free": kept_free} if kept_free in figures else {})


def _base(finding: FindingRecord) -> list[str]:
    return [key for role, key in finding.numbers if role == "base"]


def _stock_limits(words: Words, held: list[FindingRecord]) -> Table:
    cells = Cells(words)
    rows = []
    shown = [(each, _with_base(words, each, held)) for each in held if each.numbers]
    kept_free = any("kept_free" in numbers for _, numbers in shown)
    roles = [role for role in _STOCK_ROLES if role != "kept_free" or kept_free]
    for finding, numbers in shown:
        whole = cells.record.scopes[finding.scope].level == "whole"
        rows.append(
            Row(
                (
                    Cell(words.rule(finding.rule)),
                    cells.scope(finding.scope),
                    *(cells.number(numbers.get(role)) for role in roles),
                    cells.state(finding),
                ),
                "whole" if whole else "",
            )
        )
    numeric = [Column(words.label(COLUMNS, role), "", 11, numeric=True) for role in roles]
    return Table(
        "stock_limits",
        "stock_limits",
        words.label(TITLES, "stock_limits"),
        (
            Column(words.label(COLUMNS, "rule"), "", 30),
            Column(words.label(COLUMNS, "area"), "", 12),
            *numeric,
            Column(words.label(COLUMNS, "state"), "", 10),
        ),
        tuple(rows),
        cells.notes(),
        heads=2,
    )
