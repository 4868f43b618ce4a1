"""``dingdian evidence``: everything about one case, in one zip."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.cli.progress import progress
from dingdian.wiring import rounds


@click.command("evidence")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("application")
@options.out("写入的 zip 文件 · zip to write")
@options.lang
@options.force
def command(folder: Path, application: str, out: Path, lang: Lang, force: bool) -> None:
    """打包一件申请的证据：决定、所用各行、条文、口径、推导、地图、告知书 · Evidence of one case.

    FOLDER: decide 写出的文件夹 · a folder that decide wrote; APPLICATION: 申请编号 · its id
    """
    n = rounds.evidence(folder, application, out, force=force, progress=progress(lang))
    click.echo({"zh": f"{n}个文件 → {out}", "en": f"{n} files → {out}"}[lang])
