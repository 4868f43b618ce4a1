"""The policy shelf: folders of YAML into a policy book, with all faults at once.

A shelf root holds ``documents.yaml``, ``benchmarks.yaml`` and one folder a place with
``place.yaml``; every other ``*.yaml`` of a place may hold the sections clauses, rules,
readings, documents, benchmarks and calendar. ``*.cases.yaml`` are worked cases, which only
tests read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from dingdian.core.census.vocabulary import Term
from dingdian.core.errors import Fault, Place, RequestError, ShelfError, fault
from dingdian.core.naming import meant
from dingdian.core.policy import (
    NATIONAL,
    Benchmark,
    CalendarYear,
    Document,
    PlaceCard,
    PolicyBook,
    Shape,
)
from dingdian.core.policy.book import Layer
from dingdian.core.policy.cases import Case
from dingdian.core.policy.fingerprint import book_fingerprint
from dingdian.core.policy.model import FORM, Clause, Reading, Rule
from dingdian.storage.policy_references import (
    FolderRead,
    check_coverage,
    check_references,
)
from dingdian.storage.policy_shapes import SECTIONS, Item, read_items, read_shape
from dingdian.storage.policy_upgrade import KNOWN, upgrade
from dingdian.storage.yaml_text import TextFile, read_text

CARD = "place.yaml"
DOCUMENTS = "documents.yaml"
BENCHMARKS = "benchmarks.yaml"
#: Files of the root, each with the only section that it may hold.
SHARED: Mapping[str, str] = MappingProxyType({DOCUMENTS: "documents", BENCHMARKS: "benchmarks"})

Made = TypeVar("Made", bound=Shape)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the parts of a shelf lie: the files of its root, and the folder of each place.

    The folders of one shelf may come from two roots: a bureau's own over the shipped ones.
    """

    root: Traversable
    folders: Mapping[str, Traversable]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file that is read, by its name in the shelf, in the order of names."""
        for name in sorted(SHARED):
            if (found := self.root.joinpath(name)).is_file():
                yield name, found.read_bytes()
        for place in sorted(self.folders):
            for each in _yaml_files(self.folders[place]):
                yield f"{place}/{each.name}", each.read_bytes()


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and every fault found on the way."""

    folders: dict[str, FolderRead] = field(default_factory=dict)
    shared: list[Item] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def shipped() -> Traversable:
    """The root of the shelf that comes with the package."""
    return files("dingdian").joinpath("policies")


def read_shelf(folder: Path | Traversable) -> PolicyBook:
    """The policy book of a whole shelf: every place of it.

    Raises:
        ShelfError: every fault of every file, in one list.
    """
    return _book(_whole(folder))


def shelf_for(policy: str) -> tuple[PolicyBook, str]:
    """The book that ``policy`` needs, and the place in it.

    ``policy`` is the name of a shipped place (``shenyang``, ``沈阳``); a shelf root with one place
    at the end of its layers, or ``ROOT/place``; or a folder of one place, which is laid over the
    shipped shelf and may bring a ``documents.yaml`` and ``benchmarks.yaml`` of its own. Only
    the layers of the place are read, so that another city's folder can neither break it nor
    move its fingerprint.

    Raises:
        RequestError: neither a shipped name nor a folder, or several places to choose from.
        ShelfError: every fault of every file that was read, in one list.
    """
    source, place = find_shelf(policy)
    return _book(source, place), place


def shelf_files(policy: str) -> list[tuple[str, bytes]]:
    """The files that ``shelf_for(policy)`` reads, as (name in the shelf, content).

    Written to an empty folder they are a shelf root that reads back with the same
    fingerprint.

    Raises:
        RequestError: as ``shelf_for``.
    """
    source, _ = find_shelf(policy)
    return list(source.files())


def shipped_places() -> list[str]:
    """The names that ``shelf_for`` knows, in order."""
    return sorted(_places(shipped()))


