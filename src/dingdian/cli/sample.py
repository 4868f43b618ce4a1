"""``dingdian sample``: the ledger of an invented city, and a round of applications."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli import options
from dingdian.wiring import ledgers


@click.command("sample")
@click.argument("city", metavar="CITY")
@options.out("写入的文件夹 · folder to write")
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子 · seed")
@options.force
def command(city: str, out: Path, seed: int, force: bool) -> None:
    """写出示例城市的台账（机构为虚构，边界为示意） · Write the ledger of an invented city.

    另有一批虚构的申请（round/round.xlsx） · With it goes an invented round of applications.

    CITY: daxinganling, shenyang
    """
    note = ledgers.write_sample(city, out, seed=seed, force=force)
    click.echo(f"{out}: {note}")
