"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
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