def read_cases(folder: Path | Traversable) -> dict[str, tuple[Case, ...]]:
    """The worked cases of every place of a shelf, by place.

    Raises:
        ShelfError: a case is malformed, or is about a rule that its folder does not have.
    """
    return _cases(_places(folder))


def cases_for(policy: str) -> dict[str, tuple[Case, ...]]:
    """The worked cases of the layers of a policy, by place.

    Raises:
        RequestError: as ``shelf_for``.
        ShelfError: as ``read_cases``.
    """
    return _cases(find_shelf(policy)[0].folders)


def _cases(folders: Mapping[str, Traversable]) -> dict[str, tuple[Case, ...]]:
    faults: list[Fault] = []
    cases: dict[str, tuple[Case, ...]] = {}
    for place, place_folder in folders.items():
        rules = {item.name for item in _folder(place, place_folder, []).of("rules")}
        found: list[Case] = []
        for each in _sorted_files(place_folder, (".cases.yaml",)):
            file = _text(f"{place}/{each.name}", each, faults)
            if file is None or not _sections(file, {"cases"}, faults):
                continue
            for item in read_items(file, "cases", faults):
                if not isinstance(item.shape, Case):
                    continue
                found.append(item.shape)
                if item.shape.rule not in rules:
                    place_of = file.place((*item.path, "rule"))
                    words = {"nearest_zh": "", "nearest_en": ""}
                    faults.append(fault("shelf_case_rule", place_of, rule=item.shape.rule, **words))
        cases[place] = tuple(found)
    _raise(faults)
    return cases


def find_shelf(policy: str) -> tuple[Source, str]:
    """Where the shelf of ``policy`` lies, and which place of it is meant.

    Raises:
        RequestError: neither a shipped name nor a folder, or several places to choose from.
        ShelfError: the card of the place or of a layer cannot be read.
    """
    if policy in _places(shipped()):
        return _chain(shipped(), {}, policy)
    folder = Path(policy)
    if not folder.is_dir():
        if (place := meant(policy, _titles())) is not None:
            return _chain(shipped(), {}, place)
        known = ", ".join(shipped_places())
        kind = "shelf_no_folder" if _looks_like_path(policy) else "unknown_policy"
        raise RequestError((fault(kind, path=policy, name=policy, known=known),))
    if (folder / CARD).is_file():
        place = _card(folder, f"{folder.name}/{CARD}").place
        if (folder.parent / DOCUMENTS).is_file() and folder.name == place:
            return _chain(folder.parent, {}, place)
        return _chain(shipped(), {place: folder}, place)
    return _chain(folder, {}, _only_place(folder, policy))


def _titles() -> dict[str, Term]:
    """The shipped places with their titles, written in full or without the kind of place."""
    cards = {name: _card(each, f"{name}/{CARD}") for name, each in _places(shipped()).items()}
    return {
        name: Term(name, card.title, card.title_en, (card.title.rstrip("市地区"),))
        for name, card in cards.items()
    }


def _looks_like_path(policy: str) -> bool:
    return "/" in policy or "\\" in policy or policy.startswith(".")


def _only_place(root: Path, policy: str) -> str:
    """The place at the end of the layers of a root: the one that no other place builds on."""
    places = _places(root)
    cards = {name: _card(each, f"{name}/{CARD}") for name, each in places.items()}
    under = {layer for card in cards.values() for layer in card.layers[:-1]} | {NATIONAL}
    ends = [name for name in cards if name not in under]
    if len(ends) == 1:
        return ends[0]
    if not ends:
        known = ", ".join(shipped_places())
        raise RequestError((fault("shelf_no_folder", path=policy, known=known),))
    example = f"{policy.rstrip('/')}/{ends[0]}"
    details = {"places": ", ".join(ends), "example": example}
    raise RequestError((fault("shelf_several_places", Place(policy), **details),))


