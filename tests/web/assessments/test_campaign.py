"""A campaign of the yearly assessment: opened, scores handed in, versions, bad files refused."""

import io

import openpyxl
import pytest

from dingdian.core.assessment.bottom import Bottom
from dingdian.core.assessment.closeness import limits
from dingdian.reports.assessment.assessment_json import read_assessment
from dingdian.web import bureau
from dingdian.web.assessments.models import Campaign, Result, Version
from dingdian.web.rights import Role
from tests.web.assessments.conftest import YEAR
from tests.web.conftest import DISTRICT, ELSEWHERE


def test_a_year_is_opened_once_and_only_when_it_is_over(supervisor):
    assert supervisor.post("/assessments/", {"year": YEAR}).status_code == 302
    again = supervisor.post("/assessments/", {"year": YEAR})
    assert again.status_code == 422
    assert "已经开展" in again.content.decode()
    early = supervisor.post("/assessments/", {"year": 2099})
    assert early.status_code == 422
    assert "还没有结束" in early.content.decode()
    assert [each.year for each in Campaign.objects.all()] == [YEAR]
    assert [each.act for each in bureau.journal().notes(f"assessment:{YEAR}")] == [
        "assessment.open"
    ]


def test_who_runs_it_in_one_district_opens_and_hands_in_nothing(signed_in, campaign, user):
    user(Role.SUPERVISOR).grants.update(region=DISTRICT)
    client = signed_in(Role.SUPERVISOR)
    assert client.get("/assessments/").status_code == 200
    assert client.post("/assessments/", {"year": 2024}).status_code == 403
    for address in ("upload", "again"):
        assert client.post(f"/assessments/{YEAR}/{address}").status_code == 403
    assert Campaign.objects.count() == 1


def test_the_sample_is_assessed_as_the_command_assesses_it(assessed, sample_ledger, tmp_path):
    from dingdian.wiring.assessments import AssessmentRequest, assess

    asked = AssessmentRequest(
        sample_ledger, sample_ledger / "assessment" / "assessment.xlsx", "daxinganling", YEAR, None
    )
    wanted = assess(asked, None, force=False, progress=lambda _: None).record
    made = read_assessment((assessed.made_place / "assessment.json").read_bytes())
    assert [each.score for each in made.assessed] == [each.score for each in wanted.assessed]
    assert [each.place for each in made.assessed] == [each.place for each in wanted.assessed]
    assert made.persons == ()  # they have a register of their own
    assert Result.objects.filter(version=assessed).count() == len(wanted.assessed)
    assert assessed.counts["inside"] == sum(
        each.place is not None and each.place.bottom is Bottom.IN for each in wanted.assessed
    )
    assert not assessed.files_place.exists()
    assert not (assessed.made_place / "workbook" / "points_events.csv").exists()


def test_results_are_filtered_sorted_exported_and_derived(supervisor, assessed):
    base = f"/assessments/versions/{assessed.pk}"
    page = supervisor.get(f"{base}/results?bottom=in").content.decode()
    inside = Result.objects.filter(version=assessed, bottom="in")
    assert inside.count() >= 3
    assert all(each.name in page for each in inside)
    up = supervisor.get(f"{base}/results?sort=points").context["rows"]
    down = supervisor.get(f"{base}/results?sort=-points").context["rows"]
    assert up[0].row.points == min(each.points for each in inside)
    assert down[0].row.points > up[0].row.points
    lines = supervisor.get(f"{base}/results.csv?bottom=in").content.decode("utf-8-sig").splitlines()
    assert len(lines) == inside.count() + 1
    book = supervisor.get(f"{base}/results.xlsx").content
    assert (
        openpyxl.load_workbook(io.BytesIO(book)).active.max_row == assessed.counts["assessed"] + 1
    )
    one = inside.exclude(margin=None).first()
    derived = supervisor.get(f"{base}/of/{one.code}").content.decode()
    for words in ("日常", "年终", "列入末位", "约谈", "示例第四十五条"):
        assert words in derived, words
    assert "O3-34" in derived or "O2-assess" in derived
    assert bureau.journal().of_act("assessment.export")


def test_the_groups_tell_the_readings_that_chose_them_and_how_close_it_was(supervisor, assessed):
    page = supervisor.get(f"/assessments/versions/{assessed.pk}/groups").content.decode()
    assert "bottom_rank_method" in page
    assert "bottom_rank_share" in page
    record = read_assessment((assessed.made_place / "assessment.json").read_bytes())
    found = {name: each for name, each in limits(record.assessed).items() if each.gap is not None}
    assert found
    for name, each in found.items():
        assert each.gap >= 0, name
        assert assessed.limits[name] == [str(each.highest_in), str(each.lowest_out)]


