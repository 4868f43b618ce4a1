"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from dingdian.core.naming import Said

Command = Callable[..., Any]
Lang = Literal["zh", "en"]

lang = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="输出语言 · language of what is written",
)
force = click.option(
    "--force", is_flag=True, help="覆盖以前的输出 · replace what an earlier run wrote there"
)


def out(what: str, *, required: bool = True) -> Callable[[Command], Command]:
    """The ``--out`` option; ``what`` says what is written there."""
    return click.option("--out", type=click.Path(path_type=Path), required=required, help=what)


def along(command: Command) -> Command:
    """The options ``--streets`` and ``--by``: what distances are measured along."""
    by = click.option(
        "--by",
        type=click.Choice(["walking", "driving"]),
        help="沿路网步行或驾车，默认步行 · how one goes along the streets, walking by default",
    )
    streets = click.option(
        "--streets",
        type=click.Path(path_type=Path),
        help="路网文件（.osm.pbf、.gpkg、.geojson）：条文指路程的距离沿路网量，默认按直线 · "
        "street file: what the text means as a way is measured along it, straight by default",
    )
    return streets(by(command))


class OneOf(click.ParamType):
    """One of a few identifiers, written as such or by its Chinese or English name.

    ``words`` gives what each identifier is called; it is asked only for what is no identifier, so
    that a command which only helps loads nothing.
    """

    def __init__(self, ids: Sequence[str], words: Callable[[], Mapping[str, Said]]) -> None:
        self.ids, self.words, self.name = tuple(ids), words, "|".join(ids)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The identifier, or a failure that lists what is possible."""
        if value in self.ids:
            return str(value)
        from dingdian.core.naming import listed, meant

        words = self.words()
        choices = {id: words[id] for id in self.ids}
        found = meant(str(value), choices)
        if found is None:
            self.fail(f"{value!r}: 可用 · known: {listed(choices)}", param, ctx)
        return found


def today() -> dt.date:
    """Today in China, which keeps one time all year."""
    return dt.datetime.now(dt.timezone(dt.timedelta(hours=8))).date()


class Day(click.ParamType):
    """A day such as 2026-01-01."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Read the day, or fail with an example."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r}: 日期应写作 2026-01-01 · a day is written 2026-01-01", param, ctx)


class Metres(click.ParamType):
    """A length in metres with at most three decimals, 0 or more."""

    name = "METRES"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Read the length, or fail with an example."""
        try:
            found = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            found = Fraction(-1)
        if found < 0 or (found * 1000).denominator != 1:
            self.fail(f"{value!r}: 写米数，例如 12.5 · metres, such as 12.5", param, ctx)
        return found
