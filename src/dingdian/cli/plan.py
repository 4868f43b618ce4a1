"""``dingdian plan``: the plan of a year."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import click

from dingdian import wiring
from dingdian.cli import options
from dingdian.cli.options import Lang

STAGES = {
    "shelf": "读取政策库 · reading the shelf",
    "census": "读取台账 · reading the ledger",
    "check": "检查数据 · checking the data",
    "measures": "计算指标 · computing measures",
    "rules": "对照规则 · deciding the rules",
    "quotas": "确定数量 · setting the quotas",
    "fingerprints": "计算指纹 · taking fingerprints",
    "documents": "写出文件 · writing documents",
}


@click.command("plan")
@click.argument("census", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option(
    "--year", type=click.IntRange(1950, 2100), required=True, help="规划年份 · year to plan for"
)
@options.out("写入的文件夹 · folder to write")
@click.option(
    "--on",
    "day",
    type=options.Day(),
    help="适用哪一天的规则，默认当年1月1日 · day whose rules hold",
)
@click.option(
    "--as-if", is_flag=True, help="按别市政策假设测算 · a what-if under another city's policy"
)
@click.option(
    "--documents/--no-documents",
    default=True,
    help="是否写出 xlsx、html 和地图 · write xlsx, html and maps",
)
@click.option(
    "--geopackage",
    is_flag=True,
    help="地图另写一份 GeoPackage · write the maps as a GeoPackage too",
)
@options.lang
@options.force
def command(
    census: Path,
    policy: str,
    year: int,
    out: Path,
    day: dt.date | None,
    as_if: bool,
    documents: bool,
    geopackage: bool,
    lang: Lang,
    force: bool,
) -> None:
    """由台账和政策库编制年度规划 · Make the plan of a year from a ledger and the policy shelf.

    CENSUS: 台账（xlsx 文件或文件夹） · a workbook or a folder
    """
    started = time.monotonic()

    def progress(stage: str) -> None:
        click.echo(f"  {time.monotonic() - started:5.1f} s  {STAGES[stage]}", err=True)

    asked = wiring.PlanRequest(
        census=census,
        policy=policy,
        year=year,
        day=day,
        as_if=as_if,
        documents=documents,
        geopackage=geopackage,
        lang=lang,
    )
    made = wiring.write_plan(asked, out, force=force, progress=progress)
    for line in made.conclusions:
        click.echo(line)
    if made.faults:
        n, see = len(made.faults), f"dingdian check {census} --policy {policy}"
        said = {"zh": f"数据质量提示 {n} 条，见 {see}", "en": f"{n} notes on the data: see {see}"}
        click.echo(said[lang])
    click.echo(f"→ {out}")
