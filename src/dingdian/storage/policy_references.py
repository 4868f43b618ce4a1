"""What the items of a shelf say of one another: every id that is named must be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from dingdian.core.errors import Fault, fault
from dingdian.core.policy import Benchmark, Clause, PlaceCard, Reading, Rule
from dingdian.core.policy.own import is_own_benchmark
from dingdian.storage.policy_calendar import calendar_faults
from dingdian.storage.policy_shapes import Item, nearest
from dingdian.storage.yaml_text import TextFile


@dataclass(slots=True)
class FolderRead:
    """One folder of the shelf as read: its card, and every item of its files."""

    name: str
    card: PlaceCard | None = None
    card_file: TextFile | None = None
    items: list[Item] = field(default_factory=list)

    def of(self, section: str) -> Iterator[Item]:
        """The items of a section."""
        return (item for item in self.items if item.section == section)


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that a folder may name: those of its layers, and of the whole shelf's documents."""

    documents: frozenset[str]
    clauses: frozenset[str]
    readings: frozenset[str]
    benchmarks: frozenset[str]
    rules: frozenset[str]
    calendar: frozenset[str]


#: Section -> what an item of it is called, in both languages.
CALLED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "documents": ("文件", "documents"),
        "benchmarks": ("对标值", "benchmarks"),
        "clauses": ("条款", "clauses"),
        "readings": ("口径", "readings"),
        "rules": ("规则", "rules"),
        "calendar": ("日历年份", "years of the calendar"),
    }
)


def check_references(
    folders: Mapping[str, FolderRead], shared: list[Item], places: Iterable[str]
) -> list[Fault]:
    """Faults between items; ``shared`` are the documents and benchmarks of the root.

    ``places`` are all places of the shelf, also those whose folders were not read.
    """
    faults = list(_duplicates(shared))
    for folder in folders.values():
        faults += _duplicates(folder.items)
        faults += _layers(folder, folders)
    for folder in folders.values():
        known = _known(folder, folders, shared)
        faults += _clauses_twice(folder, folders)
        faults += calendar_faults(folder.of("calendar"))
        for item in folder.items:
            faults += _unknown(item, known)
        if folder.card and folder.card_file and folder.card.plan:
            faults += _document(folder.card_file, ("plan",), folder.card.plan, known)
    everywhere = [item for folder in folders.values() for item in folder.items]
    for item in [*shared, *everywhere]:
        if isinstance(item.shape, Benchmark) and item.shape.place not in places:
            place = item.file.place((*item.path, "place"))
            faults.append(fault("shelf_unknown_layer", place, layer=item.shape.place))
    known = _all_known([*shared, *everywhere])
    for item in shared:
        if isinstance(item.shape, Benchmark) and item.shape.place in folders:
            faults += _unknown(item, known)
    return faults


def check_coverage(folders: Mapping[str, FolderRead], shared: Iterable[Item]) -> list[Fault]:
    """Clauses that are neither cited nor excused, or both; for a shelf without other faults."""
    items = [*shared, *(item for folder in folders.values() for item in folder.items)]
    cited = {clause for item in items for clause in citations(item.shape)}
    faults = []
    for item in items:
        if not isinstance(item.shape, Clause):
            continue
        is_cited, excused = item.shape.id in cited, bool(item.shape.no_rule)
        if is_cited == excused:
            kind = "shelf_clause_excused" if excused else "shelf_clause_idle"
            faults.append(fault(kind, item.file.place(item.path), clause=item.shape.id))
    return faults


def citations(shape: object) -> Iterator[str]:
    """Every clause that a rule, benchmark or reading cites."""
    if isinstance(shape, Rule | Benchmark | Reading):
        yield from shape.clauses
    if isinstance(shape, Rule):
        yield from (value.clause for value in shape.values)


def _duplicates(items: Iterable[Item]) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for item in items:
        key = (item.section, item.name)
        if item.name and key in seen:
            zh, en = CALLED[item.section]
            place = item.file.place(item.path)
            yield fault("shelf_duplicate_id", place, what_zh=zh, what_en=en, id=item.name)
        seen.add(key)


def _clauses_twice(folder: FolderRead, folders: Mapping[str, FolderRead]) -> Iterator[Fault]:
    """A clause has one text: a lower layer may not give it another."""
    above = [folders[name] for name in _chain(folder, folders) if name != folder.name]
    taken = {item.name for layer in above for item in layer.of("clauses")}
    for item in folder.of("clauses"):
        if item.name in taken:
            zh, en = CALLED["clauses"]
            place = item.file.place(item.path)
            yield fault("shelf_duplicate_id", place, what_zh=zh, what_en=en, id=item.name)


