"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import click

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
