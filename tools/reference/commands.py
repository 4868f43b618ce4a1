"""docs/reference/cli.md: the help of every command, as click prints it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from dingdian.cli import group
from tools.reference.markdown import page
from tools.reference.source import Source

ABOUT = """
What `--help` of each command prints. Exit codes are in [faults.md](faults.md).
"""
WIDTH = 96


def commands(source: Source) -> str:
    """The page."""
    del source
    return page("Commands", ABOUT, *(_help(context) for context in contexts()))


def contexts() -> Iterator[click.Context]:
    """A context for the program, each command and each sub-command, in the order of the work."""
    yield from _below(click.Context(group, info_name="dingdian", max_content_width=WIDTH))


def _below(context: click.Context) -> Iterator[click.Context]:
    context.terminal_width = WIDTH
    yield context
    command = context.command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _below(click.Context(inner, parent=context, info_name=name))


def _help(context: click.Context) -> Iterator[str]:
    yield f"## {context.command_path}"
    yield ""
    yield "```text"
    yield from context.get_help().splitlines()
    yield "```"
    yield ""
