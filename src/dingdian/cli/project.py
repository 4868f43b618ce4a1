"""``dingdian project``: try the years ahead under scenarios, many times over."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.faults import checked
from dingdian.cli.options import Lang
from dingdian.cli.progress import done, progress
from dingdian.wiring import projection

#: More runs narrow the spread no further that anybody would see.
MOST_RUNS = 10_000


@click.command("project")
@click.argument("census", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option(
    "--year",
    type=click.IntRange(1950, 2100),
    required=True,
    help="从哪一年度规划的存量起 · the plan whose stock it starts from",
)
@click.option(
    "--to",
    "through",
    type=click.IntRange(1950, 2100),
    required=True,
    help="推演到哪一年 · the last year",
)
@click.option(
    "--scenarios",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="情景文件（YAML）；不给则一切不变 · scenarios; without them nothing changes",
)
@click.option(
    "--cohorts",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="各区县分年龄组人口（xlsx、csv） · residents by district and age group",
)
@click.option(
    "--runs",
    type=click.IntRange(1, MOST_RUNS),
    default=200,
    show_default=True,
    help="每个情景推演的次数 · runs of every scenario",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=1,
    show_default=True,
    help="随机种子 · seed of the draws",
)
@options.out("写入的文件夹 · folder to write", required=False)
@click.option("--as-if", is_flag=True, help="按别市政策假设 · a what-if under another policy")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.lang
@options.force
def command(
    census: Path,
    policy: str,
    year: int,
    through: int,
    scenarios: Path | None,
    cohorts: Path | None,
    runs: int,
    seed: int,
    out: Path | None,
    as_if: bool,
    as_json: bool,
    lang: Lang,
    force: bool,
) -> None:
    """推演以后各年：机构、名额、人口、基金；仅供决策参考 · The years ahead under scenarios.

    CENSUS: 台账（xlsx 文件或文件夹） · a workbook or a folder
    """
    if through < year:
        raise click.UsageError("--to 不能早于 --year · --to comes before --year")
    asked = projection.ProjectionRequest(
        census=census,
        policy=policy,
        year=year,
        through=through,
        scenarios=scenarios,
        cohorts=cohorts,
        runs=runs,
        seed=seed,
        as_if=as_if,
        lang=lang,
    )
    told = projection.write_projection(
        asked,
        out,
        force=force,
        as_json=as_json,
        progress=progress(lang),
        year_of=lambda scenario, of: done(f"{scenario} {of}"),
    )
    if told.faults:
        click.echo(checked(told.faults, census, policy, lang), err=True)
    for line in told.lines:
        click.echo(line)
    if out is not None and not as_json:
        click.echo(f"→ {out}")
