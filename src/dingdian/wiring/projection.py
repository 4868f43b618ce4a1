"""Projection: try the years ahead, with everything that shows what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault
from dingdian.core.period import last_day
from dingdian.wiring import ledgers, shelf

if TYPE_CHECKING:
    from dingdian.core.census import Census
    from dingdian.core.projection_record import ProjectionRecord
    from dingdian.reports.wording import Lang

Progress = Callable[[str], None]

#: What the folder holds, beside its workbook.
PROJECTION_JSON = "projection.json"
SCENARIOS_COPY, COHORTS_COPY = "scenarios.yaml", "cohorts"
CENSUS_COPY, POLICY_COPY = "census", "policy"


@dataclass(frozen=True, slots=True)
class ProjectionRequest:
    """What is asked: ledger (files, or as read), policy, year of the plan, what is assumed.

    ``through`` is the last year. ``scenarios`` and ``cohorts`` are files; without them nothing
    changes, and no ages are told.
    """

    census: Path | Census
    policy: str
    year: int
    through: int
    scenarios: Path | None = None
    cohorts: Path | None = None
    runs: int = 200
    seed: int = 1
    as_if: bool = False
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class Projected:
    """What is told of it, what the check of the ledger found, the fingerprint of what came out."""

    lines: tuple[str, ...]
    faults: tuple[Fault, ...]
    result: str


def write_projection(
    asked: ProjectionRequest,
    out: Path | None,
    *,
    force: bool,
    as_json: bool,
    progress: Progress,
    year_of: Callable[[str, int], None],
) -> Projected:
    """Project; ``out`` is the folder that is written, if one is.

    ``year_of`` is told scenario and year while they are lived through.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.reports.projection.lines import projection_lines
    from dingdian.reports.projection.speech import ProjectionWords
    from dingdian.reports.record_json import write_record
    from dingdian.storage.folders import Out, check_free, write_folder

    policy = Path(asked.policy)
    census_files = asked.census if isinstance(asked.census, Path) else None
    given = (census_files, asked.scenarios, asked.cohorts, policy if policy.exists() else None)
    target = out and Out(
        out,
        force,
        ours=lambda folder: (folder / PROJECTION_JSON).is_file(),
        inputs=tuple(each for each in given if each is not None),
    )
    if target:
        check_free(target, folder=True)
    record, census, faults = _projected(asked, progress, year_of)
    if target:
        progress("documents")
        write_folder(target, lambda folder: _fill(folder, record, census, asked))
    result = record.fingerprints.result
    if as_json:
        return Projected((write_record(record).decode().rstrip(),), faults, result)
    lines = projection_lines(ProjectionWords(record, asked.lang))
    return Projected(tuple(lines), faults, result)


def _projected(
    asked: ProjectionRequest, progress: Progress, year_of: Callable[[str, int], None]
) -> tuple[ProjectionRecord, Census, tuple[Fault, ...]]:
    import numpy as np

    from dingdian.actions.evaluate_plan import evaluate_plan
    from dingdian.actions.project_years import project_years
    from dingdian.actions.record_projection import record_projection
    from dingdian.core.projection import Cohorts
    from dingdian.reports.record_json import sealed
    from dingdian.storage.census_files import Reading, read_census
    from dingdian.storage.scenarios_read import read_assumptions

    scenarios, groups = read_assumptions(asked.scenarios, asked.cohorts)
    progress("shelf")
    book, place = shelf.opened(asked.policy)
    progress("census")
    given = asked.census
    reading = read_census(given) if isinstance(given, Path) else Reading(given, ())
    if reading.census is None:
        raise CensusError(reading.faults)
    census = reading.census
    progress("check")
    card = None if asked.as_if else book.layers[place].card
    faults = (*reading.faults, *ledgers.found(census, card, last_day(asked.year - 1)))
    plan = evaluate_plan(
        census,
        book,
        place=place,
        year=asked.year,
        faults=faults,
        as_if=asked.as_if,
        progress=progress,
    )
    cohorts = None if groups is None else Cohorts.of(groups, census.tree.districts)
    progress("projecting")
    found = project_years(
        plan,
        book,
        scenarios,
        through=asked.through,
        runs=asked.runs,
        draws=lambda: np.random.Generator(np.random.PCG64(asked.seed)),
        cohorts=cohorts,
        progress=year_of,
    )
    record = record_projection(
        plan,
        scenarios,
        found,
        runs=asked.runs,
        seed=asked.seed,
        engine=__version__,
        cohorts=cohorts,
    )
    return sealed(record), census, faults


def _fill(folder: Path, record: ProjectionRecord, census: Census, asked: ProjectionRequest) -> None:
    """The answer with its evidence: ledger, shelf, and the files of what was assumed."""
    from dingdian.reports.projection import workbook
    from dingdian.reports.record_json import write_record
    from dingdian.storage.census_write import write_census

    (folder / PROJECTION_JSON).write_bytes(write_record(record))
    (folder / workbook.FILE).write_bytes(workbook.write_workbook(record, asked.lang))
    if asked.scenarios is not None:
        (folder / SCENARIOS_COPY).write_bytes(asked.scenarios.read_bytes())
    if asked.cohorts is not None:
        copy = f"{COHORTS_COPY}{asked.cohorts.suffix}"
        (folder / copy).write_bytes(asked.cohorts.read_bytes())
    write_census(census, folder / CENSUS_COPY)
    shelf.write_copy(asked.policy, folder / POLICY_COPY)
