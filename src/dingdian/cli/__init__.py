"""The command line: asks and shows, decides nothing.

A command's module is imported only when that command runs, so that ``--help`` stays fast
and no command loads what it does not use.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import itertools
import os
import signal
import sys

import click

from dingdian import __version__
from dingdian.core.errors import DingdianError

#: Exit code of a command that was ended from the keyboard, as shells count it, and what it says.
INTERRUPTED = 130
STOPPED = {
    "zh": "已中断：还没有写完的结果没有留下。",
    "en": "Stopped: of what was not finished nothing is left behind.",
}
#: Seconds after which a thread hands over: one that waits while others load waits less.
SWITCH = 1e-4
#: Command -> the module that holds it and its line in the list of commands.
COMMANDS = {
    "sample": ("sample", "写出示例城市的台账 · write the ledger of a sample city"),
    "template": ("template", "写出空白台账模板 · write an empty ledger to fill in"),
    "check": ("check", "检查台账数据质量 · check the data quality of a ledger"),
    "streets": ("streets", "检查路网文件 · what a street file holds and what is wrong with it"),
    "plan": ("plan", "编制年度规划 · make the plan of a year"),
    "decide": ("decide", "逐件决定一批申请 · decide a round of applications"),
    "replay": ("replay", "复算一批决定 · decide a round again and compare"),
    "letters": ("letters", "写出决定书和告知书 · write the letters of a decided round"),
    "evidence": ("evidence", "打包一件申请的全部证据 · pack everything about one case"),
    "ledger": ("ledger", "办件台账：登记、核验、重建 · the ledger of cases"),
    "due": ("due", "列出到期事项 · list what is due, and by whom"),
    "assess": ("assess", "年度考核 · assess the designated institutions of a year"),
    "points": ("points", "人员记分 · points of persons on a day"),
    "retain": ("retain", "建议谁留谁退 · propose which stay under a cap"),
    "move-beds": ("move_beds", "医保床位怎样调剂 · which beds could go where"),
    "site-check": ("site_check", "查询某地能否新设 · ask whether an institution may stand here"),
    "site": ("site", "下一批定点设在哪里 · choose where the next institutions should go"),
    "project": ("project", "推演以后各年：机构、名额、人口、基金 · try the years ahead"),
    "access": ("access", "各处居民可达的服务有多少 · measure access to a service"),
    "verify": ("verify", "核对公文、表格、网页是否一致 · check that all outputs agree"),
    "explain": ("explain", "说明一个数字的来历 · show how a number came about"),
    "serve": ("serve", "启动网页系统 · run the web system"),
    "office": ("office", "安装、用户、备份、交换 · set up and look after the web system"),
    "policy": ("policy", "检查、查看政策库 · check and show the policy shelf"),
}


class LateGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"dingdian.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; one that is ended from the keyboard says what that leaves behind."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(STOPPED[language()], err=True)
            ctx.exit(INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("命令 · Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dingdian")
def group() -> None:
    """定点：医保定点医药机构资源配置规划 · planning of designated medical institutions."""


def main() -> None:
    """Run a command; every error of ours becomes a message and an exit code."""
    sys.setswitchinterval(SWITCH)
    gc.disable()  # a command ends soon; to look for cycles in a ledger takes a sixth of its time
    atexit.register(gc.freeze)  # nor at its end
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none has a say in a shelf
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended: tidy up as on Ctrl-C
    try:
        group.main(standalone_mode=True)
    except DingdianError as error:
        from dingdian.cli.faults import exit_code, tell

        tell(error, language())
        sys.exit(exit_code(error))


def language() -> str:
    """The language of messages: ``--lang`` where the command has it, else Chinese."""
    words = sys.argv[1:]
    english = "--lang=en" in words or ("--lang", "en") in itertools.pairwise(words)
    return "en" if english else "zh"
