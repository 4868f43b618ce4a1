"""``dingdian plan``: the plan of a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.check import lines
from dingdian.cli.options import Lang
from dingdian.cli.progress import progress
from dingdian.wiring import plans
from dingdian.wiring.streets import street_file

#: So many groups of warnings are printed.
GROUPS_SHOWN = 5


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
@click.option(
    "--papers/--no-papers",
    default=None,
    help="是否写出公文（docx、pdf），默认装有所需程序包时写出 · write the papers as Word and PDF",
)
@click.option(
    "--papers-template",
    "templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="本单位的公文模板文件夹 · folder of the bureau's own templates",
)
@click.option(
    "--last-year",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="上年规划文件夹，用于比较 · folder of an earlier plan to compare with",
)
@click.option(
    "--advice",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="retain、site、move-beds、access 写出的建议，可多次 · advice they wrote",
)
@click.option(
    "--map-approval",
    default="",
    help="地图审图号，默认取台账“说明”表 · map approval number; default: the ledger's own",
)
@options.along
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
    papers: bool | None,
    templates: Path | None,
    last_year: Path | None,
    advice: tuple[Path, ...],
    map_approval: str,
    streets: Path | None,
    by: str | None,
    lang: Lang,
    force: bool,
) -> None:
    """由台账和政策库编制年度规划 · Make the plan of a year from a ledger and the policy shelf.

    CENSUS: 台账（xlsx 文件或文件夹） · a workbook or a folder
    """
    asked = plans.PlanRequest(
        census=census,
        policy=policy,
        year=year,
        day=day,
        as_if=as_if,
        documents=documents,
        geopackage=geopackage,
        papers=papers,
        templates=templates,
        last_year=last_year,
        advice=advice,
        map_approval=map_approval,
        streets=street_file(streets, by),
        lang=lang,
    )
    made = plans.write_plan(asked, out, force=force, progress=progress(lang))
    for line in (*made.marks, *made.conclusions, *made.streets, *made.advice):
        click.echo(line)
    for line in _warnings(made, f"dingdian check {census} --policy {policy}", lang):
        click.echo(line)
    for note in made.notes:
        click.echo(note)
    click.echo(f"→ {out}")


def _warnings(made: plans.Written, see: str, lang: Lang) -> Iterator[str]:
    """The first groups of warnings of the data check, and how many more faults there are."""
    if not made.faults:
        return
    yield {"zh": "数据检查：", "en": "Data check:"}[lang]
    shown = made.warnings[:GROUPS_SHOWN]
    yield from lines(shown, lang)
    rest = len(made.faults) - sum(int(count) for _, _, _, count, *_ in shown)
    if rest:
        yield {
            "zh": f"另有 {rest} 条，见 {see}" if shown else f"提示 {rest} 条，见 {see}",
            "en": f"{rest} more: see {see}" if shown else f"{rest} notes: see {see}",
        }[lang]
