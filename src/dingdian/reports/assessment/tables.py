"""The tables of an assessment: its workbook and its page start here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from dingdian.core.assessment.record import AssessedRecord, GroupRecord
from dingdian.core.digits import natural
from dingdian.reports.assessment import ladder, persons, sources
from dingdian.reports.assessment.speech import AssessmentWords
from dingdian.reports.grid import Cell, Column, Row, Table
from dingdian.reports.wording import grouped
from dingdian.reports.words import assessment as own

#: How wide columns are, in characters.
_WIDTHS = {"code": 16, "name": 26, "district": 12, "kind": 18, "group": 34, "why": 46, "side": 18}
_WIDTHS |= {"missing": 40, "votes": 24, "item": 36, "grade": 18, "sources": 34, "resource": 26}
_WIDTHS |= {"rule": 34, "of": 22, "deposit": 12, "before": 12}
_NUMBERS = {"assessed", "scored", "unscored", "inside", "held", "not_renewed", "undecided", "size"}
_NUMBERS |= {"joining", "places", "rank", "score", "before", "deposit", "full", "given", "counted"}
_NUMBERS |= {"amount", "open"}
TONES = {"in": "broken", "held": "unclear", "unclear": "unclear", "not_ranked": "noted"}
_RENEWAL_TONES = {"do_not_renew": "broken", "undecided": "unclear"}


def all_tables(words: AssessmentWords) -> Iterator[Table]:
    """Every table in one language, in the order of their sheets."""
    yield from results(words)
    yield items(words)
    yield from sources.tables(words)


def results(words: AssessmentWords) -> Iterator[Table]:
    """The tables but for single items and sources."""
    yield summary(words)
    yield groups(words)
    yield from ladder.tables(words)
    yield moves(words)
    yield from _some(releases(words))
    yield from _some(grade_moves(words))
    yield from persons.tables(words)
    yield institutions(words)


def columns(words: AssessmentWords, *names: str) -> tuple[Column, ...]:
    """Columns by their names."""
    return tuple(
        Column(words.label(own.COLUMNS, n), "", _WIDTHS.get(n, 11), numeric=n in _NUMBERS)
        for n in names
    )


def table(
    words: AssessmentWords, id: str, names: tuple[str, ...], rows: Iterable[Row], *, sheet: str = ""
) -> Table:
    """A table by its names, on its own sheet unless another is named."""
    title = words.label(own.TITLES, id)
    return Table(id, sheet or id, title, columns(words, *names), tuple(rows))


def _some(found: Table) -> Iterator[Table]:
    if found.rows:
        yield found


# ---------------------------------------------------------------- summary


_COUNTED = ("assessed", "scored", "unscored", "inside", "held", "not_renewed", "undecided")


def summary(words: AssessmentWords) -> Table:
    """How many came to what: each side, then its districts."""
    record, rows = words.record, []
    grades = {side: list(sheet.grades) for side, sheet in record.sheets.items()}
    shown = list(dict.fromkeys(grade for its in grades.values() for grade in its))
    for side in sorted({each.side for each in record.assessed}):
        its = [each for each in record.assessed if each.side == side]
        rows.append(_counts(words, words.side(side), its, shown, kind="whole"))
        for district in sorted({each.district for each in its}):
            found = [each for each in its if each.district == district]
            rows.append(_counts(words, words.scope(district) or "—", found, shown))
    heads = (
        *columns(words, "side", *_COUNTED),
        *(Column(_letter(words, grade), "", 9, numeric=True) for grade in shown),
    )
    notes = [words.label(own.NOTES, "never_automatic"), words.label(own.NOTES, "missing_score")]
    if record.unclear is not None:
        notes.append(words.label(own.NOTES, "unclear", why=words.why(record.unclear)))
    title = words.label(own.TITLES, "summary")
    return Table("summary", "summary", title, heads, tuple(rows), tuple(notes))


def _letter(words: AssessmentWords, grade: str) -> str:
    sheets = words.record.sheets.values()
    named = next((sheet.grades[grade] for sheet in sheets if grade in sheet.grades), None)
    return words.name(named) if named else grade


def _counts(
    words: AssessmentWords,
    name: str,
    its: list[AssessedRecord],
    grades: list[str],
    *,
    kind: str = "",
) -> Row:
    del words
    scored = sum(each.score is not None and each.score.total is not None for each in its)
    places = Counter(each.place.bottom for each in its if each.place)
    renewals = Counter(each.renewal for each in its)
    letters = Counter(each.grade for each in its)
    numbers = (
        *(len(its), scored, len(its) - scored, places["in"], places["held"]),  # type: ignore[index]
        *(renewals["do_not_renew"], renewals["undecided"]),  # type: ignore[index]
        *(letters[grade] for grade in grades),
    )
    return Row((Cell(name), *(Cell(str(n) if n else "—") for n in numbers)), kind)


def group_name(words: AssessmentWords, group: GroupRecord) -> str:
    """The side of a group and the words that part it."""
    told = [words.attribute(name, word) for name, word in group.attributes]
    return " · ".join((words.side(group.side), *told))


def groups(words: AssessmentWords) -> Table:
    """Every group with its size, its places, who is in and whose rank is open."""
    names = ("group", "size", "unscored", "joining", "places", "inside", "held")
    rows = (
        Row(
            (
                Cell(group_name(words, each)),
                *(Cell(str(n) if n else "—") for n in (each.size, each.unknown, each.joining)),
                Cell("—" if each.places is None else str(each.places)),
                *(Cell(str(len(its)) if its else "—") for its in (each.inside, each.held)),
            )
        )
        for each in words.record.groups
    )
    return table(words, "groups", names, rows, sheet="summary")


# ---------------------------------------------------------------- institutions


_LISTED = (
    *("code", "name", "district", "kind", "score", "before", "grade", "deposit", "passed"),
    *("bottom", "rank", "renewal", "votes", "why"),
)


def institutions(words: AssessmentWords) -> Table:
    """One row an institution."""
    rows = (Row(tuple(_listed(words, each))) for each in words.record.assessed)
    return table(words, "institutions", _LISTED, rows)


def _listed(words: AssessmentWords, each: AssessedRecord) -> Iterator[Cell]:
    score, place = each.score, each.place
    yield from who(words, each)
    yield Cell(words.term("kind", each.kind))
    yield Cell(words.points(score.total) if score else "—", tone="" if score else "unclear")
    changed = score is not None and score.before != score.total
    yield Cell(words.points(score.before) if score and changed else "")
    yield Cell(words.grade(each))
    yield Cell(words.share(each.deposit))
    passed = {True: "passed", False: "failed"}.get(each.passed) if each.passed is not None else None
    yield Cell(words.label(own.NOTES, passed) if passed else "")
    yield bottom(words, each)
    yield Cell(str(place.rank) if place and place.rank is not None else "")
    yield Cell(words.label(own.RENEWALS, each.renewal), tone=_RENEWAL_TONES.get(each.renewal, ""))
    yield Cell(words.join([words.item(v, each.side) for v in score.votes]) if score else "")
    yield Cell(words.why(each.why))


def who(words: AssessmentWords, each: AssessedRecord) -> Iterator[Cell]:
    """Code, name and district."""
    yield Cell(each.code)
    yield Cell(each.name)
    yield Cell(words.scope(each.district) if each.district else "—")


def bottom(words: AssessmentWords, each: AssessedRecord) -> Cell:
    """Whether it is in the bottom."""
    if each.place is None:
        return Cell("—")
    found = each.place.bottom
    return Cell(words.label(own.BOTTOMS, found), tone=TONES.get(found, ""))


_ITEM = ("code", "name", "item", "part", "full", "given", "counted", "source", "why", "sources")


def items(words: AssessmentWords) -> Table:
    """One row an item of an institution that applies, or may."""
    rows = (
        Row(
            (
                Cell(each.code),
                Cell(each.name),
                Cell(words.item(line.item, each.side)),
                Cell(words.label(own.PARTS, line.part)),
                Cell(words.points(line.full)),
                Cell(words.points(line.given)),
                Cell(words.points(line.points), tone="unclear" if line.points is None else ""),
                Cell(words.term("assessment_source", line.source)),
                Cell(words.why(line.why)),
                Cell(words.pick("；", "; ").join(line.sources)),
            )
        )
        for each in words.record.assessed
        for line in (each.score.lines if each.score else ())
    )
    return table(words, "items", _ITEM, rows)


# ---------------------------------------------------------------- what follows


_MOVE = ("code", "name", "district", "move", "basis", "of", "confirmed", "missing", "rule")


def moves(words: AssessmentWords) -> Table:
    """Every proposed move that is no plain renewal."""
    rows = (
        Row(
            (
                *who(words, each),
                Cell(words.label(own.MOVES, move.move)),
                Cell(words.label(own.BASES, move.basis)),
                Cell(words.of(move.move, move.of, each.side)),
                Cell(words.label(own.NOTES, "yes") if move.confirmed else ""),
                Cell(words.pick("；", "; ").join(words.why(why) for why in move.missing)),
                Cell(words.rule(move.rule)),
            )
        )
        for each in words.record.assessed
        for move in each.moves
        if move.move != "renew"
    )
    return table(words, "moves", _MOVE, rows)


def releases(words: AssessmentWords) -> Table:
    """What those that are not renewed would leave free, by district."""
    sums: dict[tuple[str, str], Fraction] = {}
    open_: Counter[tuple[str, str]] = Counter()
    for each in words.record.assessed:
        for free in each.releases:
            key = (each.district, free.resource)
            sums.setdefault(key, Fraction(0))
            if free.amount is None:
                open_[key] += 1
            else:
                sums[key] += Fraction(free.amount)
    rows = (
        Row(
            (
                Cell(words.scope(district) if district else "—"),
                Cell(words.resource(resource)),
                Cell(grouped(natural(sums[district, resource]))),
                Cell(str(open_[district, resource] or "—")),
            )
        )
        for district, resource in sorted(sums)
    )
    found = table(words, "releases", ("district", "resource", "amount", "open"), rows)
    notes = (words.label(own.NOTES, "releases"),)
    return Table(found.id, found.sheet, found.title, found.columns, found.rows, notes)


def grade_moves(words: AssessmentWords) -> Table:
    """Pharmacies that asked for a higher grade, or have to go down."""
    names = ("code", "name", "district", "score", "from_grade", "state", "to_grade", "why")
    rows = (
        Row(
            (
                *who(words, each),
                Cell(words.points(each.score.total) if each.score else "—"),
                Cell(words.term("grade", move.grade) if move.grade else "—"),
                Cell(words.label(own.GRADE_STATES, move.state)),
                Cell(words.term("grade", move.to) if move.to else "—"),
                Cell(words.why(move.why)),
            )
        )
        for each in words.record.assessed
        if (move := each.grade_move) is not None
    )
    return table(words, "grades", names, rows)
