"""The picture of the ledger: what lists and maps read is what the ledger says."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from dingdian.actions.list_due import list_due
from dingdian.actions.rebuild_census import rebuild_census
from dingdian.core.lifecycle.moving import Asked
from dingdian.web import bureau, clock
from dingdian.web.jobs.models import Job
from dingdian.web.ledger import refreshing
from dingdian.web.ledger.models import DueLine, Institution, Picture, Region
from dingdian.wiring import lives


def test_the_picture_has_every_institution_region_and_limit_of_the_ledger(db):
    desk, today = bureau.desk(), clock.today()
    census = rebuild_census(desk.ledger, desk.terms, today)
    table = census.tables["institutions"]
    shown = {each.code: each for each in Institution.objects.all()}
    assert sorted(shown) == sorted(table["code"].cells())
    for code, standing, name in zip(
        table["code"].cells(), table["standing"].cells(), table["name"].cells(), strict=True
    ):
        assert (shown[code].standing, shown[code].name) == (standing or "", name)
    assert Region.objects.count() == len(census.tables["regions"])
    due = list_due(desk.ledger, desk.terms, today)
    assert [(e.case, e.rule, e.last) for e in DueLine.objects.all()] == [
        (each.case, each.rule, each.last) for each in due
    ]


def test_beds_are_summed_without_chairs_and_unknown_ones_are_not_nought(db):
    census = bureau.desk().ledger.census(dt.date.max)
    table = census.tables["beds"]
    rows = [table.row(at) for at in range(len(table))]
    chairs = {row["institution"] for row in rows if row["bed_class"] == "dental_chair"}
    listed = {row["institution"] for row in rows}
    assert chairs
    for code in sorted(chairs)[:5]:
        wanted = sum(
            row["open"] or 0
            for row in rows
            if row["institution"] == code and row["bed_class"] != "dental_chair"
        )
        assert (Institution.objects.get(code=code).beds or 0) == wanted
    assert Institution.objects.exclude(code__in=listed).filter(beds__isnull=False).count() == 0


def test_whether_it_is_fresh_is_one_query_and_a_fresh_one_is_not_made_again(db):
    with CaptureQueriesContext(connection) as asked:
        assert refreshing.is_fresh()
    assert len(asked) == 1
    assert refreshing.refresh() is False


def test_a_move_makes_it_stale_and_the_next_page_asks_once_for_a_fresh_one(db, work):
    one = Institution.objects.filter(stage="in_force").first()
    asked = Asked(one.case, "close", clock.today(), clock.now(), "li", "agency")
    lives.move(bureau.desk(), asked)
    assert not refreshing.is_fresh()
    refreshing.shown_picture("li")
    refreshing.shown_picture("li")
    assert Job.objects.filter(kind="refresh_picture").count() == 1
    work()
    assert refreshing.is_fresh()
    one.refresh_from_db()
    assert (one.standing, one.stage, one.designated) == ("closed", "closed", False)


def test_another_day_makes_it_stale(db):
    Picture.objects.update(day=clock.today() - dt.timedelta(1))
    assert not refreshing.is_fresh()
    assert refreshing.refresh() is True
    assert Picture.objects.get().day == clock.today()


def test_what_failed_a_moment_ago_is_not_asked_for_again(db):
    Picture.objects.update(entries=0)
    Job.objects.create(
        kind="refresh_picture", about="picture", state="failed", asked_at=clock.now()
    )
    refreshing.shown_picture()
    assert Job.objects.count() == 1
