"""Three more clinics are decided as a round: uploaded, checked, decided, entered by two people."""

import datetime as dt

from dingdian.core.admission.contract import TABLES
from dingdian.samples.rounds.applying import Applying, Calendar
from dingdian.samples.rounds.shenyang import ACCOUNT, BARS, POOLING
from dingdian.samples.rounds.spots import beside
from dingdian.storage.workbook_write import write_workbook
from tests.web.browser.year.people import LONG
from tests.web.browser.year.town import HERE, YEAR

ROUND = f"FK{YEAR}-1"
DAYS = Calendar(
    opened=dt.date(YEAR, 2, 11),
    closed=dt.date(YEAR, 2, 17),
    published=dt.date(YEAR, 3, 10),
    decided=dt.date(YEAR, 3, 12),
)
#: What each asks for, its points of a hundred, and what it is told: the second comes too late for
#: the one place of the year, the third has no way in for a wheelchair.
ASKED = ((ACCOUNT, 84, "拟纳入"), (POOLING, 91, "等候"), (ACCOUNT, 79, "不予纳入"))


def applicants(town):
    """The tables of the round: clinics away from all others, a ground of refusal for the last."""
    round_ = Applying(ROUND, DAYS, seed="示例公布号码2025", bars=BARS)
    spot = town.newcomer["lon"], town.newcomer["lat"]
    for n, (services, score, _) in enumerate(ASKED, 1):
        at = beside(spot, 1_500 * n)
        last = round_.apply("法库诊所", "clinic", HERE, at, services=services, score=score)
    round_.change("facts", last, "barrier_free_facilities", yes=True)
    del round_.tables["taken"]  # the ledger says what was taken
    return round_.tables


def play(story):
    """One takes none of the places, one waits, one is refused: a second person enters it."""
    clerk, second = story.people.clerk, story.people.second
    path = story.folder / "批次.xlsx"
    write_workbook(applicants(story.town), path, TABLES)
    clerk.go("/rounds/new").fill(files=str(path)).send()
    _wait_until(clerk, "已决定")
    at = clerk.page.url.split("?")[0]
    for n, (_, _, outcome) in enumerate(ASKED, 1):
        assert outcome in clerk.text(f"main tbody tr:has(a[href$='/of/{ROUND}-00{n}'])")
    clerk.picture("07-round-decided").go(f"{at}/places").sees("门诊统筹").picture("07-round-places")
    clerk.go(f"{at}/enter").send().sees_done("复核").picture("07-round-asked-for")
    assert clerk.page.locator("button[value=confirm]").count() == 0
    second.go(at).page.locator("button[value=confirm]").click()
    _wait_until(second, "已登记")
    second.picture("07-round-entered").go(f"/cases/of/{ROUND}-002").sees("评估合格").picture(
        "07-round-waits"
    )


def _wait_until(person, state):
    """Wait on the page of a round until it has come so far."""
    person.page.locator("h1 .tag", has_text=state).wait_for(timeout=LONG)
