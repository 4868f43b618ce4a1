"""The sample as ``serve --sample`` makes it: what the terminal says, and a day as in any bureau."""

import datetime as dt
import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.web import clock
from dingdian.web.demonstrating import TODAY
from dingdian.web.sample import USERS
from tests.web.browser.conftest import Served, free_port


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    found = Served(tmp_path_factory.mktemp("demo") / "office", free_port())
    yield found
    found.stop()


@pytest.mark.slow
def test_the_terminal_is_for_people_and_the_file_for_logs(served):
    said = served.log.read_text("utf-8").splitlines()
    assert [line.split("\t")[1] for line in said[: len(USERS)]] == list(USERS)
    assert not any(line.startswith("{") for line in said)
    logged = (served.folder / "office.log").read_text("utf-8").splitlines()
    assert "dingdian.jobs" in {json.loads(line)["from"] for line in logged if line[0] == "{"}


@pytest.mark.slow
def test_few_limits_are_overdue(served):
    with closing(sqlite3.connect(served.folder / "dingdian.sqlite3")) as found:
        counts = dict(
            found.execute("SELECT urgency, SUM(n) FROM institutions_duetally GROUP BY urgency")
        )
    assert 0 < counts["overdue"] < 30
    assert counts["coming"] > counts["overdue"]


def test_nothing_was_done_after_a_day_that_is_rehearsed(settings):
    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=TODAY)
    before = dt.datetime.combine(TODAY, dt.time(0, 0), SHANGHAI) - dt.timedelta(seconds=1)
    assert clock.day_of(before) == TODAY - dt.timedelta(1)
    assert clock.day_of(before + dt.timedelta(400)) == TODAY


def test_a_day_is_that_of_the_moment_where_nothing_is_rehearsed():
    assert clock.day_of(clock.now()) == clock.today()
    assert clock.day_of(dt.datetime(2026, 1, 1, 15, 59, tzinfo=dt.UTC)) == dt.date(2026, 1, 1)
    assert clock.day_of(dt.datetime(2026, 1, 1, 16, 0, tzinfo=dt.UTC)) == dt.date(2026, 1, 2)
