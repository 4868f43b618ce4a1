"""``dingdian office``: set up and look after an installation of the web system."""

from __future__ import annotations

import os
from pathlib import Path

import click

from dingdian.cli import exchange, keeping
from dingdian.cli.serve import config_option, of_the_owner_alone


@click.group("office")
@click.pass_context
def command(context: click.Context) -> None:
    """安装和维护网页系统 · Set up and look after the web system."""
    of_the_owner_alone(context)


for _each in exchange.COMMANDS:
    command.add_command(_each)


@command.command("init")
@config_option
@click.option("--policy", default="shenyang", show_default=True, help="政策库中的地区 · place")
@click.option("--database", default="", help="数据库地址 · address of the database")
@click.option("--public", is_flag=True, help="建立公众网站 · make a public site")
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    help="监听的地址和端口 · address and port to listen at",
)
@click.option(
    "--host", "hosts", multiple=True, help="浏览器访问所用的域名 · name by which browsers reach it"
)
def init(
    config: Path | None,
    policy: str,
    database: str,
    public: bool,
    address: str,
    hosts: tuple[str, ...],
) -> None:
    """生成配置、数据表和三名管理员 · Make configuration, tables and the three administrators.

    已有配置文件而没有用户时按它建立；已有的办件台账先备份再升级 · A configuration without users is
    taken as it is; a ledger of cases that is there is backed up, then upgraded.
    """
    from dingdian.web import setting_up
    from dingdian.web.config import BUREAU, DEFAULT, PUBLIC
    from dingdian.wiring import shelf

    where = config or Path(DEFAULT)
    if not where.exists():
        shelf.opened(policy)  # a place that is none is told before anything is written
        values: dict[str, object] = {
            "kind": PUBLIC if public else BUREAU,
            "policy": policy,
            "address": address,
            "hosts": [*hosts, address.partition(":")[0], "localhost"],
        }
        if database:
            values["database"] = database
        setting_up.write_config(where, values)
    found = setting_up.start_django(where)
    setting_up.make_folders(found)
    if (kept := setting_up.keep_older(found)) is not None:
        click.echo(f"备份 · backup: {kept}")
    setting_up.make_tables(found)
    click.echo(f"→ {where}")
    if found.kind == BUREAU:
        for username, name, password in setting_up.first_administrators(where):
            click.echo(f"{username}\t{name}\t{password}")


@command.command("pages")
@config_option
def pages(config: Path | None) -> None:
    """页面进程，供 systemd 启动 · The process that answers pages, for a unit of systemd."""
    from dingdian.web import serving
    from dingdian.web.setting_up import make_ready, start_django

    found = start_django(config)
    make_ready(found)
    server = serving.pages(found)
    os.execve(server.command[0], server.command, serving.environment_of(server))  # noqa: S606


@command.command("worker")
@config_option
@click.option("--once", is_flag=True, help="做完排队的就结束 · end when nothing waits")
def worker(config: Path | None, once: bool) -> None:
    """后台进程：导入、编制等耗时工作 · Do long work until told to stop."""
    import gc

    gc.enable()
    from dingdian.web.setting_up import start_django

    start_django(config)
    from dingdian.web.jobs.running import work_until_told

    work_until_told(once=once)


@command.command("retention")
@config_option
def retention(config: Path | None) -> None:
    """抹去超过保存期限的个人联系信息 · Blank contact details of persons that are old enough."""
    from dingdian.web.setting_up import start_django

    found = start_django(config)
    from dingdian.web import clock
    from dingdian.web.clearing import clear
    from dingdian.web.persons import blank_old

    clear(clock.now())
    for kind, rows in blank_old(clock.now(), found.personal_days).items():
        click.echo(f"{kind}\t{rows}")


@command.command("manage", context_settings={"ignore_unknown_options": True})
@config_option
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(config: Path | None, words: tuple[str, ...]) -> None:
    """Django 的管理命令 · A management command of Django, such as: manage -- check --deploy."""
    from dingdian.web.setting_up import run_management

    run_management(config, words)


for _each in (keeping.backup, keeping.restore, keeping.upgrade, keeping.check):
    command.add_command(_each)
