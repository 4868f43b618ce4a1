"""``dingdian template``: an empty ledger to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.wiring import ledgers


@click.command("template")
@options.out("写入的 xlsx 文件 · workbook to write")
@options.lang
def command(out: Path, lang: Lang) -> None:
    """写出空白台账：表头、说明、下拉选项、示例行 · Write an empty workbook to fill in."""
    ledgers.write_template(out, lang=lang)
    click.echo(f"→ {out}")
