"""``dingdian retain``: which stay when a stock has to fall to its cap."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.faults import INCOMPLETE, checked
from dingdian.cli.options import Lang
from dingdian.cli.progress import Clock, done, progress


@click.command("retain")
@click.argument("census", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option(
    "--year", type=click.IntRange(1950, 2100), required=True, help="规划年度 · year of the plan"
)
@options.out("写入的文件夹 · folder to write", required=False)
@click.option(
    "--assessment",
    type=click.Path(path_type=Path),
    help="assess 写出的考核结果：考核分和先行退出 · what assess wrote: points and first exits",
)
@click.option(
    "--by",
    type=click.IntRange(1950, 2100),
    help="哪一年末达到上限，默认也至多是规划期末 · year by whose end the cap is reached, "
    "the last of the plan by default and at the latest",
)
@click.option(
    "--order",
    default="",
    help="取舍次序，如 coverage_first，默认按口径 · order of weighing, by the reading",
)
@click.option(
    "--keep",
    "keep",
    type=(str, click.IntRange(0)),
    multiple=True,
    metavar="RESOURCE N",
    help="假设有上限的存量保留几家，先写名称后写家数，可多次；能写的名称在写错时列出 · "
    "a what-if: so many of a capped stock stay, name and number; a wrong name lists what there is",
)
@click.option(
    "--hold-districts", is_flag=True, help="各区也不得超过分摊的上限 · districts hold too"
)
@click.option("--no-orders", is_flag=True, help="不比较其他次序 · do not try the other orders")
@click.option(
    "--nodes",
    type=click.IntRange(0),
    default=50_000,
    show_default=True,
    help="每个目标至多搜索的节点 · nodes searched for each goal",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0),
    help="选择至多多少秒，到时停下并写明；不含读取、列出失去什么和写出 · "
    "choose for so many seconds at most, and say so; reading, losses and writing not counted",
)
@click.option("--as-if", is_flag=True, help="按别市政策假设 · a what-if under another policy")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.lang
@options.force
def command(
    census: Path,
    policy: str,
    year: int,
    out: Path | None,
    assessment: Path | None,
    by: int | None,
    order: str,
    keep: tuple[tuple[str, int], ...],
    hold_districts: bool,
    no_orders: bool,
    nodes: int,
    seconds: float | None,
    as_if: bool,
    as_json: bool,
    lang: Lang,
    force: bool,
) -> None:
    """存量降到上限时建议谁留、谁退，并证明好到什么程度 · Which stay under a cap.

    CENSUS: 台账 · the ledger

    仅供决策参考；有的上限没有方案时退出码为8 · Advice only; exit code 8 where a cap has no answer
    """
    from dingdian.actions.retention_terms import RetentionTerms
    from dingdian.core.solving import Limits, never
    from dingdian.wiring import retention

    clock = None if seconds is None else Clock(seconds)
    asked = retention.RetentionRequest(
        census=census,
        policy=policy,
        terms=RetentionTerms(
            year=year,
            by=by,
            order=order,
            keep=dict(keep),
            hold_districts=hold_districts,
            compare=not no_orders,
            seconds="" if seconds is None else f"{seconds:g}",
        ),
        limits=Limits(
            nodes=nodes,
            halted=never if clock is None else clock.over,
            left=None if clock is None else clock.left,
        ),
        assessment=assessment,
        as_if=as_if,
        lang=lang,
    )
    record, faults = retention.retain(asked, out, force=force, progress=progress(lang), say=done)
    for line in retention.told(record, lang=lang, as_json=as_json):
        click.echo(line)
    if faults:
        click.echo(checked(faults, census, policy, lang), err=True)
    if out is not None and not as_json:
        click.echo(f"→ {out}")
        for line in retention.odd(out, census, lang):
            click.echo(line, err=True)
    if not record.answered:
        sys.exit(INCOMPLETE)
