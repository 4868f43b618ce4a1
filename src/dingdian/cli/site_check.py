"""``dingdian site-check``: may an institution stand here; or a round of applicants."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Collection
from fractions import Fraction
from pathlib import Path

import click
from click.core import ParameterSource

from dingdian.cli import options
from dingdian.cli.faults import INCOMPLETE, lines
from dingdian.cli.options import Lang
from dingdian.wiring import sites
from dingdian.wiring.streets import street_file

#: What is asked of one site only: in a round it stands in the file, or is not offered.
_OF_ONE = (
    *("x", "y", "crs", "services", "kind", "flags", "ownership", "kind_of"),
    *("error", "code", "moved", "nearest", "geojson", "streets", "by"),
)


@click.command("site-check", context_settings={"ignore_unknown_options": True})  # -123 is a number
@click.argument("x", metavar="[LON]", required=False)
@click.argument("y", metavar="[LAT]", required=False)
@click.option("--census", type=click.Path(path_type=Path), required=True, help="台账 · the ledger")
@click.option("--policy", required=True, help="政策库名称或文件夹 · name on the shelf, or a folder")
@click.option("--crs", help="坐标系，必须写明：CGCS2000、GCJ-02、EPSG:4550 … · coordinate system")
@click.option("--service", "services", multiple=True, help="服务类型，可多次 · service, repeatable")
@click.option(
    "--kind", default="clinic", show_default=True, help="机构类别，药店写 pharmacy · kind"
)
@click.option(
    "--flag", "flags", multiple=True, help="标志，如 高校内设医疗机构，可多次 · flag, repeatable"
)
@click.option("--ownership", default="", help="办医性质 · public or privately run")
@click.option("--type", "kind_of", default="", help="机构类型 · type")
@click.option("--error", type=options.Metres(), help="坐标误差（米） · position error in metres")
@click.option("--code", default="", help="已有的医保机构代码 · code it has in the ledger")
@click.option("--moved", is_flag=True, help="由别处迁来 · it moves here")
@click.option(
    "--nearest", type=options.Metres(), help="不行时在多少米内找别处 · look so far for places"
)
@click.option("--file", "applicants", type=click.Path(path_type=Path), help="一批申请 · a round")
@options.out("一批申请的答复（xlsx） · answers to a round", required=False)
@click.option("--geojson", type=click.Path(path_type=Path), help="地图文件 · a map of the answer")
@click.option(
    "--on", "day", type=options.Day(), help="哪一天，默认今天 · the day, today by default"
)
@click.option("--as-if", is_flag=True, help="按别市政策假设 · a what-if under another policy")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · print JSON")
@options.along
@options.lang
@options.force
def command(
    x: str | None,
    y: str | None,
    census: Path,
    policy: str,
    crs: str | None,
    services: tuple[str, ...],
    kind: str,
    flags: tuple[str, ...],
    ownership: str,
    kind_of: str,
    error: Fraction | None,
    code: str,
    moved: bool,
    nearest: Fraction | None,
    applicants: Path | None,
    out: Path | None,
    geojson: Path | None,
    day: dt.date | None,
    as_if: bool,
    as_json: bool,
    streets: Path | None,
    by: str | None,
    lang: Lang,
    force: bool,
) -> None:
    """此处能否新设：谁阻挡，不行时哪里可以；或一批申请 · May an institution stand here.

    LON LAT: 经度 纬度（投影坐标为东、北坐标） · longitude latitude, or easting northing
    """
    along = street_file(streets, by)
    asked = sites.DeskRequest(census, policy, day or options.today(), as_if=as_if, streets=along)
    if applicants is not None:
        _refuse_given(_OF_ONE, "不能与 --file 同用", "cannot stand beside --file")
        if out is None and not as_json:
            raise click.UsageError("--file 需要 --out 或 --json · --file needs --out or --json")
        told = sites.check_round(asked, applicants, out, lang=lang, as_json=as_json, force=force)
    else:
        if x is None or y is None or crs is None or not services:
            raise click.UsageError(
                "写 LON LAT、--crs 和 --service，或写 --file · "
                "give LON LAT, --crs and --service, or --file"
            )
        _refuse_given(("out",), "只与 --file 同用", "belongs to --file")
        from dingdian.actions.check_site import SiteQuestion

        question = SiteQuestion(
            x=x,
            y=y,
            crs=crs,
            services=services,
            kind=kind,
            error_m=error,
            institution=code,
            moved=moved,
            flags=flags,
            ownership=ownership,
            type=kind_of,
        )
        reach = None if nearest is None else int(nearest * 1000)
        told = sites.check_site(
            asked, question, geojson, reach_mm=reach, lang=lang, as_json=as_json, force=force
        )
    for line in lines(told.faults, lang):
        click.echo(line, err=True)
    for line in told.lines:
        click.echo(line)
    for path in (out, geojson):
        if path is not None and not as_json:
            click.echo(f"→ {path}")
    if told.incomplete:
        sys.exit(INCOMPLETE)


def _refuse_given(names: Collection[str], zh: str, en: str) -> None:
    """Refuse what was given on the command line but would not be used."""
    context = click.get_current_context()
    given = [
        param.human_readable_name.strip("[]")
        if isinstance(param, click.Argument)
        else param.opts[0]
        for param in context.command.params
        if param.name in names
        and context.get_parameter_source(param.name) is not ParameterSource.DEFAULT
    ]
    if given:
        raise click.UsageError(f"{'、'.join(given)} {zh} · {', '.join(given)} {en}")