def _layers(folder: FolderRead, folders: Mapping[str, FolderRead]) -> Iterator[Fault]:
    card, file = folder.card, folder.card_file
    if card is None or file is None:
        return
    for number, layer in enumerate(card.layers):
        if layer not in folders:
            yield fault("shelf_unknown_layer", file.place(("layers", number)), layer=layer)
    if not card.layers or card.layers[-1] != card.place:
        yield fault("shelf_own_layer_last", file.place(("layers",)), name=card.place)


def _chain(folder: FolderRead, folders: Mapping[str, FolderRead]) -> list[str]:
    named = folder.card.layers if folder.card else ()
    return [*(name for name in named if name in folders and name != folder.name), folder.name]


def _known(folder: FolderRead, folders: Mapping[str, FolderRead], shared: Iterable[Item]) -> Known:
    layers = [folders[name] for name in _chain(folder, folders)]
    return _all_known([*shared, *(item for layer in layers for item in layer.items)])


def _all_known(items: Iterable[Item]) -> Known:
    """Items with faults of their own count by name, so that one fault does not make ten."""
    ids: dict[str, set[str]] = {section: set() for section in CALLED}
    for item in items:
        ids[item.section].add(item.name)
    return Known(**{section: frozenset(found) for section, found in ids.items()})


def _unknown(item: Item, known: Known) -> Iterator[Fault]:
    shape, file, path = item.shape, item.file, item.path
    if isinstance(shape, Clause):
        yield from _document(file, (*path, "document"), shape.document, known)
    if isinstance(shape, Rule | Benchmark | Reading):
        for number, clause in enumerate(shape.clauses):
            yield from _named(
                "clause", clause, known.clauses, file=file, path=(*path, "clauses", number)
            )
    if isinstance(shape, Rule):
        yield from _of_rule(shape, file, path, known)


def _of_rule(rule: Rule, file: TextFile, path: tuple[object, ...], known: Known) -> Iterator[Fault]:
    for number, value in enumerate(rule.values):
        at = (*path, "values", number, "clause")
        yield from _named("clause", value.clause, known.clauses, file=file, path=at)
    for clause, within in _of_branches(rule):
        yield from _named("clause", clause, known.clauses, file=file, path=(*path, *within))
    for number, reading in enumerate(rule.readings):
        at = (*path, "readings", number)
        yield from _named("reading", reading, known.readings, file=file, path=at)
    for reading, within in _asked(rule):
        yield from _named("reading", reading, known.readings, file=file, path=(*path, *within))
    for number, other in enumerate(getattr(rule, "minimum_rules", ())):
        at = (*path, "minimum_rules", number)
        yield from _named("rule", other, known.rules, file=file, path=at)
    for name, at in benchmarks_of(rule):
        if not is_own_benchmark(name):
            yield from _named("benchmark", name, known.benchmarks, file=file, path=(*path, *at))


def _of_branches(rule: Rule) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The clauses that a value names for each of its branches, with the path inside the rule."""
    for number, dated in enumerate(rule.values):
        for branch in ("clauses_met", "clauses_otherwise"):
            for place, clause in enumerate(getattr(dated.value, branch, ())):
                yield clause, ("values", number, "value", branch, place)


def _asked(rule: Rule) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The readings on which a rule hangs, or from which it has its number."""
    for key in ("unless", "everybody_if"):
        yield from ((name, (key, name)) for name in getattr(rule, key, {}))
    number_from = getattr(rule, "number_from", None)
    if number_from:
        yield number_from, ("number_from",)


def benchmarks_of(rule: Rule) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The benchmarks that a rule names, each with its path inside the rule."""
    if rule.family == "benchmark":
        for number, dated in enumerate(rule.values):
            for place, name in enumerate(dated.value or ()):
                yield name, ("values", number, "value", place)
    for number, condition in enumerate(getattr(rule, "any_of", ())):
        if condition.benchmark:
            yield condition.benchmark, ("any_of", number, "benchmark")


def _document(
    file: TextFile, path: tuple[object, ...], document: str, known: Known
) -> Iterator[Fault]:
    return _named("document", document, known.documents, file=file, path=path)


def _named(
    what: str, name: str, known: frozenset[str], *, file: TextFile, path: tuple[object, ...]
) -> Iterator[Fault]:
    if name not in known:
        details: dict[str, Any] = {what: name, **nearest(name, sorted(known))}
        yield fault(f"shelf_unknown_{what}", file.place(path), **details)
