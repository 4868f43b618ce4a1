"""Moves recorded on screen: from the application to the agreement, refused where they may not be.

令2 art. 8 (O2-08), art. 9 to 11 (O2-09, O2-11).
"""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.web.rights import Role
from tests.web.cases.conftest import application, confirmed, entries, record
from tests.web.conftest import DISTRICT, ELSEWHERE
from tests.web.procedures import PDF


def test_an_application_becomes_a_case_with_a_number_of_its_district_and_year(clerk, applied):
    found = entries(applied)
    assert [each.move for each in found] == ["apply"]
    assert found[0].case.startswith(f"{DISTRICT}-")
    assert found[0].case.endswith("-0001")
    assert (found[0].by, found[0].role) == ("clerk", "agency")
    assert found[0].facts["services"] == "personal_account"
    another = clerk.post("/cases/new", application(name="另一药房"))
    assert another["Location"].endswith("-0002")


def test_a_pharmacy_is_led_from_its_application_to_its_agreement(clerk, second, applied):
    way = (
        ("request_supplement", {"held_on": "2026-03-03", "missing": "平面图"}),
        ("supplement", {"held_on": "2026-03-09"}),
        ("accept", {"held_on": "2026-03-10"}),
        ("pass_evaluation", {"held_on": "2026-03-20"}),
        ("publish", {"held_on": "2026-03-23"}),
        ("close_notice", {"held_on": "2026-04-10"}),
    )
    for move, given in way:
        answer = record(clerk, applied, move, **given)
        assert answer.status_code == 302, (move, answer.content.decode())
    signing = {
        "held_on": "2026-04-15",
        "agreement": "药-2026-1",
        "institution": "P23276100999",
        "services": ["personal_account"],
    }
    assert confirmed(second, record(clerk, applied, "sign", **signing)).status_code == 302
    page = clerk.get(applied).content.decode()
    assert [each.move for each in entries(applied)] == ["apply", *(m for m, _ in way), "sign"]
    assert "药-2026-1" in page
    assert "平面图" in page


def test_what_the_table_or_a_clock_refuses_is_told_and_nothing_is_kept(clerk, applied):
    record(clerk, applied, "accept", held_on="2026-03-03")
    record(clerk, applied, "pass_evaluation", held_on="2026-03-10")
    record(clerk, applied, "publish", held_on="2026-03-11")
    before = len(entries(applied))
    paper = SimpleUploadedFile("公示.pdf", PDF)
    early = record(clerk, applied, "close_notice", held_on="2026-03-12", papers=[paper])
    assert early.status_code == 422
    assert "O2-11" in early.content.decode()
    assert clerk.get(f"{applied}/sign/record").status_code == 403
    assert len(entries(applied)) == before
    from dingdian.web.cases.models import Paper

    assert not Paper.objects.exists()


def test_papers_go_with_their_move_and_the_entry_names_their_fingerprint(clerk, applied, signed_in):
    wrong = SimpleUploadedFile("受理.pdf", b"<html>")
    assert record(clerk, applied, "accept", papers=[wrong]).status_code == 422
    assert len(entries(applied)) == 1
    right = SimpleUploadedFile("../受理单.PDF", PDF)
    assert record(clerk, applied, "accept", papers=[right]).status_code == 302
    from dingdian.web.cases.models import Paper

    paper = Paper.objects.get()
    assert f"{paper.name} SHA-256 {paper.sha256}" in entries(applied)[-1].documents
    answer = clerk.get(f"/cases/paper/{paper.pk}")
    assert answer["Content-Disposition"].startswith("attachment")
    list(answer.streaming_content)
    assert f"/cases/paper/{paper.pk}" in clerk.get(applied).content.decode()
    paper.path.write_bytes(b"%PDF-another")
    assert clerk.get(f"/cases/paper/{paper.pk}").status_code >= 400


def test_who_saw_an_older_state_is_told_so(clerk, applied):
    seen = entries(applied)[-1].seq
    assert record(clerk, applied, "accept").status_code == 302
    stale = record(clerk, applied, "await_papers", seen=seen, missing="处方")
    assert stale.status_code == 422
    assert "已有新的登记" in stale.content.decode()
    assert [each.move for each in entries(applied)] == ["apply", "accept"]


@pytest.mark.parametrize("role", [Role.PLANNER, Role.COUNTY, Role.LEGAL, Role.SYSTEM_ADMIN])
def test_others_record_nothing(signed_in, clerk, applied, role):
    client = signed_in(role)
    assert client.post("/cases/new", application()).status_code == 403
    assert record(client, applied, "accept").status_code == 403
    assert len(entries(applied)) == 1


def test_the_bureau_decides_in_its_own_name_only(clerk, applied, signed_in):
    record(clerk, applied, "accept")
    supervisor = signed_in(Role.SUPERVISOR)
    assert supervisor.get(f"{applied}/pass_evaluation/record").status_code == 403
    asked = record(supervisor, applied, "refuse", ground="超出规划")
    assert confirmed(signed_in(Role.LEADER), asked).status_code == 302
    assert (entries(applied)[-1].role, entries(applied)[-1].by) == ("bureau", "supervisor+leader")


