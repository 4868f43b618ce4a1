"""The register of experts on screen: one by one, and as a file with one list of faults."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from dingdian.storage.db.models import Note
from dingdian.web.panels.models import Expert
from dingdian.web.rights import Role
from tests.web import panelling
from tests.web.conftest import DISTRICT, ELSEWHERE

HEAD = "专家编号,姓名,证件号码,专业,工作单位,账号,入库日期,退出日期,评估区县"


def row(**other):
    said = {
        "code": "ZJ-1", "name": "张某", "id_number": "", "field": "医药卫生",
        "employer": "示例医科大学", "user": "", "since": "2026-01-01", "through": "",
        "districts": DISTRICT,
    }  # fmt: skip
    return ",".join((said | other).values())


def upload(client, *rows, name="专家.csv"):
    text = "\n".join((HEAD, *rows)).encode()
    return client.post("/panels/experts", {"file": SimpleUploadedFile(name, text)})


def test_a_file_is_taken_in_and_a_second_one_changes_whom_it_names(clerk):
    given = row(code="ZJ-2", employer="无"), row(code="ZJ-3", employer="")
    assert upload(clerk, row(), *given).status_code == 302
    assert dict(Expert.objects.values_list("code", "employer")) == {
        "ZJ-1": "示例医科大学",
        "ZJ-2": "",
        "ZJ-3": None,
    }
    assert upload(clerk, row(name="李某", user="evaluator")).status_code == 302
    found = Expert.objects.get(code="ZJ-1")
    assert (found.name, found.field, found.user.username) == ("李某", "medicine", "evaluator")
    assert Expert.objects.count() == 3
    notes = Note.objects.filter(act="expert.take_in")
    assert notes.count() == 2
    assert not any("李某" in each.body for each in notes)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row(field="占星")], "专业“占星”不在规则之内"),
        ([row(), row()], "有两条"),
        ([row(code="a;b")], "不能用"),
        ([row(user="nobody")], "没有可用的评估专家账号"),
        ([row(user="clerk")], "没有可用的评估专家账号"),
        ([row(user="evaluator"), row(code="ZJ-2", user="evaluator")], "已是专家"),
        ([row(districts="999999")], "不在台账中"),
        ([row(districts=ELSEWHERE)], "超出您的权限"),
        ([row(districts="")], "超出您的权限"),
        ([row(through="2025-01-01")], "早于入库日期"),
        ([row(since="")], "入库日期"),
        ([], "没有专家"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_and_nothing_is_taken_in(clerk, rows, said):
    good = [row(code="ZJ-9")] if rows else []
    answer = upload(clerk, *good, *rows)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Expert.objects.exists()


def test_every_fault_of_a_file_is_told_with_its_row(clerk):
    page = upload(clerk, row(field="占星"), row(code="ZJ-2", districts="1")).content.decode()
    assert "专家.csv" in page
    for said in ("占星", "不在台账中", "超出您的权限", ":2", ":3"):
        assert said in page


def test_what_is_no_workbook_is_refused(clerk):
    file = SimpleUploadedFile("a.xlsx", b"%PDF-1.7")
    assert clerk.post("/panels/experts", {"file": file}).status_code == 422


def test_the_template_is_read_again_with_relations(clerk):
    answer = clerk.get("/panels/experts/template")
    book = load_workbook(io.BytesIO(answer.content))
    cells = row().split(",")
    book["专家"].append(cells)
    book["关系"].append(["ZJ-1", "与申请机构有未了结的纠纷", "某某医院", None])
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("experts.xlsx", out.getvalue())
    taken = clerk.post("/panels/experts", {"file": file})
    assert taken.status_code == 302, taken.content.decode()
    (relation,) = Expert.objects.get(code="ZJ-1").relations.all()
    assert (relation.ground, relation.institution, relation.ended) == ("dispute", "某某医院", None)
    book["关系"].append(["ZJ-8", "与申请机构有未了结的纠纷", "某某医院", None])
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("experts.xlsx", out.getvalue())
    refused = clerk.post("/panels/experts", {"file": file})
    assert refused.status_code == 422
    assert "不在专家库，也不在文件中" in refused.content.decode()


def form(**other):
    said = {
        "code": "ZJ-1", "name": "张某", "field": "medicine", "has_employer": "none",
        "since": "2026-01-01", "districts": [DISTRICT], "username": "",
        "ground-0": "interest", "institution-0": "某某医院", "ended-0": "",
    }  # fmt: skip
    return said | other


def test_an_expert_is_added_and_changed_one_by_one(clerk):
    assert clerk.get("/panels/experts/new").status_code == 200
    assert clerk.post("/panels/experts/new", form()).status_code == 302
    one = Expert.objects.get()
    assert (one.employer, one.relations.get().ground) == ("", "interest")
    again = clerk.post("/panels/experts/new", form())
    assert again.status_code == 422
    assert "有两条" in again.content.decode()
    changed = form(has_employer="", through="2026-12-31") | {"ground-0": "", "institution-0": ""}
    assert clerk.post(f"/panels/experts/{one.pk}", changed | {"code": "other"}).status_code == 302
    one.refresh_from_db()
    assert (one.code, one.employer, str(one.through)) == ("ZJ-1", None, "2026-12-31")
    assert not one.relations.exists()
    acts = Note.objects.filter(subject="expert:ZJ-1").order_by("seq")
    assert [each.act for each in acts] == ["expert.add", "expert.edit"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"institution-0": ""}, "institution-0"),
        ({"has_employer": "yes", "employer": ""}, "employer"),
        ({"districts": []}, "districts"),
        ({"districts": [ELSEWHERE]}, "districts"),
        ({"since": "soon"}, "since"),
        ({"field": "astrology"}, "field"),
        ({"name": "张\x0b某"}, "name"),
    ],
)
def test_a_form_that_is_wrong_is_told_beside_its_field(clerk, changed, field):
    answer = clerk.post("/panels/experts/new", form(**changed))
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()
    assert not Expert.objects.exists()


def test_names_are_shown_to_whom_they_are_for_and_the_register_is_of_districts(clerk, signed_in):
    panelling.make_experts(1, [DISTRICT], prefix="H")
    panelling.make_experts(1, [ELSEWHERE], prefix="E")
    panelling.make_experts(1, prefix="W")
    page = clerk.get("/panels/experts").content.decode()
    assert "专家HMED-0" in page
    assert "EMED-0" not in page
    assert "WMED-0" in page
    assert "专家WMED-0" not in page  # of the whole place: masked for a clerk of a district
    whole = Expert.objects.get(code="WMED-0")
    assert clerk.get(f"/panels/experts/{whole.pk}").status_code == 404
    supervisor = signed_in(Role.SUPERVISOR)
    assert supervisor.get("/panels/experts").status_code == 200
    assert upload(supervisor, row()).status_code == 403
    assert signed_in(Role.EVALUATOR).get("/panels/experts").status_code == 403
