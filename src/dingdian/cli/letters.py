"""``dingdian letters``: the letters to the applicants of a decided round."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.wiring import rounds


@click.command("letters")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.out("写入的文件夹，默认为其中的 letters · folder to write", required=False)
@click.option("--application", "one", help="只写这一件 · the letter of one application")
@click.option(
    "--papers-template",
    "templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="本局的 letter.docx 和 letterhead.yaml 所在文件夹 · folder of the bureau's own template",
)
@options.lang
@options.force
def command(
    folder: Path, out: Path | None, one: str | None, templates: Path | None, lang: Lang, force: bool
) -> None:
    """写出决定书和告知书（docx、html），每件一份 · Write a letter for each applicant, in Chinese.

    FOLDER: decide 写出的文件夹 · a folder that decide wrote
    """
    place, n = rounds.letters(folder, out, one=one, templates=templates, force=force)
    click.echo({"zh": f"{n}件 → {place}", "en": f"{n} letters → {place}"}[lang])
