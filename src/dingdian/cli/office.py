"""``dingdian office``: set up and look after an installation of the web system."""

from __future__ import annotations

from pathlib import Path

import click

from dingdian.cli.serve import config_option


@click.group("office")
def command() -> None:
    """安装和维护网页系统 · Set up and look after the web system."""


@command.command("init")
@config_option
@click.option("--policy", default="shenyang", show_default=True, help="政策库中的地区 · place")
@click.option("--database", default="", help="数据库地址 · address of the database")
@click.option("--public", is_flag=True, help="建立公众站点 · make a public site")
@click.option("--address", default="127.0.0.1:8000", show_default=True)
def init(config: Path | None, policy: str, database: str, public: bool, address: str) -> None:
    """生成配置、数据表和三名管理员 · Make configuration, tables and the three administrators."""
    from dingdian.web.config import BUREAU, DEFAULT, PUBLIC
    from dingdian.web.setting_up import make_folders, make_tables, start_django, write_config

    where = config or Path(DEFAULT)
    values: dict[str, object] = {
        "kind": PUBLIC if public else BUREAU,
        "policy": policy,
        "address": address,
        "hosts": [address.partition(":")[0], "localhost"],
    }
    if database:
        values["database"] = database
    write_config(where, values)
    found = start_django(where)
    make_folders(found)
    make_tables(found)
    click.echo(f"→ {where}")
    if not public:
        from dingdian.web.setting_up import first_administrators

        for username, name, password in first_administrators():
            click.echo(f"{username}\t{name}\t{password}")


@command.command("worker")
@config_option
@click.option("--once", is_flag=True, help="做完排队的就结束 · end when nothing waits")
def worker(config: Path | None, once: bool) -> None:
    """后台进程：导入、编制等耗时工作 · Do long work until told to stop."""
    import gc
    import signal

    gc.enable()
    from dingdian.web.setting_up import start_django

    start_django(config)
    from dingdian.web.jobs.running import work

    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    signal.signal(signal.SIGINT, lambda number, _: stopped.append(number))
    work(until=lambda: bool(stopped), once=once)


@command.command("retention")
@config_option
def retention(config: Path | None) -> None:
    """抹去超过保存期限的个人联系信息 · Blank contact details of persons that are old enough."""
    from dingdian.web.setting_up import start_django

    found = start_django(config)
    from dingdian.web import clock
    from dingdian.web.persons import blank_old

    for kind, rows in blank_old(clock.now(), found.personal_days).items():
        click.echo(f"{kind}\t{rows}")


@command.command("manage", context_settings={"ignore_unknown_options": True})
@config_option
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(config: Path | None, words: tuple[str, ...]) -> None:
    """Django 的管理命令 · A management command of Django, such as: manage -- check --deploy."""
    from dingdian.web.setting_up import run_management

    run_management(config, words)
