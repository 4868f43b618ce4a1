"""Streets: a street file read, and given to a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import RequestError, fault

if TYPE_CHECKING:
    from dingdian.actions.check_site import SiteReport
    from dingdian.actions.measure_ways import Ways
    from dingdian.core.census import Census
    from dingdian.core.record import StreetsRecord
    from dingdian.core.streets import By, Gathered
    from dingdian.reports.wording import Lang

#: The folder beside an answer that holds the street file as it was given.
STREETS_COPY = "streets"


@dataclass(frozen=True, slots=True)
class StreetFile:
    """A street file and how one goes along its streets: ``walking`` or ``driving``.

    ``name``: what people call it, that of ``path`` where nothing else is said.
    """

    path: Path
    by: str = "walking"
    name: str = ""

    @property
    def called(self) -> str:
        """The name under which it is told of and kept as evidence."""
        return self.name or self.path.name


def street_file(path: Path | None, by: str | None) -> StreetFile | None:
    """The street file that is asked for, on foot where nothing else is said; ``None`` for none.

    Raises:
        RequestError: it is said how one goes, and not along what.
    """
    if path is not None:
        return StreetFile(path, by or "walking")
    if by is not None:
        raise RequestError((fault("streets_by_alone"),))
    return None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A street file that was read."""

    file: StreetFile
    gathered: Gathered
    by: By

    def given_to(self, census: Census) -> Census:
        """The same ledger, with circles of ways measured along these streets."""
        from dingdian.core.streets import Network

        return replace(census, network=Network.of(self.gathered.streets, self.by))

    def record(self, census: Census | None = None, along: Sequence[str] = ()) -> StreetsRecord:
        """The record of the streets, of who in the ledger joins them, and of what went along."""
        from dingdian.actions.record_streets import record_streets

        file = self.file.called
        return record_streets(self.gathered, self.by, file=file, census=census, along=along)

    def ways(self, report: SiteReport) -> Ways:
        """The ways from a site to everyone near it."""
        from dingdian.actions.measure_ways import measure_ways
        from dingdian.core.streets import Network

        network = Network.of(self.gathered.streets, self.by)
        return measure_ways(report, network, self.record())

    def write_copy(self, folder: Path) -> None:
        """The file as it was given, as evidence beside an answer."""
        (folder / STREETS_COPY).mkdir()
        copy = folder / STREETS_COPY / self.file.called
        copy.write_bytes(self.file.path.read_bytes())


def load(file: StreetFile, tell: Callable[[int], None] = lambda _lines: None) -> Loaded:
    """Read a street file; ``tell`` hears how many lines were read.

    Raises:
        RequestError: it cannot be read, or what reads it is not installed.
    """
    try:
        from dingdian.core.streets import By
        from dingdian.storage.streets_read import read_streets
    except ModuleNotFoundError as error:
        if error.name != "scipy":
            raise
        raise RequestError((fault("streets_without"),)) from None
    return Loaded(file, read_streets(file.path, tell), By(file.by))


def of_copy(folder: Path, record: StreetsRecord) -> Loaded:
    """The streets of the copy beside an answer.

    Raises:
        RequestError: it is gone, or not what the answer was made from.
    """
    path = folder / STREETS_COPY / record.file
    found = load(StreetFile(path, record.by))
    if found.gathered.streets.fingerprint != record.fingerprint:
        raise RequestError((fault("streets_changed", path=str(path)),))
    return found


def told(file: StreetFile, lang: Lang, *, as_json: bool) -> Iterator[str]:
    """What a street file holds and what is wrong with it, in lines."""
    from dingdian.reports.streets import street_lines

    record = load(file).record()
    if as_json:
        yield json.dumps(
            record.model_dump(exclude={"by", "along"}, exclude_none=True), ensure_ascii=False
        )
    else:
        yield from street_lines(record, lang)
