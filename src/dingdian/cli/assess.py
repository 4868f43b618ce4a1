"""``dingdian assess``: the yearly assessment of every institution with an agreement."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.faults import lines
from dingdian.cli.options import Lang
from dingdian.cli.progress import progress
from dingdian.wiring import assessments


@click.command("assess")
@click.argument("census", type=click.Path(path_type=Path))
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option(
    "--year", type=click.IntRange(1950, 2100), required=True, help="考核年度 · the year assessed"
)
@options.out("写入的文件夹 · folder to write", required=False)
@click.option(
    "--on", "day", type=options.Day(), help="考核日期，默认按“考核”表 · the day of assessment"
)
@click.option("--institution", "one", help="只列出这一家的各项得分 · every item of one")
@click.option("--as-if", is_flag=True, help="按别市政策假设 · a what-if under another policy")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.lang
@options.force
def command(
    census: Path,
    workbook: Path,
    policy: str,
    year: int,
    out: Path | None,
    day: dt.date | None,
    one: str | None,
    as_if: bool,
    as_json: bool,
    lang: Lang,
    force: bool,
) -> None:
    """年度考核：得分、等次、末位、保证金、续签和后续建议 · The yearly assessment.

    CENSUS: 台账 · the ledger; WORKBOOK: 考核工作簿（xlsx 或文件夹） · scores, findings, hearings

    只列建议，任何措施都须由人确认 · It proposes only: a person confirms every step
    """
    asked = assessments.AssessmentRequest(
        census=census,
        workbook=workbook,
        policy=policy,
        year=year,
        day=day,
        as_if=as_if,
        lang=lang,
    )
    made = assessments.assess(asked, out, force=force, progress=progress(lang))
    for line in assessments.told(made.record, one, lang=lang, as_json=as_json):
        click.echo(line)
    for line in lines(made.faults, lang, stops=False):
        click.echo(line, err=True)
    if out is not None and not as_json:
        click.echo(f"→ {out}")
