"""``dingdian due``: what is due, overdue and coming, by who must act."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.ledger import known_at, on, own_policy, url
from dingdian.cli.options import Lang
from dingdian.wiring import lives


@click.command("due")
@url
@own_policy
@on("哪一天，默认今天 · on which day")
@known_at
@click.option("--ahead", default=30, show_default=True, help="提前多少天列出 · days ahead")
@click.option(
    "--who",
    type=click.Choice(["institution", "agency", "evaluator", "bureau"]),
    help="只列由谁办理的 · only what this role must do",
)
@options.out("写入的 xlsx 文件 · workbook to write", required=False)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.lang
@options.force
def command(
    url: str | None,
    policy: str | None,
    day: dt.date | None,
    known: dt.datetime | None,
    ahead: int,
    who: str | None,
    out: Path | None,
    as_json: bool,
    lang: Lang,
    force: bool,
) -> None:
    """到期、超期、将到期的事项，由谁办理 · What is due, overdue and coming, and who must act."""
    desk, when = lives.opened(url, policy), day or lives.now().date()
    found = lives.due(desk, when, known, horizon=ahead, who=who)
    if as_json:
        click.echo(lives.due_json(found))
    else:
        for line in lives.due_text(desk, found, when, lang):
            click.echo(line)
    if out is not None:
        lives.write_due(desk, found, when, out, lang=lang, force=force)
        click.echo(f"→ {out}", err=as_json)
