"""``dingdian decide``: every applicant of a round, decided by rule."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.faults import lines
from dingdian.cli.options import Lang
from dingdian.cli.progress import progress
from dingdian.wiring import rounds


@click.command("decide")
@click.argument("census", type=click.Path(path_type=Path))
@click.argument("applications", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option(
    "--year", type=click.IntRange(1950, 2100), required=True, help="规划年份 · year of the plan"
)
@options.out("写入的文件夹 · folder to write", required=False)
@click.option(
    "--on", "day", type=options.Day(), help="决定日期，默认按“批次”表 · the day of decision"
)
@click.option("--application", "one", help="只列出这一件的各项条件 · all conditions of one")
@click.option(
    "--nearest", type=options.Metres(), help="间距不符时在多少米内找别处 · look so far for places"
)
@click.option("--as-if", is_flag=True, help="按别市政策假设 · a what-if under another policy")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.lang
@options.force
def command(
    census: Path,
    applications: Path,
    policy: str,
    year: int,
    out: Path | None,
    day: dt.date | None,
    one: str | None,
    nearest: Fraction | None,
    as_if: bool,
    as_json: bool,
    lang: Lang,
    force: bool,
) -> None:
    """逐件决定一批申请：拟纳入、等候、不予纳入，每项条件都列明 · Decide a round of applications.

    CENSUS: 台账 · the ledger; APPLICATIONS: 这一批申请（xlsx 或文件夹） · the round
    """
    asked = rounds.RoundRequest(
        census=census,
        applications=applications,
        policy=policy,
        year=year,
        day=day,
        as_if=as_if,
        reach_mm=None if nearest is None else int(nearest * 1000),
        lang=lang,
    )
    made = rounds.decide(asked, out, force=force, progress=progress(lang))
    for line in rounds.told(made.record, one, lang=lang, as_json=as_json):
        click.echo(line)
    for line in lines(made.faults, lang, stops=False):
        click.echo(line, err=True)
    if out is not None and not as_json:
        click.echo(f"→ {out}")