def _mended(workbook, mend):
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    mend(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_corrected_upload_is_a_new_version_and_two_are_compared(
    supervisor, assessed, hand_in, workbook
):
    one = Result.objects.filter(version=assessed, points__isnull=False, votes=0).exclude(
        bottom="in"
    )
    code = one.filter(kind="retail_pharmacy").order_by("-points")[1].code

    def mend(book):
        for row in book["得分"].iter_rows(min_row=2):
            if row[0].value == code:
                row[2].value = 1

    made = hand_in(_mended(workbook, mend), remark="改正一家的得分")
    assert (made.number, made.state) == (2, "assessed")
    before, now = (Result.objects.get(version=each, code=code) for each in (assessed, made))
    assert now.points < before.points
    page = supervisor.get(f"/assessments/versions/{made.pk}/compare").content.decode()
    assert now.name in page
    assert "改正一家的得分" in supervisor.get(f"/assessments/{YEAR}").content.decode()
    assert assessed.result != made.result
    assert Result.objects.filter(version=assessed).count() == assessed.counts["assessed"]


def test_the_template_holds_who_is_to_be_scored_and_leaves_points_unknown(
    supervisor, campaign, hand_in
):
    content = supervisor.get(f"/assessments/{YEAR}/template.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book["得分"].iter_rows(min_row=2, values_only=True))
    assert len(rows) > 100
    assert all(row[2] is None for row in rows)
    made = hand_in(content)
    assert made.state == "assessed", made.groups
    assert made.counts["scored"] == 0  # nothing is scored, and that is not 0 points
    assert made.counts["assessed"] > 100


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"%PDF-1.4 no workbook", "得分.xlsx", "PDF"),
        (b"", "得分.xlsx", "空"),
        (b"\x00\x01\x02garbage" * 50, "得分.xlsx", "得分.xlsx"),
        (b"PK\x03\x04 broken", "得分.xlsx", "损坏"),
    ],
)
def test_what_is_no_workbook_is_refused_at_once(hand_in, content, name, why):
    answer = hand_in(content, name)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Version.objects.exists()


def test_a_workbook_of_something_else_is_refused_with_its_reasons(hand_in, supervisor):
    made = hand_in("甲,乙\n1,2\n".encode(), "别的.csv")
    assert made.state == "refused"
    assert made.blocking
    page = supervisor.get(f"/assessments/versions/{made.pk}").content.decode()
    assert "没有考核成功" in page
    assert "得分" in page


def test_the_workbook_of_another_city_is_refused_with_its_reasons(hand_in, supervisor, workbook):
    """Whose codes are all of another city's districts."""

    def elsewhere(book):
        for sheet in book:
            column = [cell.value for cell in next(sheet.iter_rows(max_row=1))]
            if "医保机构代码" in column:
                at = column.index("医保机构代码")
                for row in sheet.iter_rows(min_row=2):
                    row[at].value = str(row[at].value).replace("H23", "H21").replace("P23", "P21")

    made = hand_in(_mended(workbook, elsewhere))
    assert made.state == "refused"
    assert {"assessed_nobody", "assessed_unknown"} <= {each["kind"] for each in made.groups}
    page = supervisor.get(f"/assessments/versions/{made.pk}").content.decode()
    assert "都不在本台账" in page


def test_a_workbook_of_another_year_and_a_day_to_come_are_refused(hand_in, workbook):
    def set_to(item, value):
        def mend(book):
            for row in book["考核"].iter_rows(min_row=2):
                if row[0].value in item:
                    row[1].value = value

        return mend

    made = hand_in(_mended(workbook, set_to(("考核年度", "year"), "2024")))
    assert [each["kind"] for each in made.groups] == ["assessment_other_year"]
    made = hand_in(_mended(workbook, set_to(("考核日期", "assessed_on"), "2999-01-01")))
    assert [each["kind"] for each in made.groups] == ["assessed_ahead"]


def test_an_unknown_institution_is_told_and_its_row_is_not_used(assessed, supervisor):
    kinds = {each["kind"] for each in assessed.groups}
    assert "assessed_unknown" in kinds
    page = supervisor.get(f"/assessments/versions/{assessed.pk}?severity=warning").content.decode()
    assert "H00000000000" in page
    assert not Result.objects.filter(version=assessed, code="H00000000000").exists()


def test_who_sees_one_district_sees_no_result_and_no_file_of_another(signed_in, assessed, user):
    user(Role.SUPERVISOR).grants.update(region=DISTRICT)
    client = signed_in(Role.SUPERVISOR)
    base = f"/assessments/versions/{assessed.pk}"
    page = client.get(f"{base}/results")
    assert {each.row.district for each in page.context["rows"]} == {DISTRICT}
    theirs = Result.objects.filter(version=assessed, district=ELSEWHERE).first()
    assert client.get(f"{base}/of/{theirs.code}").status_code == 404
    assert client.get(f"{base}/files/assessment.json").status_code == 404
    rows = client.get(f"{base}/results.csv").content.decode("utf-8-sig").splitlines()
    assert len(rows) == Result.objects.filter(version=assessed, district=DISTRICT).count() + 1
    assert theirs.name not in client.get(f"{base}/groups").content.decode()


def test_files_of_the_folder_are_for_who_sees_all_of_it(supervisor, assessed):
    base = f"/assessments/versions/{assessed.pk}/files"
    answer = supervisor.get(f"{base}/assessment.html")
    assert answer.status_code == 200
    for close in answer._resource_closers:  # close() itself would end the connection
        close()
    assert supervisor.get(f"{base}/..%2Fgiven").status_code == 404
    assert supervisor.get(f"{base}/plan.json").status_code == 404


def test_pages_are_said_in_english_too(signed_in, assessed, whole_place):
    client = signed_in(Role.SUPERVISOR, "en")
    for address in ("results", "groups", "compare"):
        assert client.get(f"/assessments/versions/{assessed.pk}/{address}").status_code == 200
    assert (
        "Groups and last ones"
        in client.get(f"/assessments/versions/{assessed.pk}/groups").content.decode()
    )
