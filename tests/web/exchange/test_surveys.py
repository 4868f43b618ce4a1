"""A survey: made at the bureau, answered at the site by code, its results for the assessment."""

import datetime as dt
import json
import uuid
from fractions import Fraction

import pytest

from dingdian.storage.assessment_read import ASSESSMENT
from dingdian.storage.signed_files import Header, write_signed
from dingdian.web import bureau, clock
from dingdian.web.public import receipts
from dingdian.web.public.models import PublicCode, PublicSurvey, Said
from dingdian.web.public.speaking import told_of
from dingdian.web.rights import Role
from dingdian.web.surveys import making, reading, receiving
from dingdian.web.surveys.models import Answer, Code, Survey
from tests.web.conftest import DISTRICT, ELSEWHERE

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey(user):
    today = clock.today()
    days = {"since": today, "through": today + dt.timedelta(10)}
    return making.make(user(Role.SUPERVISOR), "满意度", year=2026, district=DISTRICT, **days)


def marked(survey, mark=5, **other):
    given = {f"q-{each['item']}": mark for each in survey.items}
    return given | {"text": "", "once": uuid.uuid4(), "website": ""} | other


def told(survey, code, **other):
    marks = " ".join(f"{each['item']}:4" for each in survey.items)
    given = {
        "public_id": str(uuid.uuid4()),
        "kind": "answer",
        "about": str(survey.public_id),
        "content": {"code": code, "marks": marks, "text": ""},
        "private": {},
        "received_at": clock.now().isoformat(),
    }
    content = given["content"] | other.pop("content", {})
    return given | {"content": content} | other


def carried(both, path, rows, number=1):
    header = Header("comments", number, clock.now().isoformat(), "2026-11-20", "daxinganling")
    parts = {"comments.json": b"[]", "said.json": json.dumps(rows).encode()}
    write_signed(path, header, parts, both.keys["public"])
    return both.take_in(path)


def test_an_answer_goes_from_the_site_into_the_result(both, published, visitor, survey, signed_in):
    both.install(both.edition())
    assert PublicCode.objects.count() == survey.codes.count() > 10
    code = survey.codes.first()
    address = f"/survey/{receipts.grouped(code.code)}"
    page = visitor.get(address).content.decode()
    assert code.name in page
    assert "服务态度" in page
    answer = visitor.post(address, marked(survey, 4, text="不错"))
    assert answer.status_code == 302, answer.content.decode()
    assert visitor.get(answer["Location"]).status_code == 200
    both.take_in(both.export())
    (found,) = Answer.objects.all()
    assert (found.of, found.refused, set(found.marks.values())) == (code, "", {4})
    supervisor = signed_in(Role.SUPERVISOR)
    assert "份数不足" in supervisor.get(f"/surveys/{survey.pk}").content.decode()
    page = supervisor.get(f"/surveys/institution/{code.pk}").content.decode()
    assert "不错" in page
    both.install(both.edition())
    assert Said.objects.get().content == {}


def test_one_answer_for_a_code_and_visitor_also_after_it_was_carried(
    both, published, visitor, survey
):
    both.install(both.edition())
    one, other = survey.codes.all()[:2]
    assert visitor.post(f"/survey/{one.code}", marked(survey)).status_code == 302
    again = visitor.post(f"/survey/{one.code}", marked(survey))
    assert again.status_code == 409
    assert "已评价过" in again.content.decode()
    assert visitor.post(f"/survey/{other.code}", marked(survey)).status_code == 302
    both.take_in(both.export())
    both.install(both.edition())
    assert visitor.post(f"/survey/{one.code}", marked(survey)).status_code == 409
    assert Said.objects.count() == 2


@pytest.mark.parametrize(("days", "why"), [(-1, "已结束"), (1, "尚未开始")])
def test_an_expired_or_early_link_is_refused_with_the_reason(
    both, published, visitor, survey, days, why
):
    both.install(both.edition())
    day = clock.today() + dt.timedelta(days)
    PublicSurvey.objects.update(since=day, through=day)
    address = f"/survey/{survey.codes.first().code}"
    for answer in (visitor.get(address), visitor.post(address, marked(survey))):
        assert answer.status_code == 410
        assert why in answer.content.decode()
    assert not Said.objects.exists()


def test_the_edition_holds_no_code(both, published, survey):
    from dingdian.storage.signed_files import TrustedKey, open_signed

    path = both.edition()
    with both.at("bureau"):
        signed = open_signed(path, "edition", TrustedKey(both.keys["bureau"].private.public_key()))
        content = signed.read("surveys.json")
    codes = list(survey.codes.values_list("code", flat=True))
    assert not [each for each in codes if each.encode() in content]


@pytest.mark.parametrize("code", ["0000-0000-0001", "ABCD", "<script>", "91B6-0NYE-WWQC"])
def test_a_code_with_a_slip_opens_nothing(both, published, visitor, survey, code):
    assert visitor.get(f"/survey/{code}").status_code == 404
    assert visitor.post("/survey", {"code": code}).status_code == 422


def test_a_code_is_typed_with_or_without_dashes(both, published, visitor, survey):
    both.install(both.edition())
    code = survey.codes.first().code
    answer = visitor.post("/survey", {"code": code.lower()})
    assert answer["Location"] == f"/survey/{receipts.grouped(code)}"


@pytest.mark.parametrize("other", [{"text": "x" * 1001}, {"q-attitude": ""}, {"q-attitude": "6"}])
def test_odd_answers_are_refused(both, published, visitor, survey, other):
    both.install(both.edition())
    answer = visitor.post(f"/survey/{survey.codes.first().code}", marked(survey, **other))
    assert answer.status_code == 422
    assert not Said.objects.exists()