def _chain(root: Traversable, over: Mapping[str, Traversable], place: str) -> tuple[Source, str]:
    """The layers of ``place``, those of ``over`` laid over the folders of ``root``."""
    places = _places(root) | dict(over)
    layers = _card(places[place], f"{place}/{CARD}").layers
    wanted = dict.fromkeys([*layers, place])
    chosen = {name: places[name] for name in wanted if name in places}
    return Source(root, MappingProxyType(chosen)), place


def _places(root: Path | Traversable) -> dict[str, Traversable]:
    """The folders of a root that are places: those that hold a card or any YAML."""
    if not root.is_dir():
        return {}
    found = sorted((each for each in root.iterdir() if each.is_dir()), key=lambda e: e.name)
    return {
        each.name: each
        for each in found
        if not each.name.startswith((".", "_")) and next(iter(_yaml_files(each)), None)
    }


def _whole(folder: Path | Traversable) -> Source:
    if not folder.is_dir():
        known = ", ".join(shipped_places())
        details = {"path": str(folder), "known": known}
        raise ShelfError((fault("shelf_no_folder", Place(str(folder)), **details),))
    return Source(folder, MappingProxyType(_places(folder)))


def _yaml_files(folder: Traversable) -> list[Traversable]:
    return [
        each
        for each in _sorted_files(folder, (".yaml", ".yml"))
        if not each.name.endswith(".cases.yaml")
    ]


def _sorted_files(folder: Traversable, suffixes: tuple[str, ...]) -> list[Traversable]:
    found = [each for each in folder.iterdir() if each.name.endswith(suffixes) and each.is_file()]
    return sorted((e for e in found if not e.name.startswith(".")), key=lambda each: each.name)


def _card(folder: Traversable, name: str) -> PlaceCard:
    """The card of a folder; when it has faults, those of the other files are told with them."""
    card, _ = _read_card(folder, name, [])
    if card is None:
        faults: list[Fault] = []
        _folder(name.removesuffix(f"/{CARD}"), folder, faults)
        _raise(faults)
    assert card is not None  # noqa: S101 -- a card that is not there is a fault of its folder
    return card


def _read_card(
    folder: Traversable, name: str, faults: list[Fault]
) -> tuple[PlaceCard | None, TextFile | None]:
    found = folder.joinpath(CARD)
    if not found.is_file():
        faults.append(fault("shelf_missing_file", Place(name), name=CARD))
        return None, None
    file = _text(name, found, faults)
    if file is None:
        return None, None
    card = read_shape(file, PlaceCard, file.data, (), faults=faults)
    return (card if isinstance(card, PlaceCard) else None), file


def _text(name: str, found: Traversable, faults: list[Fault]) -> TextFile | None:
    file, wrong = read_text(name, found.read_bytes())
    faults += wrong
    return file


def _sections(file: TextFile, allowed: Iterable[str], faults: list[Fault]) -> list[str]:
    """The sections of a file; a top that is no mapping and unknown sections are faults."""
    known = sorted(allowed)
    if not isinstance(file.data, dict):
        details = {"expected_zh": "若干节", "expected_en": "sections", "example": f"{known[0]}: []"}
        faults.append(fault("shelf_wrong_type", file.place(()), **details))
        return []
    for key in file.data:
        if key not in known:
            words = ", ".join(known)
            faults.append(fault("shelf_unknown_key", file.place((key,)), key=key, known=words))
    return [section for section in known if section in file.data]


def _folder(name: str, folder: Traversable, faults: list[Fault]) -> FolderRead:
    read = FolderRead(name)
    read.card, read.card_file = _read_card(folder, f"{name}/{CARD}", faults)
    if read.card and read.card_file and read.card.place != name:
        details = {"name": read.card.place, "folder": name}
        faults.append(fault("shelf_place_name", read.card_file.place(("place",)), **details))
    if read.card and read.card_file and read.card.form not in KNOWN:
        details = {"found": read.card.form, "known": FORM}
        faults.append(fault("shelf_newer", read.card_file.place(("form",)), **details))
    for each in _yaml_files(folder):
        path = f"{name}/{each.name}"
        if each.name.endswith(".yml"):
            faults.append(fault("shelf_wrong_suffix", Place(path), suffix=".yml"))
        elif each.name != CARD and (file := _text(path, each, faults)):
            if read.card is not None:
                upgrade(read.card.form, file.data)
            for section in _sections(file, SECTIONS, faults):
                read.items += read_items(file, section, faults)
    return read


