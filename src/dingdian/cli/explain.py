"""``dingdian explain``: how a number came about."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.wiring import plans


@click.command("explain")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("key", required=False)
@click.option(
    "--rows", type=int, default=20, show_default=True, help="每处列出的台账行数 · ledger rows shown"
)
@options.lang
def command(folder: Path, key: str | None, rows: int, lang: Lang) -> None:
    """把一个数字追溯到台账行和条款 · Follow a number down to ledger rows and clauses.

    FOLDER: dingdian plan 写出的文件夹；KEY: 数字编号，省略则列出 ·
    a folder written by plan; KEY: the key of a number, left out: list them
    """
    for line in plans.explain(folder, key, rows=rows, lang=lang):
        click.echo(line)
