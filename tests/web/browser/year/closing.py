"""The books of the year balance, and neither ledger nor journal was changed by anybody."""

import re

from tests.web.browser.year.people import LONG
from tests.web.browser.year.town import YEAR


def play(story):
    """One clinic came and one went: as many places of outpatient pooling stand as before."""
    story.on(YEAR + 1, 1, 5)
    at = ("--ledger", story.office.ledger)
    span = ("--from", f"{YEAR}-01-01", "--through", f"{YEAR}-12-31")
    bureau = story.office.bureau
    books = dict(_accounts(bureau.run("ledger", "books", *at, *span)))
    for before, taken, released, after, _ in books.values():
        assert before + taken - released == after, books
    for resource in ("门诊统筹定点医疗机构", "个人账户定点医疗机构", "定点医疗机构"):
        before, *moved, after, causes = books[resource]
        assert (moved, after, causes) == ([1, 1], before, "到期终止 1"), books[resource]
    assert "链完整" in bureau.run("ledger", "verify", *at)
    bureau.office("check")

    auditor = story.people.auditor
    auditor.go("/journal/verification").press("核验两条链")
    auditor.page.locator(".told.success").nth(1).wait_for(timeout=LONG)
    auditor.picture("12-verified")
    auditor.go("/journal/").picture("12-journal")


def _accounts(said):
    """Resource -> before, taken, released, after, and the causes of what was released."""
    line = re.compile(r"\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+([^（\s]+)(?:（(.*)）)?")
    for found in filter(None, map(line.fullmatch, said.splitlines())):
        *numbers, resource, causes = found.groups()
        yield resource, (*map(int, numbers), causes or "")