def _read(source: Source) -> _Reading:
    reading = _Reading()
    for name, section in SHARED.items():
        found = source.root.joinpath(name)
        if not found.is_file():
            if name == DOCUMENTS:
                reading.faults.append(fault("shelf_missing_file", Place(name), name=name))
            continue
        file = _text(name, found, reading.faults)
        for each in _sections(file, {section}, reading.faults) if file else ():
            reading.shared += read_items(file, each, reading.faults) if file else []
    for name, folder in source.folders.items():
        reading.folders[name] = _folder(name, folder, reading.faults)
    return reading


def _book(source: Source, place: str | None = None) -> PolicyBook:
    reading = _read(source)
    places = {*_places(source.root), *source.folders}
    reading.faults += check_references(reading.folders, reading.shared, places)
    if not reading.faults:
        reading.faults += check_coverage(reading.folders, reading.shared)
    _raise(reading.faults, reading.folders)
    layers = {
        name: _layer(folder, folder.card, reading.shared)
        for name, folder in sorted(reading.folders.items())
        if folder.card
    }
    items = [*reading.shared, *(i for folder in reading.folders.values() for i in folder.items)]
    documents = {each.id: each for each in _shapes(items, Document)}
    if place is not None:
        documents = _needed(documents, layers.values())
    documents = dict(sorted(documents.items()))
    return PolicyBook(
        layers=MappingProxyType(layers),
        documents=MappingProxyType(documents),
        fingerprint=book_fingerprint(layers, documents),
    )


def _needed(documents: Mapping[str, Document], layers: Iterable[Layer]) -> dict[str, Document]:
    """The documents that the layers rest on: of their clauses, and their plans."""
    layers = list(layers)
    used = {layer.card.plan for layer in layers}
    used |= {clause.document for layer in layers for clause in layer.clauses}
    return {name: document for name, document in documents.items() if name in used}


def _layer(folder: FolderRead, card: PlaceCard, shared: Iterable[Item]) -> Layer:
    marks = [*_shapes(shared, Benchmark), *_shapes(folder.items, Benchmark)]
    own = {each.benchmark: each for each in marks if each.place == folder.name}
    rules = _shapes(folder.items, Rule)
    return Layer(
        card=card,
        clauses=tuple(sorted(_shapes(folder.items, Clause), key=lambda each: each.id)),
        rules=tuple(sorted(rules, key=lambda each: (each.clauses, each.rule))),
        readings=tuple(sorted(_shapes(folder.items, Reading), key=lambda each: each.reading)),
        benchmarks=tuple(own[name] for name in sorted(own)),
        calendar=tuple(sorted(_shapes(folder.items, CalendarYear), key=lambda each: each.year)),
    )


def _shapes(items: Iterable[Item], shape: type[Made]) -> list[Made]:
    return [item.shape for item in items if isinstance(item.shape, shape)]


def _raise(faults: list[Fault], folders: Mapping[str, FolderRead] | None = None) -> None:
    if faults:
        order = sorted(faults, key=lambda each: (each.place.file, each.place.row, each.place.sheet))
        read = (folders or {}).items()
        rules = [(name, rule) for name, folder in read for rule in _shapes(folder.items, Rule)]
        raise ShelfError(tuple(order), tuple(rules))


__all__ = [
    "cases_for",
    "find_shelf",
    "read_cases",
    "read_shelf",
    "shelf_files",
    "shelf_for",
    "shipped",
    "shipped_places",
]
