"""``dingdian serve``: run the web system of a configuration, or of the sample city."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

config_option = click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    help="配置文件，默认环境变量 DINGDIAN_CONFIG，再默认 dingdian.toml · configuration file",
)


def of_the_owner_alone(context: click.Context) -> None:
    """Nobody else of the machine reads what this command and its children make."""
    before = os.umask(0o077)
    context.call_on_close(lambda: os.umask(before))


@click.command("serve")
@click.pass_context
@config_option
@click.option(
    "--sample",
    type=click.Choice(["shenyang", "daxinganling"]),
    help="用示例城市建立并运行一套系统 · make and run a system with a sample city",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("demo/office"),
    show_default=True,
    help="示例系统放在哪里 · where the sample system lies",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65_534),
    help="示例系统的端口，默认 8000 或其后第一个空闲的 · "
    "port of the sample; 8000, or the first free one after it",
)
def command(
    context: click.Context, config: Path | None, sample: str | None, folder: Path, port: int | None
) -> None:
    """启动网页系统，按 Ctrl-C 结束 · Run the web system until Ctrl-C."""
    of_the_owner_alone(context)
    gc.enable()
    from dingdian.web import serving
    from dingdian.web.setting_up import make_ready, start_django

    if sample is not None:
        from dingdian.web.demonstrating import prepare

        port = port or serving.free_port()
        serving.check_free(f"127.0.0.1:{port}")
        processes, lines = prepare(sample, folder, port)
    else:
        found = start_django(config)
        make_ready(found)
        processes = serving.of(found)
        lines = [f"http{'s' * found.https}://{found.address}/"]
    for each in processes:
        serving.check_free(each.address)
    for line in lines:
        click.echo(line)
    sys.exit(serving.serve(processes, tell=_tell))


def _tell(said: str) -> None:
    if said == "ready":
        click.echo("已启动，按 Ctrl-C 结束 · running; Ctrl-C ends it")
    else:
        name, _, code = said.partition(" ")
        click.echo(
            f"serve: {name} 进程自行结束（{code}），其余进程已关闭 · "
            f"{name} ended by itself ({code}); the others were ended too",
            err=True,
        )
