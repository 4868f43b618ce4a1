"""``dingdian verify``: whether all outputs of a plan print what plan.json says."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.wiring import papers

#: The exit code where outputs differ: no error of the program, but not in order either.
DIFFERS = 8
#: So many differences of a file are shown; the rest is counted.
SHOWN = 20


@click.command("verify")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.lang
def command(folder: Path, lang: Lang) -> None:
    """核对规划文件夹：公文、表格、网页与 plan.json 是否一致 · Check that all outputs agree.

    FOLDER: dingdian plan 写出的文件夹 · a folder written by plan
    """
    agreed = True
    for compared in papers.verify(folder):
        said = {"zh": "处一致", "en": " places agree"}[lang]
        click.echo(f"{compared.file}: {compared.count - len(compared.differences)}{said}")
        agreed = agreed and not compared.differences
        for each in compared.differences[:SHOWN]:
            name = f" [{each.key}]" if each.key else ""
            found, wanted = (text or "—" for text in (each.found, each.wanted))
            line = {
                "zh": f"  ✗ {each.place}{name}：是“{found}”，应为“{wanted}”",
                "en": f"  ✗ {each.place}{name}: “{found}”, should be “{wanted}”",
            }[lang]
            click.echo(line)
        more = len(compared.differences) - SHOWN
        if more > 0:
            click.echo({"zh": f"  … 另有 {more} 处", "en": f"  … and {more} more"}[lang])
    click.echo(
        {"zh": "全部一致。", "en": "All agree."}[lang]
        if agreed
        else {"zh": "有不一致之处。", "en": "Some differ."}[lang]
    )
    if not agreed:
        sys.exit(DIFFERS)
