"""``dingdian template``: an empty ledger to fill in, or the papers' templates to edit."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.wiring import ledgers, papers


@click.command("template")
@click.argument("what", type=click.Choice(["ledger", "papers"]), default="ledger")
@options.out("写入的 xlsx 文件，公文模板为文件夹 · workbook to write; for papers a folder")
@options.lang
def command(what: str, out: Path, lang: Lang) -> None:
    """写出空白台账（ledger）或公文模板（papers） · Write an empty ledger, or the Word templates.

    ledger: 表头、说明、下拉选项、示例行 · headings, notes, choices, a sample row

    papers: 规划、工作计划、领导阅件的 Word 模板和版头 · Word templates of the papers, letterhead
    """
    if what == "papers":
        papers.write_templates(out)
    else:
        ledgers.write_template(out, lang=lang)
    click.echo(f"→ {out}")
