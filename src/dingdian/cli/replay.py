"""``dingdian replay``: a past round decided again from what was known then."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.cli.progress import progress
from dingdian.wiring import rounds

#: Exit code where a round does not come out the same.
DIFFERS = 6


@click.command("replay")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.lang
def command(folder: Path, lang: Lang) -> None:
    """复算以前的一批决定：一致，或列出不同之处；不改动任何文件 · Decide a past round again.

    FOLDER: decide 写出的文件夹 · a folder that decide wrote
    """
    made = rounds.replay(folder, progress=progress(lang))
    for line in rounds.compared(made, lang=lang):
        click.echo(line)
    if not made.same:
        sys.exit(DIFFERS)
