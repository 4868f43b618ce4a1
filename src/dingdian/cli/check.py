"""``dingdian check``: the data quality of a ledger."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.faults import EXIT_CODES
from dingdian.cli.options import Lang
from dingdian.core.errors import CensusError
from dingdian.wiring import ledgers


@click.command("check")
@click.argument("census", type=click.Path(path_type=Path))
@click.option("--policy", help="同时核对是否该地台账 · also check that it is this place's ledger")
@options.out("另存为标色的 xlsx · write a workbook with marked cells", required=False)
@options.lang
@options.force
def command(census: Path, policy: str | None, out: Path | None, lang: Lang, force: bool) -> None:
    """检查台账：问题、位置、数量、改法 · Check a ledger: what, where, how many, how to mend.

    CENSUS: 台账（xlsx 文件或文件夹） · a workbook or a folder
    """
    quality = ledgers.check_census(census, policy=policy, report=out, lang=lang, force=force)
    for line in lines(quality.rows, lang):
        click.echo(line)
    click.echo(quality.summary)
    if out is not None:
        click.echo(f"→ {out}")
    if quality.blocking:
        sys.exit(EXIT_CODES[CensusError])


def lines(rows: Sequence[Sequence[str]], lang: Lang) -> Iterator[str]:
    """What is wrong and where, then how to mend it: two lines a group of faults."""
    for severity, what, where, count, numbers, cure, _kind in rows:
        times = f" ×{count}" if count != "1" else ""
        place = " ".join(filter(None, (where, numbers)))
        at = {"zh": f"（{place}）", "en": f" ({place})"}[lang] if where else ""
        yield f"[{severity}]{times} {what}{at}"
        yield f"    → {cure}"
