"""``dingdian streets``: what a street file holds, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli import options
from dingdian.cli.options import Lang
from dingdian.wiring import streets


@click.command("streets")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.lang
def command(file: Path, as_json: bool, lang: Lang) -> None:
    """路网文件有什么、有什么问题 · What a street file holds and what is wrong with it.

    FILE: .osm.pbf、.gpkg 或 .geojson · an extract of OpenStreetMap, or lines
    """
    for line in streets.told(streets.StreetFile(file), lang, as_json=as_json):
        click.echo(line)
