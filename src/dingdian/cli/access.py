"""``dingdian access``: what people have within reach of a service, shared with all who reach it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dingdian.cli import options
from dingdian.cli.faults import checked
from dingdian.cli.options import Lang
from dingdian.cli.progress import progress
from dingdian.wiring import access
from dingdian.wiring.streets import street_file

if TYPE_CHECKING:
    from dingdian.core.naming import Said

#: Options of the readings: those of ``core.access``, which a command that only helps does not load.
DECAYS = ("even", "thirds", "bell")
CAPACITIES = ("contracted", "open", "each")


def _words(name: str) -> Callable[[], Mapping[str, Said]]:
    """What the identifiers of a table of ``reports.access.words`` are called."""

    def words() -> Mapping[str, Said]:
        from dingdian.reports.access import words as own

        table: Mapping[str, Said] = getattr(own, name)
        return table

    return words


@click.command("access")
@click.argument("census", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option(
    "--service",
    required=True,
    help="哪类定点，如 门诊统筹、药店、住院 · access to whom, such as outpatient_pooling",
)
@options.out("写入的文件夹 · folder to write", required=False)
@click.option(
    "--year",
    type=click.IntRange(1950, 2100),
    help="按哪一年规划的存量日和规则 · the plan whose stock day and rules hold",
)
@click.option(
    "--on",
    "day",
    type=options.Day(),
    help="没有 --year 时的日期，默认今天 · the day without --year",
)
@click.option(
    "--metres",
    type=options.Metres(),
    help="可达距离，代替口径 access_reach · within reach, in place of the reading",
)
@click.option(
    "--decay",
    type=options.OneOf(DECAYS, _words("DECAY_NAMES")),
    help="远处怎样折减，代替口径 access_decay · how a distance counts, in place of the reading",
)
@click.option(
    "--capacity",
    type=options.OneOf(CAPACITIES, _words("CAPACITY_NAMES")),
    help="供给量，代替口径 access_capacity · what a capacity is, in place of the reading",
)
@click.option("--as-if", is_flag=True, help="按别市政策假设 · a what-if under another policy")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.along
@options.lang
@options.force
def command(
    census: Path,
    policy: str,
    service: str,
    out: Path | None,
    year: int | None,
    day: dt.date | None,
    metres: Fraction | None,
    decay: str | None,
    capacity: str | None,
    as_if: bool,
    as_json: bool,
    streets: Path | None,
    by: str | None,
    lang: Lang,
    force: bool,
) -> None:
    """各处居民可达的服务有多少（2SFCA 等）；仅供决策参考 · Access to a service.

    CENSUS: 台账（xlsx 文件或文件夹） · a workbook or a folder
    """
    if year is not None and day is not None:
        raise click.UsageError("--year 与 --on 只写其一 · give one of --year and --on")
    asked = access.AccessRequest(
        census=census,
        policy=policy,
        day=day or options.today(),
        service=service,
        year=year,
        reach_mm=None if metres is None else int(metres * 1000),
        decay=decay or "",
        capacity=capacity or "",
        as_if=as_if,
        streets=street_file(streets, by),
        lang=lang,
    )
    told = access.measure(asked, out, force=force, as_json=as_json, progress=progress(lang))
    if told.faults:
        click.echo(checked(told.faults, census, policy, lang), err=True)
    for line in told.lines:
        click.echo(line)
    if out is not None and not as_json:
        click.echo(f"→ {out}")