def test_a_clerk_takes_no_application_of_another_district(clerk):
    wrong = clerk.post("/cases/new", application(region=ELSEWHERE))
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": "castle"}, {"held_on": "2026-02-30"}, {"name": ""}, {"region": "999999"},
        {"services": ["magic"]}, {"opened_on": "gestern"}, {"name": "药\x0b房"},
        {"kind": "hospital", "beds__general": "-1"}, {"lon": "x" * 500}, {"seen": "abc"},
    ],
)  # fmt: skip
def test_garbage_is_refused_with_its_field(clerk, odd):
    from dingdian.storage.db.models import Entry

    before = Entry.objects.count()
    assert clerk.post("/cases/new", application(**odd)).status_code == 422
    assert Entry.objects.count() == before


def test_the_last_entry_is_annulled_with_a_reason(clerk, second, applied):
    record(clerk, applied, "accept")
    last = entries(applied)[-1]
    assert record(clerk, applied, "annul", entry=last.seq).status_code == 422
    asked = record(clerk, applied, "annul", entry=last.seq, reason="误登")
    assert confirmed(second, asked).status_code == 302
    assert "撤销" in clerk.get(applied).content.decode()


@pytest.mark.parametrize(
    ("kind", "has", "lacks"),
    [
        ("retail_pharmacy", {"pharmacy_grade", "chain"}, {"beds__general", "level", "ownership"}),
        ("hospital", {"beds__general", "level", "ownership"}, {"pharmacy_grade", "chain"}),
        ("village_clinic", {"level"}, {"beds__general", "pharmacy_grade"}),
    ],
)
def test_the_form_shows_what_fits_the_kind(clerk, kind, has, lacks):
    page = clerk.get(f"/cases/new?kind={kind}").content.decode()
    shown = {name for name in has | lacks if f'name="{name}"' in page}
    assert shown == has
    assert ('value="inpatient"' in page) is (kind != "retail_pharmacy")


def test_the_kind_is_chosen_first(clerk):
    page = clerk.get("/cases/new").content.decode()
    assert 'href="?kind=retail_pharmacy"' in page
    assert 'name="name"' not in page
    assert 'href="?kind=retail_pharmacy"' in clerk.get("/cases/new?kind=castle").content.decode()


def test_what_fits_another_kind_is_not_recorded(clerk):
    answer = clerk.post("/cases/new", application(beds__general="5", level="tertiary"))
    assert answer.status_code == 302
    assert {"beds", "level"} & set(entries(answer["Location"])[0].facts) == set()


@pytest.mark.clause("O3-06")
def test_materials_go_with_their_item_and_what_lacks_is_told(clerk, second):
    scan = SimpleUploadedFile("申请表.pdf", PDF)
    answer = clerk.post("/cases/new", application(material__application_form=[scan]))
    there = answer["Location"]
    from dingdian.web.cases.models import Paper

    paper = Paper.objects.get()
    assert paper.item == "application_form"
    named = f"定点零售药店申请表：申请表.pdf SHA-256 {paper.sha256}"
    assert entries(there)[0].documents == (named,)
    page = clerk.get(there).content.decode()
    lacking = page.count("未提供")
    assert lacking > 3
    record(clerk, there, "request_supplement", missing="药师证")
    more = {"material__pharmacist_certificates": [SimpleUploadedFile("药师证.pdf", PDF + b"2")]}
    assert record(clerk, there, "supplement", **more).status_code == 302
    assert clerk.get(there).content.decode().count("未提供") == lacking - 1
    record(clerk, there, "accept")
    confirmed(second, record(clerk, there, "refuse", ground="超出规划"))
    assert "未提供" not in clerk.get(there).content.decode()


def test_of_a_refused_move_no_byte_is_kept(clerk, settings):
    kept = settings.CONFIG.data / "uploads"
    scan = SimpleUploadedFile("a.pdf", PDF)
    wrong = application(region=ELSEWHERE, papers=[scan])
    assert clerk.post("/cases/new", wrong).status_code == 422
    assert clerk.post("/cases/new", application(opened_on="2030-01-01", papers=[scan]))
    many = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(51)]
    answer = clerk.post("/cases/new", application(papers=many))
    assert answer.status_code == 422
    assert "最多 50 个" in answer.content.decode()
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize(("kind", "offered"), [("retail_pharmacy", True), ("clinic", False)])
def test_what_is_of_pharmacies_alone_is_offered_to_them_alone(clerk, kind, offered):
    from dingdian.web.ledger.models import Case

    case = Case.objects.filter(stage="in_force", kind=kind, district=DISTRICT).first()
    page = clerk.get(f"/cases/of/{case.case}").content.decode()
    assert "/interview/record" in page
    assert ("/change_grade/record" in page) is offered


@pytest.mark.clause("SY-20")
@pytest.mark.parametrize(("language", "said"), [("zh-hans", "较轻"), ("en", "minor")])
def test_how_serious_it_was_is_said_in_words(db, language, said):
    import datetime as dt

    from django.utils import translation

    from dingdian.web import bureau
    from dingdian.web.ledger import words

    with translation.override(language):
        assert words.fact("severity", "minor", bureau.desk().terms, dt.date(2026, 3, 2)) == said
