"""``dingdian policy``: check the shelf, show what is in force."""

from __future__ import annotations

import datetime as dt

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.wiring import shelf


@click.group("policy")
def command() -> None:
    """检查、查看政策库 · Check and show the policy shelf."""


@command.command("check")
@click.argument("policy", required=False)
@options.lang
def check(policy: str | None, lang: Lang) -> None:
    """一次列出政策库的全部问题 · List every fault of a shelf at once.

    POLICY: 名称或文件夹，省略则检查全部 · a name or a folder; left out: the whole shelf
    """
    for line in shelf.check_policy(policy, lang=lang):
        click.echo(line)


@command.command("show")
@click.argument("policy")
@click.option("--on", "day", type=options.Day(), required=True, help="哪一天 · the day")
@options.lang
def show(policy: str, day: dt.date, lang: Lang) -> None:
    """逐条显示某日有效的规则和口径 · Show what is in force on a day, clause by clause."""
    for line in shelf.show_policy(policy, day, lang=lang):
        click.echo(line)
