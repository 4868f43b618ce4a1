"""The books of the year balance, and neither ledger nor journal was changed by anybody."""

import re

from tests.web.browser.year.people import LONG
from tests.web.browser.year.town import HERE_NAME, YEAR

_POOLING = "门诊统筹定点医疗机构"


def play(story):
    """One clinic came and one went: as many places of outpatient pooling stand as before."""
    _books(story)
    _outcomes(story)
    auditor = story.people.auditor
    auditor.go("/journal/verification").press("核验两条链")
    auditor.page.locator(".told.success").nth(1).wait_for(timeout=LONG)
    auditor.picture("14-verified")
    auditor.go("/journal/").picture("14-journal")


def _books(story):
    """What the ledger says of the year at a terminal, and its chains."""
    bureau, at = story.office.bureau, ("--ledger", story.office.ledger)
    span = ("--from", f"{YEAR}-01-01", "--through", f"{YEAR}-12-31")
    books = dict(_accounts(bureau.run("ledger", "books", *at, *span)))
    for before, taken, released, after, _ in books.values():
        assert before + taken - released == after, books
    for resource in (_POOLING, "个人账户定点医疗机构", "定点医疗机构"):
        before, *moved, after, causes = books[resource]
        assert (moved, after, causes) == ([1, 1], before, "到期终止 1"), books[resource]
    assert "链完整" in bureau.run("ledger", "verify", *at)
    bureau.office("check")


def _outcomes(story):
    """Plan, ledger, what was set free and the next plan agree on the page of outcomes.

    One place was planned and one was designated; one was set free, counts, and is what the next
    plan starts from.
    """
    planner = story.people.planner
    planner.go(f"/procedure/{story.kept['plan']}/outcomes/")
    planner.fill(since=f"{YEAR}-01-01", through=f"{YEAR}-12-31").press("统计")
    planner.page.locator("#flow").wait_for(timeout=LONG)
    planner.picture("14-outcomes")
    places, books, freed = planner.page.locator("main table").all()[:3]
    assert _line(places, HERE_NAME, _POOLING)[-3:] == ["1", "1", "0"]
    assert _line(freed, HERE_NAME, _POOLING)[-4:] == ["1", "到期终止 1", "1", "1"]
    before, *moved, after = map(int, _line(books, _POOLING)[-5:])
    assert (moved, after) == ([0, 1, 1], before)


def _line(table, *words):
    """The cells of the one row of a table that has these words."""
    rows = table.locator("tbody tr")
    for each in words:
        rows = rows.filter(has_text=each)
    return [" ".join(each.split()) for each in rows.locator("th, td").all_inner_texts()]


def _accounts(said):
    """Resource -> before, taken, released, after, and the causes of what was released."""
    line = re.compile(r"\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+([^（\s]+)(?:（(.*)）)?")
    for found in filter(None, map(line.fullmatch, said.splitlines())):
        *numbers, resource, causes = found.groups()
        yield resource, (*map(int, numbers), causes or "")
