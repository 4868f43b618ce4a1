"""The first page, the tasks and the search: counts that are those of the ledger, rights, states."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from dingdian.actions.list_due import list_due
from dingdian.storage.db.models import Note
from dingdian.web import bureau, clock
from dingdian.web.desk import indicators, waiting
from dingdian.web.ledger import refreshing
from dingdian.web.ledger.models import DueLine, DueTally, Institution, Picture, Tally
from dingdian.web.plans.models import Call, Plan
from dingdian.web.rights import OF_A_HOLDER, Role
from tests.web.conftest import DISTRICT, ELSEWHERE

ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


# -- overview --------------------------------------------------------------------------


def test_the_counts_of_the_overview_are_those_of_the_list(signed_in):
    context = signed_in(Role.PLANNER).get("/").context
    everybody = Institution.objects.all()
    assert context["standings"].total == everybody.count()
    for kind, _, numbers, total in context["standings"].rows:
        assert total == everybody.filter(kind=kind).count()
        for (standing, _), n in zip(context["standings"].heads, numbers, strict=True):
            assert n == everybody.filter(kind=kind, standing=standing).count()
    designated = everybody.filter(designated=True)
    assert context["medical"] + context["pharmacies"] == designated.count()
    assert context["beds"] == sum(each.contracted or 0 for each in designated)


def test_a_county_branch_sees_the_counts_of_its_district(signed_in):
    context = signed_in(Role.COUNTY).get("/").context
    assert context["standings"].total == Institution.objects.filter(district=DISTRICT).count()
    assert [each.code for each in context["districts"]] == [DISTRICT]
    due = DueLine.objects.filter(district=DISTRICT)
    assert sum(line["total"] for line in context["due"]) == due.count()


def test_every_chart_has_its_numbers_as_a_table_and_a_name(signed_in):
    answer = signed_in(Role.LEADER, "en").get("/")
    text = answer.content.decode()
    assert text.count("data-chart=") == text.count('role="img"') == text.count('class="chart tall"')
    chart = answer.context["district_chart"]
    assert chart["series"][0]["values"] == [each.medical for each in answer.context["districts"]]


def test_without_a_plan_the_overview_says_so(signed_in):
    answer = signed_in(Role.LEADER, "en").get("/")
    assert "No plan has been computed yet" in answer.content.decode()


@pytest.mark.parametrize("role", ADMINS)
def test_an_administrator_has_a_page_of_their_own_without_the_business(signed_in, role):
    text = signed_in(role, "en").get("/").content.decode()
    assert "kept apart" in text
    assert "Contracted beds" not in text


@pytest.mark.parametrize("role", [each for each in Role if each not in OF_A_HOLDER])
@pytest.mark.parametrize("view", ["desk:home", "desk:tasks", "desk:search"])
def test_the_first_pages_open_for_everybody_of_the_office(signed_in, role, view):
    assert signed_in(role).get(reverse(view)).status_code == 200


def test_the_tallies_are_the_lines_counted(db):
    assert sum(each.n for each in Tally.objects.all()) == Institution.objects.count()
    assert sum(each.n for each in DueTally.objects.all()) == DueLine.objects.count()


def test_beds_that_are_not_known_are_in_no_sum_and_told(db, signed_in):
    rows = [
        Institution(code="H1", district=DISTRICT, designated=True, contracted=40),
        Institution(code="H2", district=DISTRICT, designated=True),
        Institution(code="P1", district=DISTRICT, designated=True),
    ]
    (made,) = refreshing.tallies(rows, unknown={"H2"})
    assert (made.n, made.contracted, made.unknown) == (3, 40, 1)
    client = signed_in(Role.PLANNER)
    assert "床位数不详" not in client.get("/").content.decode()
    Tally.objects.filter(designated=True).update(unknown=0)
    made.save()
    said = client.get("/").content.decode()
    assert "未计入床位数不详的1家" in said
    assert "1家不详" in said


# -- indicators of a plan --------------------------------------------------------------


@pytest.fixture(scope="module")
def record(sample_ledger):
    """The plan of the sample, as a run makes it."""
    from dingdian.actions.evaluate_plan import evaluate_plan
    from dingdian.actions.record_plan import record_plan
    from dingdian.storage.census_files import read_census
    from dingdian.wiring import shelf

    book, place = shelf.opened("daxinganling")
    census = read_census(sample_ledger).census
    return record_plan(evaluate_plan(census, book, place=place, year=2026), engine="test")


class Told:
    """A version whose folder holds a record."""

    def __init__(self, record):
        self._record = record

    def record(self):
        return self._record


def test_indicators_red_lines_and_benchmarks_are_those_of_the_record(db, record):
    shown = indicators.shown(Told(record), "", None)
    rules = {name for name, each in record.rules.items() if each.family == "red_line"}
    assert len(shown.lines) == len({f.rule for f in record.findings if f.rule in rules})
    assert shown.against
    for each in shown.against:
        figure = record.figures[each.key]
        assert figure.scope in record.shown("whole")
        assert figure.decimal in each.value.replace(",", "")
    assert len(shown.rows) == len(shown.chart["categories"]) == len(record.shown("county")) + 1
    assert [line["name"] for line in shown.chart["lines"]]


def test_a_district_sees_itself_beside_the_whole(db, record):
    shown = indicators.shown(Told(record), "", frozenset({DISTRICT}))
    assert len(shown.rows) == 2


# -- tasks -----------------------------------------------------------------------------


def test_the_groups_are_all_that_is_due_for_whom(signed_in):
    answer = signed_in(Role.PLANNER).get("/tasks?who=all")
    desk, today = bureau.desk(), clock.today()
    due = list_due(desk.ledger, desk.terms, today)
    assert answer.context["total"] == len(due) > 0
    for group in answer.context["groups"]:
        same = [e for e in due if (e.rule, e.does) == (group.rule, group.does)]
        assert group.total == len(same)
        assert group.first == min((e.last for e in same if e.last), default=None)


def test_a_group_folds_out_by_pages_with_days_left(signed_in):
    client = signed_in(Role.PLANNER)
    group = client.get("/tasks?who=all").context["groups"][0]
    answer = client.get(f"/tasks?who=all&rule={group.rule}&does={group.does}")
    page = answer.context["page"]
    assert page.paginator.count == group.total
    for each in page:
        assert each.said.days == (each.last - clock.today()).days
    part = client.get(
        f"/tasks?who=all&rule={group.rule}&does={group.does}",
        headers={"HX-Request": "true", "HX-Target": "lines"},
    )
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize(
    ("role", "who"),
    [
        (Role.CLERK, {"agency", "institution"}),
        (Role.PLANNER, {"bureau"}),
        (Role.EVALUATOR, {"evaluator"}),
        (Role.LEGAL, set()),
    ],
)
def test_mine_is_what_my_roles_have_to_do(user, role, who):
    assert set(waiting.whose(user(role))) == who


def test_filters_by_urgency_district_and_text_agree_with_the_lines(signed_in):
    client = signed_in(Role.PLANNER)
    line = DueLine.objects.first()
    for asked, wanted in (
        (f"urgency={line.urgency}", DueLine.objects.filter(urgency=line.urgency)),
        (f"district={ELSEWHERE}", DueLine.objects.filter(district=ELSEWHERE)),
        (f"q={line.name}", DueLine.objects.filter(name__icontains=line.name)),
    ):
        answer = client.get(f"/tasks?who=all&{asked}")
        assert answer.context["total"] == wanted.count()


def test_a_county_branch_sees_no_limit_of_another_district(signed_in):
    answer = signed_in(Role.COUNTY).get(f"/tasks?who=all&q=&district={ELSEWHERE}")
    assert answer.context["groups"] == []


def test_nothing_for_me_leads_to_what_waits_for_others(signed_in):
    text = signed_in(Role.PLANNER, "en").get("/tasks").content.decode()
    assert "wait for others" in text


def test_the_number_of_queries_does_not_grow_with_the_limits(signed_in):
    client, taken = signed_in(Role.PLANNER), []
    line = DueLine.objects.first()
    facts = {"stage": line.stage, "urgency": line.urgency, "who": line.who, "does": line.does}
    client.get("/tasks?who=all&q=c")
    for rows in (1, 30, 300):
        DueLine.objects.all().delete()
        DueLine.objects.bulk_create(
            DueLine(case=f"c{at}", weight=0, rule=line.rule, last=clock.today(), **facts)
            for at in range(rows)
        )
        with CaptureQueriesContext(connection) as asked:
            answer = client.get("/tasks?who=all&q=c")
        assert answer.context["total"] == rows
        taken.append(len(asked))
    assert len(set(taken)) == 1
    assert taken[0] < 18


def test_the_workbook_of_limits_has_every_line_and_is_noted(signed_in):
    answer = signed_in(Role.PLANNER).get("/tasks.xlsx?who=all")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert len(rows) - 1 == DueLine.objects.count()
    assert Note.objects.order_by("seq").last().act == "tasks.export"


def test_a_call_to_submit_waits_for_the_county_branch(signed_in):
    Call.objects.create(year=2027, through=clock.today(), by="planner", at=clock.now())
    others = signed_in(Role.COUNTY, "en").get("/tasks").context["others"]
    assert [(each.title, each.days) for each in others] == [("Submit what is asked for in 2027", 0)]


# -- search ----------------------------------------------------------------------------


def test_an_exact_code_leads_straight_to_its_page(signed_in):
    row = Institution.objects.exclude(uscc="").first()
    client = signed_in(Role.PLANNER)
    for text in (row.code, row.uscc, f" {row.code} "):
        answer = client.get("/search", {"q": text})
        assert answer["Location"] == reverse("ledger:one", args=[row.code])


def test_a_part_of_a_name_finds_institutions_and_plans(signed_in):
    Plan.objects.create(
        kind="resource_plan",
        year=2026,
        title="示例医院规划",
        created_by="planner",
        created_at=clock.now(),
    )
    found = signed_in(Role.PLANNER).get("/search?q=医院").context["found"]
    assert found.institutions_all == Institution.objects.filter(name__contains="医院").count()
    assert [each.title for each in found.plans] == ["示例医院规划"]


def test_another_districts_code_finds_nothing(signed_in):
    other = Institution.objects.filter(district=ELSEWHERE).first()
    answer = signed_in(Role.COUNTY, "en").get("/search", {"q": other.code})
    assert answer.status_code == 200
    assert answer.context["found"].nothing


def test_an_administrator_finds_nothing_of_the_business(signed_in):
    row = Institution.objects.first()
    answer = signed_in(Role.SYSTEM_ADMIN).get("/search", {"q": row.code})
    assert answer.status_code == 200
    assert answer.context["found"].nothing


def test_a_search_for_signs_of_a_pattern_looks_for_the_signs(signed_in):
    assert signed_in(Role.PLANNER).get("/search?q=%25").context["found"].nothing


def test_before_the_first_picture_the_page_says_that_it_is_made(signed_in):
    Picture.objects.all().delete()
    assert "正在首次读取" in signed_in(Role.PLANNER).get("/").content.decode()


# -- before the first ledger ------------------------------------------------------------


@pytest.fixture
def nothing_imported(db, monkeypatch):
    """An office that was set up this morning."""
    from dingdian.storage.db import models as kept

    for model in (Picture, Institution, Tally, DueTally, DueLine):
        model.objects.all().delete()
    monkeypatch.setattr(kept.Census, "objects", kept.Census.objects.none())


@pytest.mark.parametrize("page", ["/", "/tasks", "/institutions/"])
def test_an_empty_ledger_is_told_with_who_fills_it(nothing_imported, signed_in, page):
    said = signed_in(Role.PLANNER).get(page).content.decode()
    assert "台账为空" in said
    assert "首次读取" not in said


def test_an_empty_ledger_is_no_count_of_zero(nothing_imported, signed_in):
    assert 'class="big"' not in signed_in(Role.PLANNER).get("/").content.decode()


# -- the calendar ------------------------------------------------------------------------


def test_the_calendar_counts_every_limit_on_its_last_day(signed_in):
    """A month shows what ends in it, also beyond the days that the tasks look ahead."""
    import datetime as dt

    from dingdian.web.ledger.refreshing import AHEAD

    desk, today = bureau.desk(), clock.today()
    due = [e for e in list_due(desk.ledger, desk.terms, today, horizon=AHEAD) if e.last]
    client = signed_in(Role.PLANNER)
    for ahead in (0, 120):
        first = (today + dt.timedelta(ahead)).replace(day=1)
        answer = client.get(f"/calendar?who=all&month={first:%Y-%m}")
        found = [e for e in due if (e.last.year, e.last.month) == (first.year, first.month)]
        assert answer.context["total"] == len(found)
        cells = [cell for week in answer.context["weeks"] for cell in week]
        for cell in cells:
            assert cell.n == sum(e.last == cell.day for e in found)


@pytest.mark.parametrize("odd", ["?month=2026-13", "?month=x&urgency=due&q=a", "?month=9999-12"])
def test_an_odd_month_is_this_one_or_empty(signed_in, odd):
    assert signed_in(Role.CLERK, "en").get(f"/calendar{odd}").status_code == 200
