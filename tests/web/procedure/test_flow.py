"""What a year set free flows into the plan of the next one: by cause, and what counts (SY-12)."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils.translation import override

from dingdian.actions.change_stage import change_stage
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.reading import cases_by_id, states_of
from dingdian.core.lifecycle.stages import Stage
from dingdian.web import bureau, clock
from dingdian.web.plans import making
from dingdian.web.procedure.counting import ask_for
from dingdian.web.procedure.flowing import Flow
from dingdian.web.procedure.outcomes import Found
from dingdian.web.rights import Role
from tests.web.conftest import RUN
from tests.web.procedures import make_plan

YEAR = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def end(state, move, day, **facts):
    desk = bureau.desk()
    asked = Asked(
        state.case, move, day, clock.now(), "li", "agency", documents=("决定书",), facts=facts
    )
    return change_stage(desk.ledger, asked, desk.terms)


@pytest.fixture
def ended(plan):
    """Two pharmacies of one district end, by termination and by closing; the plan."""
    states = states_of(cases_by_id(bureau.desk().ledger.entries()).values())
    found = [
        each
        for each in states
        if each.stage is Stage.IN_FORCE
        and each.about["kind"] == "retail_pharmacy"
        and each.about["region"].startswith("232721")
    ]
    bar = "illegal_termination_within_3_years"
    end(found[0], "terminate", dt.date(2026, 3, 2), cause="proven_fraud", bar=bar)
    end(found[1], "close", dt.date(2026, 3, 3))
    return plan


@pytest.fixture
def flow(ended, user, work):
    """What flows, of a span that is counted."""

    def make(span=YEAR):
        ended.issued_version = ended.versions.get()
        ended.save()
        ask_for(ended.issued_version, span, "planner")
        work()
        counted = ended.issued_version.counted.get(since=span[0], through=span[1])
        return Flow.of(Found.of(ended, counted), user(Role.PLANNER))

    return make


def row(flow, scope):
    return next(
        each
        for each in flow.rows()
        if scope in each["scope"] and each["resource"] == "定点零售药店"
    )


@pytest.mark.clause("SY-12")
@pytest.mark.clause("DX-25")
def test_what_was_set_free_is_told_by_cause_and_by_what_counts(flow):
    with override("zh-hans"):
        found = flow()
        here, whole = (row(found, each) for each in ("呼玛县", "地区"))
    for each in (here, whole):
        assert each["freed"] == 2
        assert dict(each["causes"]) == {"解除": 1, "关闭注销": 1}
        assert each["planned"] is None
    assert found.chosen in ("terminations_only", "all_exits", "all_with_reductions")
    assert here["counting"] == (1 if found.chosen == "terminations_only" else 2)
    assert found.whole_year
    assert not flow((dt.date(2026, 2, 1), YEAR[1])).whole_year


def test_the_plan_of_the_next_year_takes_them_from_the_ledger(flow, folder, user, work, settings):
    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date(2027, 1, 5))
    following = make_plan(folder, kind="work_plan", title="下一年计划")
    following.versions.all().delete()
    following.year = 2027
    following.save()
    asked = RUN | {"year": 2027, "as_of": "2026-12-31", "day": "2027-01-01"}
    job = making.ask_for(following, user(Role.PLANNER), asked)
    work()
    job.refresh_from_db()
    assert job.state == "done", job.faults
    with override("zh-hans"):
        found = flow()
        here = row(found, "呼玛县")
    assert here["planned"] == here["counting"] == 1  # only terminations count, by the reading
    assert not here["differs"]


def test_the_page_shows_it_and_every_number_leads_to_its_rows(ended, walk, user, signed_in, work):
    walk("open_review")
    ask_for(ended.issued_version, YEAR, "planner")
    work()
    client = signed_in(Role.PLANNER)
    page = client.get(f"/procedure/{ended.pk}/outcomes/").content.decode()
    told = page[page.index('id="flow"') :]
    for part in ("2026年释放", "呼玛县", "关闭注销 1", "release_kinds", "尚未测算"):
        assert part in told, told
    counted = ended.issued_version.counted.get()
    address = f"/procedure/{ended.pk}/outcomes/{counted.pk}/released/"
    assert f"{address}?resource=pharmacies&amp;scope=232721" in told
    rows = client.get(f"{address}?resource=pharmacies&scope=232721").content.decode()
    assert rows.count("关闭注销") == 1
