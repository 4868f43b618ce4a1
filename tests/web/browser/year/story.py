"""What the parts of the story share: the office, the people, the town, and what was left."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.web.browser.year.people import LONG

PDF = b"%PDF-1.4\n%%EOF\n"


@dataclass
class Story:
    """One year of one office; parts leave in ``kept`` what later ones go on with.

    ``first``: papers and pictures are made where the story is told first; they are the same on
    any database.
    """

    office: Any
    people: Any
    town: Any
    folder: Path
    first: bool
    kept: dict[str, Any] = field(default_factory=dict)

    def on(self, year, month, day):
        """The office begins a day."""
        self.office.on(dt.date(year, month, day))

    def scan(self, name):
        """A paper as it is handed in at a screen."""
        return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": PDF}

    def edition(self, picture):
        """The planner makes an edition; it is carried over, and the public site shows it."""
        planner = self.people.planner
        planner.go("/exchange/")
        before = planner.page.locator("a[href*='/exchange/editions/']").count()
        planner.press("生成今日一期")
        link = planner.page.locator("a[href*='/exchange/editions/']")
        link.nth(before).wait_for(timeout=LONG)
        path = self.folder / f"edition-{before}.zip"
        with planner.page.expect_download() as loading:
            link.first.click()
        loading.value.save_as(path)
        planner.picture(picture)
        self.office.public.office("import-edition", str(path))
        self.office.public.on(self.office.day)
        return self.people.citizen

    def carry_back(self):
        """What was said on the public site is carried back, and the planner takes it in."""
        path = self.folder / "comments.zip"
        self.office.public.office("export-comments", "--out", str(path))
        self.people.planner.go("/exchange/").fill(file=str(path)).press("接收")


def steps(person, plan, step, **facts):
    """Record a step of a plan on its way to the issue."""
    person.go(f"/procedure/{plan}/step/{step}/").fill(**facts).send().sees_done()


def case_of(person, code):
    """The number of the case of an institution, from the list of cases."""
    link = person.go(f"/cases/?q={code}").page.locator("main tbody a[href*='/cases/of/']").first
    return link.get_attribute("href").partition("/cases/of/")[2]


def record(person, case, move, **facts):
    """Record a move of a case from its page, as whoever may."""
    person.go(f"/cases/of/{case}")
    person.page.click(f".moves a[href$='/{move}/record']")
    person.fill(**facts).send().sees_done()
    return person


def propose(person, case, move, **facts):
    """Ask for a move that a second person confirms."""
    person.go(f"/cases/of/{case}")
    person.page.click(f".moves a[href$='/{move}/record']")
    person.fill(**facts).send().sees_done()
    return person


def confirm(person, name, move):
    """The second person opens what waits to be confirmed, reads it, and confirms it."""
    person.go("/cases/proposals").press(move).sees(name)
    person.press("复核通过并登记").sees_done()
    return person