def test_what_the_site_says_is_not_taken_for_granted(both, tmp_path, survey, user):
    """A code of another survey, one unknown, marks beyond the scale, a day outside: kept apart."""
    today = clock.today()
    days = {"since": today, "through": today}
    another = making.make(user(Role.SUPERVISOR), "另一次", year=2026, district=DISTRICT, **days)
    code = survey.codes.first().code
    beyond = "attitude:6 quality:5 waiting:5 prices:5 settlement:5"
    early = (clock.now() - dt.timedelta(30)).isoformat()
    rows = [
        told(survey, code),
        told(survey, another.codes.first().code),
        told(survey, "91B60NYEWWQC"),
        told(survey, code, content={"marks": "attitude:5"}),
        told(survey, code, content={"marks": beyond}),
        told(survey, code, content={"marks": "nonsense"}),
        told(survey, code, received_at=early),
        told(survey, code, about="not a survey"),
    ]
    assert carried(both, tmp_path / "a.zip", rows).said_fresh == len(rows)
    refused = [each.refused for each in Answer.objects.all()]
    marks = ["marks"] * 3
    expected = ["", "other_survey", "unknown_code", *marks, "outside", "other_survey"]
    assert refused == expected
    (line,) = reading.lines(survey, [Code.objects.get(code=code)])
    assert line.result.n == 1


def test_an_answer_that_was_edited_after_it_came_changes_nothing(both, tmp_path, survey):
    row = told(survey, survey.codes.first().code)
    carried(both, tmp_path / "a.zip", [row])
    row["content"] = row["content"] | {"text": "改过"}
    assert carried(both, tmp_path / "b.zip", [row], number=2).said_fresh == 0
    assert Answer.objects.get().text == ""


def test_the_results_are_what_the_assessment_reads(both, tmp_path, survey):
    """Thirty answers give a result, fewer none: the assessment takes no zero for it."""
    known, few = survey.codes.all()[:2]
    rows = [told(survey, known.code) for _ in range(30)] + [told(survey, few.code)] * 1
    carried(both, tmp_path / "a.zip", rows)
    path = tmp_path / "surveys.xlsx"
    path.write_bytes(reading.results_workbook(survey, "示例局"))
    from dingdian.storage.contract_read import read_contract

    table = read_contract(path, ASSESSMENT).tables["surveys"]
    names = ("institution", "item", "result", "answers")
    cells = zip(*(table[name].cells() for name in names), strict=True)
    found = {row[0]: dict(zip(names, row, strict=True)) for row in cells}
    assert Fraction(found[known.institution]["result"]) == 80
    assert int(found[known.institution]["answers"]) == 30
    assert found[few.institution]["result"] is None
    assert {row["item"] for row in found.values()} == {"satisfaction"}


def test_a_supervisor_makes_one_for_their_district_only(signed_in):
    client, today = signed_in(Role.SUPERVISOR), clock.today()
    given = {
        "title": "满意度",
        "year": 2026,
        "district": DISTRICT,
        "since": today,
        "through": today,
    }
    assert client.post("/surveys/new", given).status_code == 302
    made = Survey.objects.get()
    assert made.district == DISTRICT
    assert client.get(f"/surveys/{made.pk}/results").status_code == 200
    for wrong in (
        {"district": ELSEWHERE},
        {"district": ""},
        {"through": today - dt.timedelta(1)},
        {"title": ""},
    ):
        assert client.post("/surveys/new", given | wrong).status_code == 422
    assert Survey.objects.count() == 1


def test_a_link_is_a_picture_where_the_public_site_is_named(signed_in, survey, settings):
    import dataclasses

    client, code = signed_in(Role.SUPERVISOR), survey.codes.first()
    settings.CONFIG = dataclasses.replace(settings.CONFIG, public_url="")
    assert client.get(f"/surveys/institution/{code.pk}/qr").status_code == 404
    settings.CONFIG = dataclasses.replace(settings.CONFIG, public_url="https://x.example/")
    page = client.get(f"/surveys/institution/{code.pk}").content.decode()
    assert f"https://x.example/survey/{receipts.grouped(code.code)}" in page
    picture = client.get(f"/surveys/institution/{code.pk}/qr")
    assert picture["Content-Type"] == "image/svg+xml"


def test_one_is_closed_early_with_a_reason_and_what_came_counts(survey, signed_in):
    supervisor, code = signed_in(Role.SUPERVISOR), survey.codes.first()
    address, planned = f"/surveys/{survey.pk}", survey.through
    refused = supervisor.post(f"{address}/close", {"why": " "})
    assert refused.status_code == 422
    assert "写明理由" in refused.content.decode()
    assert supervisor.post(f"{address}/close", {"why": "问卷有误"}).status_code == 302
    survey.refresh_from_db()
    assert (survey.through, survey.planned, survey.why) == (clock.today(), planned, "问卷有误")
    assert "问卷有误" in supervisor.get(address).content.decode()
    (note,) = bureau.journal().of_act("survey.close")
    assert note.facts["why"] == "问卷有误"
    assert note.facts["planned"] == planned.isoformat()
    receiving.receive(told_of(told(survey, code.code)))
    assert [each.refused for each in Answer.objects.all()] == [""]
    assert supervisor.post(f"{address}/close", {"why": "再次"}).status_code == 422
    (shown,) = reading.published(clock.today())
    assert shown["through"] == clock.today().isoformat()
    assert signed_in(Role.CLERK).post(f"{address}/close", {"why": "x"}).status_code == 403
    Survey.objects.update(through=clock.today() - dt.timedelta(1))  # a day after it was closed
    receiving.receive(told_of(told(survey, code.code)))
    assert Answer.objects.latest("pk").refused == "outside"
