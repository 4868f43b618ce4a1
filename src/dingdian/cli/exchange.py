"""``dingdian office``: the exchange of signed files between the bureau and the public site."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from dingdian.cli.serve import config_option

_out = click.option(
    "--out", type=click.Path(path_type=Path), help="另存一份到这里 · write a copy to this place"
)
_file = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command("export-edition")
@config_option
@_out
def export_edition(config: Path | None, out: Path | None) -> None:
    """医保局：生成公众网站的新一期 · Bureau: make the next edition for the public site."""
    from dingdian.web.setting_up import start_django

    start_django(config)
    from dingdian.web.public.making import file_of, make_edition

    made = make_edition(by="")
    click.echo(f"→ {_copied(file_of(made), out)}\n{made.number}\t{made.sha256}")


@click.command("import-edition")
@config_option
@_file
def import_edition(config: Path | None, file: Path) -> None:
    """公众网站：导入新一期 · Public site: verify an edition and show it."""
    from dingdian.web.setting_up import start_django

    start_django(config)
    from dingdian.web.public.installing import install

    _there(file)
    made = install(file)
    click.echo(f"{made.number}\t{made.day}\t{made.sha256}")


@click.command("export-comments")
@config_option
@_out
def export_comments(config: Path | None, out: Path | None) -> None:
    """公众网站：导出未回执的意见 · Public site: write the comments that have no receipt yet."""
    from dingdian.web.setting_up import start_django

    start_django(config)
    from dingdian.web.public.sending import export_comments as export

    sent, path = export()
    click.echo(f"→ {_copied(path, out)}\n{sent.number}\t{sent.comments}\t{sent.sha256}")


@click.command("import-comments")
@config_option
@_file
def import_comments(config: Path | None, file: Path) -> None:
    """医保局：接收公众网站的意见 · Bureau: take in the comments of the public site."""
    from dingdian.web.setting_up import start_django

    start_django(config)
    from dingdian.web.public.exchange_views import fault_lines_of
    from dingdian.web.public.models import Received
    from dingdian.web.public.taking_in import take_in

    _there(file)
    received = take_in(file, name=file.name, by=None)
    if received.state == Received.State.REFUSED:
        for _, what, cure in fault_lines_of(received.faults):
            click.echo(f"{what}\n  {cure}", err=True)
        sys.exit(1)
    click.echo(f"{received.number}\t{received.comments}\t{received.fresh}")


@click.command("keys")
@config_option
@_out
@click.option(
    "--trust",
    type=click.Path(path_type=Path, dir_okay=False),
    help="导入对方的公钥 · take the public key of the other side",
)
@click.option(
    "--replace", is_flag=True, help="替换已信任的公钥 · in place of the one trusted before"
)
def keys(config: Path | None, out: Path | None, trust: Path | None, replace: bool) -> None:
    """交换用的密钥：导出本方公钥，导入对方公钥 · Keys of the exchange: show, write, trust."""
    from dingdian.storage.exchange_keys import own_key, trusted_key
    from dingdian.storage.exchange_keys import trust as take
    from dingdian.web.config import read_config

    folder = read_config(config).data / "exchange"
    if trust is not None:
        take(folder, trust, replace=replace)
    own, trusted = own_key(folder), trusted_key(folder)
    if out is not None:
        out.write_text(own.public_pem, "utf-8")
        click.echo(f"→ {out}")
    click.echo(f"本方 · own\t{own.id}")
    click.echo(f"信任 · trusted\t{trusted.id if trusted else '—'}")


def _there(file: Path) -> None:
    """Hold that a file is there.

    Raises:
        RequestError: it is not.
    """
    from dingdian.core.errors import RequestError, fault

    if not file.is_file():
        raise RequestError((fault("no_such_file", path=str(file)),))


def _copied(path: Path, out: Path | None) -> Path:
    """A copy at ``out``, into it where it is a folder; the file itself where nobody wants one."""
    if out is None:
        return path
    target = out / path.name if out.is_dir() else out
    fresh = target.with_name(f".{target.name}")
    shutil.copyfile(path, fresh)
    fresh.replace(target)
    return target


COMMANDS = (export_edition, import_edition, export_comments, import_comments, keys)
