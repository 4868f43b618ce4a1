"""One whole year of an office in real Chromium, told part by part, on SQLite and PostgreSQL.

The real server, worker and public site; each person at a screen of their own. A part asserts what
its people see, and keeps a picture of it in ``test-results/screens/year``. Told again on another
database, it leaves out pictures and papers, which are the same there.
"""

import datetime as dt
import os

import pytest

from tests.web.browser.year import (
    applying,
    assessing,
    closing,
    consulting,
    deciding,
    evaluating,
    importing,
    issuing,
    leaving,
    next_plan,
    objecting,
    planning,
    signing,
    violating,
    year_end,
)
from tests.web.browser.year.office import Office
from tests.web.browser.year.people import SCREENS, People
from tests.web.browser.year.story import Story
from tests.web.browser.year.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PARTS = (
    importing,
    planning,
    consulting,
    issuing,
    applying,
    evaluating,
    objecting,
    deciding,
    signing,
    violating,
    assessing,
    leaving,
    year_end,
    next_plan,
    closing,
)


@pytest.fixture(scope="module")
def town():
    return Town()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def story(request, tmp_path, town, chromium):
    first, database = request.param == "sqlite", ""
    if request.param == "postgresql":
        from tests.storage.contracts.houses import drop_database, new_database

        on, name = request.getfixturevalue("postgres"), f"dingdian_year_{os.getpid()}"
        database = new_database(on, name)
    holders = {"newcomer": town.newcomer["code"], "leaver": town.leaver["code"]}
    office = Office(tmp_path, dt.date(2025, 1, 1), holders, database)
    people = People(chromium, office, SCREENS / request.param, pictures=first)
    yield Story(office, people, town, tmp_path, first)
    people.leave()
    office.leave()
    if database:
        drop_database(on, name)


def test_one_whole_year(story):
    try:
        for part in PARTS:
            part.play(story)
    except BaseException:
        story.people.keep_screens()
        raise
