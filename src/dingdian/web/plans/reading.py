"""A version as pages read it: made from its files once in a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.census import Census
from dingdian.core.errors import RequestError, fault
from dingdian.reports.charts import Chart, charts
from dingdian.reports.conclusions import sentences
from dingdian.reports.frame import basis, frame_title, mark_words
from dingdian.reports.grid import Table
from dingdian.reports.streets import distance_lines
from dingdian.reports.tables import plan_tables
from dingdian.reports.told import Num, Sentence, part_text
from dingdian.reports.wording import Lang, Words
from dingdian.reports.words.headings import SHEETS
from dingdian.reports.words.sentences import GROUPS
from dingdian.storage.manifest import file_digest
from dingdian.web.bureau import lang
from dingdian.web.plans.models import KEPT, Version

if TYPE_CHECKING:
    from dingdian.core.record import Record

#: A part of a sentence: its text, and the key of the figure where it is a number.
Said = tuple[str, str]


@dataclass(frozen=True)
class Shown:
    """A record in a language, with what its pages show of it."""

    record: Record
    language: Lang

    @cached_property
    def words(self) -> Words:
        """How it is said."""
        return Words(self.record, self.language)

    @property
    def title(self) -> str:
        """The title of the plan."""
        return frame_title(self.words)

    @property
    def basis(self) -> str:
        """The days and the text that it rests on."""
        return basis(self.words)

    @property
    def distances(self) -> tuple[str, ...]:
        """Along what streets distances were measured, and who joins them; empty: straight."""
        along = self.record.streets
        return tuple(distance_lines(along, self.language)) if along else ()

    @property
    def marks(self) -> tuple[str, ...]:
        """What the result is, and why (测算)."""
        return mark_words(self.words)

    @cached_property
    def groups(self) -> list[tuple[str, list[tuple[str, list[Said]]]]]:
        """The conclusions by group: tone and parts of each sentence."""
        found = groupby(sentences(self.words), key=lambda each: each.group)
        return [
            (self.words.label(GROUPS, group), [(e.tone, self._parts(e)) for e in said])
            for group, said in found
        ]

    def _parts(self, sentence: Sentence) -> list[Said]:
        return [
            (part_text(self.words, each), each.key if isinstance(each, Num) else "")
            for each in sentence.parts
        ]

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The annex tables, in the order of their sheets."""
        return plan_tables(self.record, self.language)

    @property
    def sheets(self) -> dict[str, str]:
        """The sheets that have tables, with their names."""
        return {each.sheet: self.words.label(SHEETS, each.sheet) for each in self.tables}

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """The charts that the record has numbers for."""
        return charts(self.words)

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Where the rows that cells lead to stand: anchor -> sheet."""
        return {row.anchor: each.sheet for each in self.tables for row in each.rows if row.anchor}


def shown(version: Version) -> Shown:
    """A version in the language of the page.

    Raises:
        RequestError: its plan.json is gone or is not what was written.
    """
    return _shown(version.path, version.manifest.get("plan.json", ""), lang())


def census_copy(version: Version) -> Census:
    """The copy of the census that a version was made from, with the streets, if there were any.

    Raises:
        RequestError: it is gone or is not what was written.
    """
    copies = ("census/", "streets/")
    files = tuple(sorted((n, d) for n, d in version.manifest.items() if n.startswith(copies)))
    return _census(version.path, files, version.manifest.get("plan.json", ""))


def held(version: Version, name: str) -> Path:
    """A file of a version as it was written.

    Raises:
        RequestError: it is gone, or is not what was written.
    """
    path = version.path / name
    if file_digest(path) != version.manifest[name]:
        raise RequestError((fault("version_changed", name=name),))
    return path


@lru_cache(maxsize=KEPT)
def _shown(path: Path, digest: str, language: Lang) -> Shown:
    return Shown(record_at(path, digest), language)


@lru_cache(maxsize=KEPT)
def record_at(path: Path, digest: str) -> Record:
    """The record of a folder whose plan.json has a digest; read once in a process.

    Raises:
        RequestError: it is gone, changed, or cannot be read.
    """
    from dingdian.wiring.plans import PLAN_JSON, read_plan

    if file_digest(path / PLAN_JSON) != digest:
        raise RequestError((fault("version_changed", name=PLAN_JSON),))
    return read_plan(path)


@lru_cache(maxsize=2)
def _census(path: Path, files: tuple[tuple[str, str], ...], plan: str) -> Census:
    from dingdian.storage.census_files import read_census
    from dingdian.wiring import streets
    from dingdian.wiring.plans import CENSUS_COPY

    for name, digest in files:
        if file_digest(path / name) != digest:
            raise RequestError((fault("version_changed", name=name),))
    found = read_census(path / CENSUS_COPY).census
    if found is None:
        raise RequestError((fault("version_changed", name=CENSUS_COPY),))
    along = record_at(path, plan).streets
    return streets.of_copy(path, along).given_to(found) if along else found
