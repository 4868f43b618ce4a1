"""``dingdian points``: points against persons' payment qualification on a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.faults import lines
from dingdian.cli.options import Lang
from dingdian.wiring import assessments


@click.command("points")
@click.argument("events", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option("--on", "day", type=options.Day(), required=True, help="哪一天 · the day")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.lang
def command(events: Path, policy: str, day: dt.date, as_json: bool, lang: Lang) -> None:
    """人员医保支付资格记分：正常、暂停、终止 · Points of persons on a day.

    EVENTS: 记分、暂停决定和修复（xlsx 或文件夹） · points, pauses and repairs
    """
    record, faults = assessments.points(events, policy, day)
    for line in assessments.told_points(record, lang=lang, as_json=as_json):
        click.echo(line)
    for line in lines(faults, lang, stops=False):
        click.echo(line, err=True)
