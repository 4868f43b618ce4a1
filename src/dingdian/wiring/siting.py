"""Sites: choose where the next institutions should go, with everything that shows why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dingdian import __version__
from dingdian.core.errors import CensusError, Fault, RequestError, fault
from dingdian.core.period import first_day, last_day
from dingdian.wiring import ledgers, shelf, streets

if TYPE_CHECKING:
    from dingdian.actions.check_site import Desk
    from dingdian.actions.choose_sites import Question, SitingReport
    from dingdian.actions.plan_places import PlanPlaces
    from dingdian.core.admission.application import Round
    from dingdian.core.census import Census
    from dingdian.core.census.table import Table
    from dingdian.core.policy import PolicyBook
    from dingdian.core.solving import Limits
    from dingdian.reports.wording import Lang
    from dingdian.wiring.streets import Loaded, StreetFile

Progress = Callable[[str], None]


#: The folder of an answer holds what it was made from.
CENSUS_COPY, POLICY_COPY = "census", "policy"


@dataclass(frozen=True, slots=True)
class SitingRequest:
    """What sites are asked for: ledger, policy, day, service, goal, candidates and limits.

    ``year``: the plan whose stock day, rules and quotas hold; without it ``day`` is that of stock
    and rules. ``goals``: names of goals in their order, none for the first of the model.
    ``points`` and ``round``: files of candidates; without both localities are candidates.
    ``quotas`` and ``priorities``: as people write them. ``kind``: of a new institution, empty for
    the usual one. ``nodes`` and ``rounds``: ``None`` for what is usual. ``halted`` ends the search
    from outside, ``left`` says when, ``seconds`` by what clock.
    """

    census: Path
    policy: str
    day: dt.date
    service: str
    model: str
    year: int | None = None
    places: int | None = None
    goals: tuple[str, ...] = ()
    room: int | None = None
    kind: str = ""
    points: Path | None = None
    round: Path | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)
    plan_quotas: bool = False
    priorities: Mapping[str, int] = field(default_factory=dict)
    spots: int = 500
    apart_mm: int = 400_000
    nodes: int | None = None
    rounds: int | None = None
    seconds: float | None = None
    halted: Callable[[], bool] | None = None
    left: Callable[[], float] | None = None
    as_if: bool = False
    streets: StreetFile | None = None
    lang: Lang = "zh"


@dataclass(frozen=True, slots=True)
class Advised:
    """What the command has to say, what is odd about the candidates, whether some had no answer.

    ``checked`` is what the check of the ledger found.
    """

    lines: tuple[str, ...]
    faults: tuple[Fault, ...]
    incomplete: bool
    checked: tuple[Fault, ...] = ()


def choose(
    asked: SitingRequest, out: Path | None, *, force: bool, as_json: bool, progress: Progress
) -> Advised:
    """Choose sites; ``out`` is the folder that is written, if one is.

    Raises:
        DingdianError: anything that stops it; nothing is then written.
    """
    from dingdian.actions.gather_candidates import Closed
    from dingdian.reports.siting import plain
    from dingdian.reports.siting.text import siting_lines
    from dingdian.storage.folders import Out, check_free, write_folder

    files = (asked.points, asked.round, Path(asked.policy))
    target = out and Out(
        out,
        force,
        ours=lambda folder: (folder / plain.FILE).is_file(),
        inputs=(asked.census, *(each for each in files if each is not None and each.exists())),
    )
    if target:
        check_free(target, folder=True)
    loaded = None if asked.streets is None else streets.load(asked.streets)
    report, checked = _chosen(asked, progress, loaded)
    if loaded is not None:
        along = [report.question.of] if report.demand.circle.by else []
        report = replace(report, streets=loaded.record(report.desk.census, along))
    record = plain.siting_json(report, engine=__version__, seconds=asked.seconds)
    result = record["fingerprints"]["result"]

    def fill(folder: Path) -> None:
        _fill(folder, report, record, asked)
        if loaded is not None:
            loaded.write_copy(folder)

    if target:
        progress("documents")
        write_folder(target, fill)
    lines = siting_lines(report, asked.lang, result=result, seconds=asked.seconds)
    faulty = any(each.closed is Closed.FAULTY for each in report.candidates.all)
    told = (plain.written(record).rstrip(),) if as_json else tuple(lines)
    nothing = report.answer.solution is None
    return Advised(told, report.candidates.faults, faulty or nothing, checked)


def _chosen(
    asked: SitingRequest, progress: Progress, loaded: Loaded | None
) -> tuple[SitingReport, tuple[Fault, ...]]:
    from dingdian.actions.check_site import open_desk
    from dingdian.actions.choose_sites import choose_sites, under_plan
    from dingdian.core.indicators import measures_of
    from dingdian.core.workings import Workings
    from dingdian.storage.census_files import read_census

    question = _question(asked)
    stock_day = asked.day if asked.year is None else last_day(asked.year - 1)
    day = asked.day if asked.year is None else first_day(asked.year)
    progress("shelf")
    book, place = shelf.opened(asked.policy)
    progress("census")
    reading = read_census(asked.census)
    if reading.census is None:
        raise CensusError(reading.faults)
    census = reading.census if loaded is None else loaded.given_to(reading.census)
    progress("check")
    card = None if asked.as_if else book.layers[place].card
    of_plan = None if asked.year is None else stock_day
    faults = (*reading.faults, *ledgers.found(census, card, of_plan))
    desk = open_desk(census, book, place=place, day=day, faults=faults, as_if=asked.as_if)
    places = _places(asked, book, desk, faults=faults, progress=progress)
    if asked.plan_quotas:
        question = under_plan(question, places, census)
    given, odd = _given(asked, census, book, place)
    policy, measures = desk.basis.policy, measures_of(census)
    report = choose_sites(
        desk,
        Workings(census=census, policy=policy, measures=measures, stock_day=stock_day),
        question,
        _limits(asked),
        given=given,
        faults=odd,
        places=places,
        progress=progress,
    )
    return report, faults


def _question(asked: SitingRequest) -> Question:
    """The question in the words of the core.

    Raises:
        RequestError: no circles are drawn around that service, or no such kind fits it.
    """
    from dingdian.actions.choose_sites import Model, Question
    from dingdian.actions.name_sites import kind_of_new, stock_named
    from dingdian.core.siting import Wish

    of = stock_named(asked.service)
    return Question(
        of=of,
        model=Model(asked.model),
        places=asked.places,
        room=asked.room,
        wishes=tuple(map(Wish, asked.goals)) or (Wish.COVERED,),
        quotas=asked.quotas,
        priorities=asked.priorities,
        spots=asked.spots,
        apart_mm=asked.apart_mm,
        kind=kind_of_new(asked.kind, of),
    )


def _limits(asked: SitingRequest) -> Limits:
    from dingdian.core.solving import Limits

    usual = Limits()
    return Limits(
        nodes=usual.nodes if asked.nodes is None else asked.nodes,
        rounds=usual.rounds if asked.rounds is None else asked.rounds,
        halted=usual.halted if asked.halted is None else asked.halted,
        left=asked.left,
    )


def _places(
    asked: SitingRequest,
    book: PolicyBook,
    desk: Desk,
    *,
    faults: tuple[Fault, ...],
    progress: Progress,
) -> PlanPlaces:
    """What the plan of the year, that of the day where no year is asked for, says of new ones.

    Raises:
        RequestError: its places are to be quotas, and no year is named.
    """
    from dingdian.actions.evaluate_plan import evaluate_plan
    from dingdian.actions.name_sites import stock_named
    from dingdian.actions.plan_places import plan_places

    if asked.plan_quotas and asked.year is None:
        raise RequestError((fault("siting_no_year"),))
    plan = evaluate_plan(
        desk.census,
        book,
        place=desk.basis.policy.place.place,
        year=desk.basis.day.year,
        day=desk.basis.day,
        faults=faults,
        as_if=asked.as_if,
        progress=progress,
    )
    return plan_places(plan, stock_named(asked.service))


def _given(
    asked: SitingRequest, census: Census, book: PolicyBook, place: str
) -> tuple[Table | Round | None, tuple[Fault, ...]]:
    """The candidates of a file or a round, and what was odd in reading them."""
    from dingdian.core.admission.rounds import round_of
    from dingdian.core.admission.words import item_words
    from dingdian.core.census.applicants import CANDIDATES
    from dingdian.storage.applicants import read_applicants
    from dingdian.storage.round_read import read_round

    if asked.round is not None:
        tables = read_round(asked.round)
        words = item_words(
            book.on(place, asked.day if asked.year is None else first_day(asked.year))
        )
        return round_of(tables.tables, census, faults=tables.faults, words=words), ()
    if asked.points is not None:
        return read_applicants(asked.points, CANDIDATES)
    return None, ()


def _fill(folder: Path, report: SitingReport, record: dict[str, Any], asked: SitingRequest) -> None:
    from dingdian.reports.siting import page, plain, workbook
    from dingdian.storage.census_write import write_census

    prints = record["fingerprints"]
    (folder / plain.FILE).write_text(plain.written(record), encoding="utf-8")
    (folder / plain.MAP).write_text(plain.siting_geojson(report, prints), encoding="utf-8")
    made = workbook.siting_workbook(
        report,
        asked.lang,
        result=prints["result"],
        engine=__version__,
        seconds=asked.seconds,
    )
    (folder / workbook.FILE).write_bytes(made)
    shown = page.write_page(report, asked.lang, result=prints["result"], seconds=asked.seconds)
    (folder / page.FILE).write_bytes(shown)
    write_census(report.desk.census, folder / CENSUS_COPY)
    shelf.write_copy(asked.policy, folder / POLICY_COPY)
