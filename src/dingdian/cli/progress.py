"""Progress of long work: what is being done, and how long it has taken so far."""

from __future__ import annotations

import time
from collections.abc import Callable

import click

from dingdian.cli.options import Lang

STAGES = {
    "shelf": {"zh": "读取政策库", "en": "reading the shelf"},
    "census": {"zh": "读取台账", "en": "reading the ledger"},
    "check": {"zh": "检查数据", "en": "checking the data"},
    "streets": {"zh": "读取路网", "en": "reading the streets"},
    "measures": {"zh": "计算指标", "en": "computing measures"},
    "rules": {"zh": "对照规则", "en": "deciding the rules"},
    "quotas": {"zh": "确定数量", "en": "setting the quotas"},
    "fingerprints": {"zh": "计算指纹", "en": "taking fingerprints"},
    "applications": {"zh": "读取申请", "en": "reading the applications"},
    "deciding": {"zh": "逐件决定", "en": "deciding"},
    "workbook": {"zh": "读取考核工作簿", "en": "reading the workbook"},
    "assessing": {"zh": "逐家考核", "en": "assessing"},
    "retaining": {"zh": "选择去留", "en": "choosing who stays"},
    "comparing": {"zh": "比较其他次序", "en": "trying the other orders"},
    "candidates": {"zh": "找出候选点", "en": "gathering candidates"},
    "choosing": {"zh": "选址", "en": "choosing sites"},
    "transfer": {"zh": "求解调剂方案", "en": "working out the transfer"},
    "steps": {"zh": "求解少调一些的方案", "en": "working out fewer moves"},
    "pairs": {"zh": "量取距离", "en": "measuring distances"},
    "access": {"zh": "计算可达性", "en": "computing access"},
    "projecting": {"zh": "逐年推演", "en": "living through the years"},
    "documents": {"zh": "写出文件", "en": "writing documents"},
    "papers": {"zh": "写出公文", "en": "writing the papers"},
}


def progress(lang: Lang) -> Callable[[str], None]:
    """A teller of stages: each with the seconds since the start, to standard error."""
    started = time.monotonic()

    def tell(stage: str) -> None:
        click.echo(f"  {time.monotonic() - started:5.1f} s  {STAGES[stage][lang]}", err=True)

    return tell


def done(line: str) -> None:
    """Tell what a stage has come to so far, to standard error."""
    click.echo(f"           {line}", err=True)


class Clock:
    """Says when so many seconds have passed since it was first asked, and how many are left.

    Who solves asks; while files are read nobody does, and the clock does not run.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._started: float | None = None

    def left(self) -> float:
        """The seconds that are left, below zero once they are over."""
        now = time.monotonic()
        if self._started is None:
            self._started = now
        return self._started + self._seconds - now

    def over(self) -> bool:
        """Whether none are left."""
        return self.left() <= 0
