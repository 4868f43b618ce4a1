"""``dingdian office backup|restore|upgrade|check``: keep an installation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dingdian.cli.serve import config_option
from dingdian.core.errors import RequestError, fault

if TYPE_CHECKING:
    from dingdian.web.config import Config

_OUT = click.Path(path_type=Path)


@click.command("backup")
@config_option
@click.option("--out", type=_OUT, help="备份文件 · the file to write")
@click.option(
    "--into", type=_OUT, help="备份文件夹，文件名带时间 · a folder of backups, named by their time"
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    help="文件夹中只留最新的几份 · keep the newest so many of the folder",
)
def backup(config: Path | None, out: Path | None, into: Path | None, keep: int | None) -> None:
    """备份：数据库、文件、密钥、配置，不停机 · Back up database, files, keys and configuration.

    备份含密钥和个人信息，只有属主可读，应加密后离线保存 · It holds keys and personal data: only its
    owner can read it; keep it encrypted, on another machine.
    """
    if (out is None) == (into is None):
        raise click.UsageError("--out FILE 或 · or --into FOLDER")
    from dingdian.web import backup as kept
    from dingdian.web import clock
    from dingdian.web.setting_up import start_django

    found = start_django(config)
    now = clock.now()
    where = out or kept.backup_file(into or Path(), now)
    said = kept.make_backup(found, where, now=now)
    click.echo(f"→ {where}")
    for name, (entries, digest) in said.heads.items():
        click.echo(f"{name}\t{entries}\t{digest}")
    if into is not None and keep is not None:
        for old in kept.remove_old(into, keep):
            click.echo(f"× {old}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--into", type=_OUT, required=True, help="新的文件夹 · a new folder")
@click.option("--database", default="", help="空的 PostgreSQL 库 · an empty PostgreSQL database")
def restore(file: Path, into: Path, database: str) -> None:
    """从备份恢复成一套新的系统，不覆盖任何东西 · Make an installation from a backup, over nothing.

    核对每个文件，升级旧版本的数据表，核验台账和日志的链 · Every file is checked, tables of an older
    release are upgraded, the chains of ledger and journal are verified.
    """
    from dingdian.web.backup import restore as restored
    from dingdian.web.checking import chain_faults
    from dingdian.web.setting_up import make_folders, make_tables, start_django

    if not file.is_file():
        raise RequestError((fault("no_such_file", path=str(file)),))
    path, said = restored(file, into, database=database)
    found = start_django(path)
    make_folders(found)
    make_tables(found)
    faults = tuple(chain_faults(found, said.heads))
    if faults:
        raise RequestError(faults)
    click.echo(f"→ {path}")
    _tell_lengths(found)


@click.command("upgrade")
@config_option
@click.option(
    "--backups", type=_OUT, help="备份放在哪里，默认配置文件旁的 backups · where the backup goes"
)
@click.option("--without-backup", is_flag=True, help="不备份 · make none")
def upgrade(config: Path | None, backups: Path | None, without_backup: bool) -> None:
    """升级：先备份，再升级数据表，再核验 · Back up, bring the tables up to this program, verify."""
    from dingdian.web import clock
    from dingdian.web.backup import backup_file, make_backup
    from dingdian.web.checking import chain_faults, tables_ahead
    from dingdian.web.setting_up import make_folders, make_tables, start_django

    found = start_django(config)
    made, ahead = tables_ahead()
    if not made:
        raise RequestError((fault("office_none", url=found.database.rpartition("@")[2]),))
    heads = None
    if not without_backup:
        out = backup_file(backups or found.file.parent / "backups", clock.now())
        heads = make_backup(found, out, now=clock.now()).heads
        click.echo(f"备份 · backup: {out}")
    make_folders(found)
    make_tables(found)
    faults = tuple(chain_faults(found, heads))
    if faults:
        raise RequestError(faults)
    click.echo(f"升级步骤 · steps made: {ahead}")
    _tell_lengths(found)


@click.command("check")
@config_option
@click.option(
    "--deploy", is_flag=True, help="一并检查对外服务的设置 · also the settings for others"
)
def check(config: Path | None, deploy: bool) -> None:
    """检查配置、政策、数据表、两条链 · Check configuration, policy, tables, and both chains."""
    from dingdian.web.checking import (
        chain_faults,
        policy_faults,
        tables_ahead,
        warnings_of_settings,
    )
    from dingdian.web.setting_up import start_django

    found = start_django(config)
    faults = [*policy_faults(found)]
    made, ahead = tables_ahead()
    if not made:
        faults.append(fault("office_none", url=found.database.rpartition("@")[2]))
    elif ahead:
        faults.append(fault("office_older", n=ahead))
    if not faults:
        faults += chain_faults(found)
    if faults:
        raise RequestError(tuple(faults))
    _tell_lengths(found)
    warnings = warnings_of_settings() if deploy else []
    for each in warnings:
        click.echo(each, err=True)
    sys.exit(1 if warnings else 0)


def _tell_lengths(found: Config) -> None:
    from dingdian.web.checking import lengths

    for name, entries in lengths(found).items():
        click.echo(f"{name}\t{entries}\t完整 · whole")
