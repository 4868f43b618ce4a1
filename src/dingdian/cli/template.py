"""``dingdian template``: an empty ledger, round or assessment, or the papers' templates to edit."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.wiring import assessments, ledgers, lives, papers


@click.command("template")
@click.argument(
    "what",
    type=click.Choice(["ledger", "round", "assessment", "moves", "papers", "notices"]),
    default="ledger",
)
@options.out("写入的 xlsx 文件，公文模板为文件夹 · workbook to write; for papers a folder")
@click.option(
    "--policy",
    help="round、assessment：清单项目取自哪个政策 · the policy whose items the lists hold",
)
@options.lang
def command(what: str, out: Path, policy: str | None, lang: Lang) -> None:
    """写出空白台账、批次或公文模板 · Write an empty ledger or round, or the Word templates.

    ledger: 表头、说明、下拉选项、示例行 · headings, notes, choices, a sample row

    round: 一批申请的空表 · the same for a round of applications

    assessment: 年度考核的空表 · the same for a yearly assessment

    moves: 一批办理事项的空表 · the same for a batch of moves

    papers: 规划、工作计划、领导阅件、告知书的 Word 模板和版头 · Word templates, letterhead

    notices: 受理、补正、公示、协议、中止、解除等文书的 Word 模板和版头 · the same for notices
    """
    if what == "papers":
        papers.write_templates(out)
    elif what == "notices":
        papers.write_notice_templates(out)
    elif what == "round":
        ledgers.write_round_template(out, policy=policy, lang=lang)
    elif what == "assessment":
        assessments.write_template(out, policy=policy, lang=lang)
    elif what == "moves":
        lives.write_template(out, lang=lang)
    else:
        ledgers.write_template(out, lang=lang)
    click.echo(f"→ {out}")
