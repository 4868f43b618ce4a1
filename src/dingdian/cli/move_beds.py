"""``dingdian move-beds``: which beds could go where, with none added."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dingdian.cli import options
from dingdian.cli.faults import INCOMPLETE, checked
from dingdian.cli.options import Lang
from dingdian.cli.progress import Clock, progress
from dingdian.wiring import transfers

if TYPE_CHECKING:
    from dingdian.core.naming import Said

#: The words that stand for measures, levels and so on: those of ``core.transfer``, which a command
#: that only helps does not load.
MEASURES = ("structure", "shortage", "excess", "targets", "uneven", "moved", "leaving")
ORDER = ("structure", "targets", "moved", "uneven", "leaving")
LEVELS = ("tertiary", "secondary", "primary", "ungraded")
AREAS = ("district", "zone", "whole")
TARGETS = ("auto", "need", "mean", "none")
ALIKE = ("class", "pool")
FIRST = ("use", "room", "size")


def _words(name: str) -> Callable[[], Mapping[str, Said]]:
    """What the identifiers of a table of ``reports.transfer.words`` are called."""

    def words() -> Mapping[str, Said]:
        from dingdian.reports.transfer import words as own

        table: Mapping[str, Said] = getattr(own, name)
        return table

    return words


GOAL = options.OneOf(MEASURES, _words("GOALS"))
TARGET = options.OneOf(TARGETS, _words("TARGET_NAMES"))
NO_LIMIT = options.OneOf(("none",), _words("TARGET_NAMES"))


class Held(click.ParamType):
    """A measure with the most that it may come to: ``structure``, ``moved=3000``."""

    name = "GOAL[=BEDS]"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        """Read it, or fail with an example."""
        word, _, most = str(value).partition("=")
        name = GOAL.convert(word, param, ctx)
        if most and not most.isdecimal():
            self.fail(f"{value!r}: 写作 moved=3000 · write moved=3000", param, ctx)
        return name, int(most or 0)


def _levels() -> Mapping[str, Said]:
    from dingdian.core.census.vocabulary import LEVELS as WORDS

    return WORDS


class Size(click.ParamType):
    """A level with its minimum size, ``none`` for one that is not touched: ``secondary=100``."""

    name = "LEVEL=BEDS"
    level = options.OneOf(LEVELS, _levels)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int | None]:
        """Read it, or fail with an example."""
        word, _, beds = str(value).partition("=")
        level = self.level.convert(word, param, ctx)
        if not (beds.isdecimal() or beds == "none"):
            told = f"{value!r}: 写作 二级=100 · write secondary=100"
            self.fail(told, param, ctx)
        return level, int(beds) if beds.isdecimal() else None


class Number(click.ParamType):
    """A number of 0 or more, or one of a few words."""

    def __init__(self, words: options.OneOf, *, name: str) -> None:
        self.words, self.name = words, name

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str | Fraction:
        """Read it, or fail with what is possible."""
        if isinstance(value, Fraction):
            return value
        try:
            found = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            try:
                return self.words.convert(value, param, ctx)
            except click.BadParameter as error:
                self.fail(f"{error.message}; 或写数 · or a number: 6.6", param, ctx)
        if found < 0:
            self.fail(f"{value!r}: 不小于0，例如 6.6 · 0 or more, such as 6.6", param, ctx)
        return found


@click.command("move-beds")
@click.argument("census", type=click.Path(path_type=Path))
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@options.out("写入的文件夹 · folder to write", required=False)
@click.option(
    "--year",
    type=click.IntRange(1950, 2100),
    help="规划年份，默认台账次年 · year; default: the one after the ledger's",
)
@click.option("--on", "day", type=options.Day(), help="适用哪一天的规则 · day whose rules hold")
@click.option(
    "--order",
    multiple=True,
    type=GOAL,
    default=ORDER,
    show_default=True,
    help="目标先后，可多次 · goals in their order, repeatable",
)
@click.option(
    "--hold",
    "held",
    multiple=True,
    type=Held(),
    help="把目标定为规则，至多这么多床，默认0，可多次 · make a goal a rule: at most so many beds",
)
@click.option(
    "--minimum",
    "sizes",
    multiple=True,
    type=Size(),
    help="机构最小规模，默认按政策库口径；none 为不参与 · "
    "minimum size of a level, by default the shelf's reading; none: not touched",
)
@click.option(
    "--structure-at",
    multiple=True,
    type=options.OneOf(AREAS, _words("AREAS")),
    default=("whole",),
    show_default=True,
    help="等级结构按哪些区域计算，可多次 · where the structure is sought, repeatable",
)
@click.option(
    "--target",
    type=Number(TARGET, name="auto|need|mean|none|PER_1000"),
    default="auto",
    show_default=True,
    help="区县目标：need 政策所定、mean 平均、none 不设，或写每千人口床位数 · targets of districts",
)
@click.option(
    "--alike",
    type=options.OneOf(ALIKE, _words("ALIKE_NAMES")),
    default="class",
    show_default=True,
    help="同类才能调剂，或不单独管理的各类合并 · beds of one class, or all not managed apart",
)
@click.option(
    "--growth",
    type=Number(NO_LIMIT, name="PERCENT|none"),
    default="100",
    show_default=True,
    help="每一区县、等级、类别至多增加百分之几 · most growth in per cent",
)
@click.option(
    "--first",
    multiple=True,
    type=options.OneOf(FIRST, _words("FIRST_NAMES")),
    default=("use", "room"),
    show_default=True,
    help="机构调出的先后，可多次 · who gives first, repeatable",
)
@click.option(
    "--nodes",
    type=click.IntRange(0),
    default=50_000,
    show_default=True,
    help="每个目标至多搜索的节点 · most nodes searched for each goal",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0),
    help="至多多少秒，到时停下并写明 · stop after so many seconds, and say so",
)
@click.option("--as-if", is_flag=True, help="按别市政策假设 · a what-if under another policy")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.lang
@options.force
def command(
    census: Path,
    policy: str,
    out: Path | None,
    year: int | None,
    day: dt.date | None,
    order: tuple[str, ...],
    held: tuple[tuple[str, int], ...],
    sizes: tuple[tuple[str, int | None], ...],
    structure_at: tuple[str, ...],
    target: str | Fraction,
    alike: str,
    growth: str | Fraction,
    first: tuple[str, ...],
    nodes: int,
    seconds: float | None,
    as_if: bool,
    as_json: bool,
    lang: Lang,
    force: bool,
) -> None:
    """医保床位怎样调剂：总数不变，最小规模不破，类别分开 · Which beds could go where.

    CENSUS: 台账（xlsx 文件或文件夹） · a workbook or a folder

    仅供决策参考，不改变任何协议；没有方案时退出码为8 · Advice only; exit code 8 where there is none
    """
    clock = None if seconds is None else Clock(seconds)
    asked = transfers.TransferRequest(
        census=census,
        policy=policy,
        order=order,
        held=dict(held),
        sizes=dict(sizes),
        structure_at=structure_at,
        target=target,
        alike=alike,
        growth=growth / 100 if isinstance(growth, Fraction) else None,
        first=first,
        nodes=nodes,
        seconds=seconds,
        halted=None if clock is None else clock.over,
        left=None if clock is None else clock.left,
        year=year,
        day=day,
        as_if=as_if,
        lang=lang,
    )
    made = transfers.move_beds(asked, out, force=force, progress=progress(lang), as_json=as_json)
    for line in made.lines:
        click.echo(line)
    if made.faults:
        click.echo(checked(made.faults, census, policy, lang), err=True)
    if out is not None and not as_json:
        click.echo(f"→ {out}")
    if not made.found:
        sys.exit(INCOMPLETE)
