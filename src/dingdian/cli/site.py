"""``dingdian site``: where the next institutions of a service should go."""

from __future__ import annotations

import datetime as dt
import math
import sys
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import click

from dingdian.cli import options
from dingdian.cli.faults import INCOMPLETE, checked, lines
from dingdian.cli.options import Lang
from dingdian.cli.progress import Clock, progress
from dingdian.core.errors import Text
from dingdian.wiring import siting
from dingdian.wiring.streets import street_file


class Share(click.ParamType):
    """A name and a whole number of ``least`` or more, such as 甲区=3."""

    name = "NAME=N"

    def __init__(self, least: int, example: str) -> None:
        self.least, self.example = least, example

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Read the pair, or fail with an example."""
        name, sign, number = str(value).rpartition("=")
        if not sign or not name.strip():
            self.fail(f"{value!r}: 写作 {self.example} · write it as NAME=3", param, ctx)
        if not number.strip().isdecimal() or int(number) < self.least:
            self.fail(
                f"{value!r}: 等号后写{_FROM[self.least].zh}，例如 {self.example} · "
                f"{_FROM[self.least].en} behind the sign, such as NAME=3",
                param,
                ctx,
            )
        return name.strip(), int(number)


_FROM = {0: Text("不小于 0 的整数", "a whole number of 0 or more")}
_FROM[1] = Text("大于 0 的整数", "a whole number above 0")


def _words() -> ModuleType:
    from dingdian.reports.siting import words

    return words


@click.command("site")
@click.argument("census", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option(
    "--service",
    required=True,
    help="哪类定点，如 门诊统筹、药店 · whose next ones, such as outpatient_pooling",
)
@click.option(
    "--model",
    type=options.OneOf(["cover", "set", "median", "centre"], lambda: _words().MODELS),
    default="cover",
    show_default=True,
    help="目标：覆盖最多、家数最少、路程最短、最远者最近 · what is best",
)
@click.option(
    "--places", type=click.IntRange(min=0), help="新增家数上限（现有的不算） · new ones at most"
)
@options.out("写入的文件夹 · folder to write", required=False)
@click.option(
    "--year",
    type=click.IntRange(1950, 2100),
    help="按哪一年规划的存量日、规则和名额 · the plan whose days and quotas hold",
)
@click.option(
    "--on",
    "day",
    type=options.Day(),
    help="没有 --year 时的日期，默认今天 · the day without --year",
)
@click.option(
    "--goal",
    "goals",
    multiple=True,
    type=options.OneOf(["covered", "covered_twice", "new_sites"], lambda: _words().GOALS),
    help="cover 的目标，按先后写，可多次 · goals of cover in their order",
)
@click.option("--backup", is_flag=True, help="其次求圈内有两家的人最多 · then most reached twice")
@click.option(
    "--room",
    type=click.IntRange(min=1),
    help="每家新增的至多服务多少人（至少 1） · people that a new one serves",
)
@click.option(
    "--quota",
    "quotas",
    multiple=True,
    type=Share(0, "甲区=3"),
    help="区县新增上限，可多次 · by district",
)
@click.option("--plan-quotas", is_flag=True, help="用年度规划的名额 · the quotas of the plan")
@click.option(
    "--priority",
    "priorities",
    multiple=True,
    type=Share(1, "乡镇=3"),
    help="优先照顾：区划或 乡镇、村 等的人口倍数，可多次 · weights of people",
)
@click.option(
    "--round", "applications", type=click.Path(path_type=Path), help="候选为一批申请 · a round"
)
@click.option("--file", "points", type=click.Path(path_type=Path), help="候选为文件中的点 · points")
@click.option(
    "--spots",
    type=click.IntRange(min=0),
    default=500,
    show_default=True,
    help="居民点作候选时至多多少个 · localities that are candidates",
)
@click.option(
    "--apart",
    type=options.Metres(),
    default="400",
    show_default=True,
    help="这些候选相隔至少多少米 · metres between them",
)
@click.option(
    "--kind",
    default="",
    help="新机构类别，默认：药店为零售药店，住院为医院，其他为诊所 · kind of new ones",
)
@click.option(
    "--nodes",
    type=click.IntRange(min=0),
    help="限额：搜索树的节点，0 为不搜索 · nodes of the search, 0 for no search",
)
@click.option(
    "--rounds",
    type=click.IntRange(min=0),
    help="限额：自有方法的轮次 · rounds of methods of our own",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0),
    help="到时即停，结果取决于时钟并如实写明 · stop by the clock, and say so",
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
    model: str,
    places: int | None,
    out: Path | None,
    year: int | None,
    day: dt.date | None,
    goals: tuple[str, ...],
    backup: bool,
    room: int | None,
    quotas: tuple[tuple[str, int], ...],
    plan_quotas: bool,
    priorities: tuple[tuple[str, int], ...],
    applications: Path | None,
    points: Path | None,
    spots: int,
    apart: Fraction,
    kind: str,
    nodes: int | None,
    rounds: int | None,
    seconds: float | None,
    as_if: bool,
    as_json: bool,
    streets: Path | None,
    by: str | None,
    lang: Lang,
    force: bool,
) -> None:
    """下一批定点设在哪里最好，好到什么程度；仅供决策参考 · Where the next ones should go.

    CENSUS: 台账 · the ledger
    """
    refusals: tuple[tuple[object, str], ...] = (
        (
            applications is not None and points is not None,
            "--round 与 --file 只写其一 · give one of --round and --file",
        ),
        (
            year is not None and day is not None,
            "--year 与 --on 只写其一 · give one of --year and --on",
        ),
        (
            places is None and model != "set" and not plan_quotas,
            "写明 --places，例如 --places 20 · give --places, such as 20",
        ),
        (
            (goals or backup) and model != "cover",
            "--goal、--backup 只用于 cover · they belong to --model cover",
        ),
        (goals and backup, "--goal 与 --backup 只写其一 · give one of --goal and --backup"),
        (
            room is not None and bool(priorities),
            "--room 不与 --priority 同用：名额按实际人数占用，加倍后的人数会多占 · "
            "--room goes without --priority: room is taken up by people as they are, "
            "and weighted people would take up more",
        ),
        (
            room is not None and bool(goals or backup),
            "--room 不与 --goal、--backup 同用：一人只占一处的名额，"
            "两家都能到达的要不要占两处，没有规定 · "
            "--room goes without --goal and --backup: everybody has room at one place, "
            "and no text says whether who is reached twice takes it up twice",
        ),
        (
            seconds is not None and not math.isfinite(seconds),
            "--seconds 写秒数，例如 60 · seconds, such as 60",
        ),
    )
    for wrong, why in refusals:
        if wrong:
            raise click.UsageError(why)
    clock = None if seconds is None else Clock(seconds)
    asked = siting.SitingRequest(
        census=census,
        policy=policy,
        day=day or options.today(),
        service=service,
        model=model,
        year=year,
        places=places,
        goals=("covered", "covered_twice") if backup else tuple(dict.fromkeys(goals)),
        room=room,
        kind=kind,
        points=points,
        round=applications,
        quotas=dict(quotas),
        plan_quotas=plan_quotas,
        priorities=dict(priorities),
        spots=spots,
        apart_mm=int(apart * 1000),
        nodes=nodes,
        rounds=rounds,
        seconds=seconds,
        halted=None if clock is None else clock.over,
        left=None if clock is None else clock.left,
        as_if=as_if,
        streets=street_file(streets, by),
        lang=lang,
    )
    told = siting.choose(asked, out, force=force, as_json=as_json, progress=progress(lang))
    for line in lines(told.faults, lang, stops=False):
        click.echo(line, err=True)
    if told.checked:
        click.echo(checked(told.checked, census, policy, lang), err=True)
    for line in told.lines:
        click.echo(line)
    if out is not None and not as_json:
        click.echo(f"→ {out}")
    if told.incomplete:
        sys.exit(INCOMPLETE)
