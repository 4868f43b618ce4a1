"""The sample city made ready to be served: configuration, tables, census, users."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import replace
from pathlib import Path

from dingdian.storage.folders import Out, check_free
from dingdian.web import serving
from dingdian.web.public.sample_site import SampleSite
from dingdian.web.setting_up import make_folders, make_tables, start_django, write_config

CONFIG = "dingdian.toml"
#: What the processes of a sample say: the terminal is for people.
LOG = "office.log"
#: Says that the folder is a sample's, which the next one may replace.
MARK = ".dingdian-sample"
#: The day that a sample rehearses: a fortnight after the one of its ledger, so that limits are
#: due as in any bureau. The invented agreements would all be overdue on a later day.
TODAY = dt.date(2026, 1, 15)
#: How the invented bureau of a sample is reached.
CONTACT = "示例医疗保障局（虚构）\n地址：示例路1号政务服务中心\n电话：0000-1234567（工作日）"


def prepare(city: str, folder: Path, port: int) -> tuple[list[serving.Process], list[str]]:
    """A fresh installation of a sample city in ``folder``; what to run, and what to tell."""
    import shutil

    from dingdian.wiring import ledgers

    check_free(Out(folder, force=True, ours=lambda path: (path / MARK).is_file()), folder=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    public = f"127.0.0.1:{port + 1}"
    site = SampleSite.begin(city, folder, public, today=TODAY)
    census = folder / "ledger"
    ledgers.write_sample(city, census, seed=1, force=True)
    path = folder / CONFIG
    told: dict[str, object] = {
        "policy": city,
        "address": f"127.0.0.1:{port}",
        "second_factor": False,
    }
    told |= {"contact": CONTACT, "public_url": f"http://{public}/", "rehearsal_day": TODAY}
    told["office_url"] = f"http://127.0.0.1:{port}"
    write_config(path, told)
    config = start_django(path)
    log = folder / LOG
    _log_into(log)
    from dingdian.web import (
        sample,
        sample_assessment,
        sample_panels,
        sample_plans,
        sample_rounds,
        sample_supervision,
    )

    make_folders(config)
    make_tables(config, opened_on=sample.OPENED)
    district = sample.fill(config, census)
    users = sample.make_users(district)
    sample_plans.make_plans()
    sample_panels.make_panel(district)
    sample_rounds.make_round(census, district)
    sample_assessment.make_assessment(census)
    sample_supervision.make_supervision(district)
    lines = [f"{name}\t{username}\t{password}" for username, name, password in users]
    processes = [*serving.of(config), site.open(config)]
    return [replace(each, log=log) for each in processes], [
        *lines,
        f"演练日期 · rehearsing the day: {TODAY}",
        f"日志 · log: {log}",
        f"公众网站 · public site: {config.public_url}",
        f"http://{config.address}/",
    ]


def _log_into(path: Path) -> None:
    """What this process logs goes to the end of a file."""
    stream = path.open("a", encoding="utf-8")
    for each in logging.getLogger().handlers:
        if isinstance(each, logging.StreamHandler):
            each.setStream(stream)
