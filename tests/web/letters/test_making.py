"""Letters made of entries: numbered once and without a gap, frozen, and only by their office."""

import datetime as dt
import io
from dataclasses import replace

import pytest
from docx import Document

from dingdian.web import bureau
from dingdian.web.letters import making
from dingdian.web.letters.models import Letter
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT
from tests.web.letters.conftest import accept, entries, letter_address, record


def make(client, case, kind="acceptance"):
    answer = client.post(letter_address(case, kind))
    assert answer.status_code == 302, answer.content.decode()
    return Letter.objects.get(pk=int(answer["Location"].rpartition("/")[2]))


def words(letter):
    document = Document(io.BytesIO(making.content(letter)))
    return "\n".join(each.text for each in document.paragraphs)


def test_the_letter_of_an_entry_is_previewed_without_a_number_and_made_with_the_next(
    clerk, accepted
):
    address = letter_address(accepted)
    assert address in clerk.get(f"/cases/of/{accepted}").content.decode()
    assert "制发并编号" in clerk.get(address).content.decode()
    preview = clerk.get(f"{address}/preview")
    assert "〔2026〕　　号" in preview.content.decode()
    assert "script" not in preview["Content-Security-Policy"]
    letter = make(clerk, accepted)
    assert letter.number.endswith("医保受理〔2026〕1号")
    assert (letter.case, letter.district, letter.made_by) == (accepted, DISTRICT, "clerk")
    assert letter.number in words(letter)
    assert "试点大药房" in words(letter)
    assert "样张" in words(letter)  # the sample is invented
    assert letter.number in clerk.get(f"/letters/{letter.pk}/page").content.decode()
    assert letter.number in clerk.get(f"/cases/of/{accepted}").content.decode()
    assert letter.number in clerk.get("/letters/").content.decode()


def test_a_letter_bears_the_day_and_the_year_that_are_rehearsed(clerk, accepted, settings):
    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date(2024, 5, 6))
    assert "〔2024〕　　号" in clerk.get(f"{letter_address(accepted)}/preview").content.decode()
    letter = make(clerk, accepted)
    assert (letter.day, letter.number[-8:]) == (dt.date(2024, 5, 6), "〔2024〕1号")
    assert letter.number in words(letter)
    assert "2024年5月6日" in words(letter)
    kept = making.content(letter)
    letter.path.unlink()
    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date(2025, 1, 7))
    assert making.content(letter) == kept  # made again with the day that it bears


def test_numbers_follow_each_other_within_a_kind_and_a_note_goes_with_each(clerk, accepted):
    other = accept(clerk, "另一药房")
    assert [make(clerk, each).n for each in (accepted, other)] == [1, 2]
    record(clerk, other, "refuse", ground="超出规划")
    refused = make(clerk, other, "refusal")
    assert refused.number.endswith("不予〔2026〕1号")
    notes = bureau.journal().of_act("letter.make")
    assert [(e.facts["n"], e.facts["kind"]) for e in notes] == [
        ("1", "acceptance"), ("2", "acceptance"), ("1", "refusal"),
    ]  # fmt: skip
    assert notes[-1].facts["sha256"] == refused.sha256
    assert notes[-1].region == DISTRICT


def test_kinds_with_one_pattern_share_a_series_so_that_no_number_is_given_twice(
    clerk, accepted, settings
):
    own = settings.CONFIG.data / "notices"
    own.mkdir()
    one = "{city}医保定〔{year}〕{n}号"
    (own / "letterhead.yaml").write_text(
        f"numbers: {{acceptance: '{one}', refusal: '{one}'}}", "utf-8"
    )
    first = make(clerk, accepted)
    record(clerk, accepted, "refuse", ground="超出规划")
    second = make(clerk, accepted, "refusal")
    assert first.number.endswith("医保定〔2026〕1号")
    assert second.number.endswith("医保定〔2026〕2号")


def test_a_letter_that_is_made_is_not_made_again(clerk, accepted):
    letter = make(clerk, accepted)
    again = clerk.post(letter_address(accepted))
    assert again.status_code == 422
    assert letter.number in again.content.decode()
    assert clerk.get(letter_address(accepted))["Location"] == f"/letters/{letter.pk}"
    assert Letter.objects.count() == 1


def test_no_letter_of_an_annulled_entry_and_a_warning_where_it_was_made_before(clerk, accepted):
    other = accept(clerk, "另一药房")
    letter = make(clerk, accepted)
    address, seq = letter_address(other), entries(other)[-1].seq
    for case in (accepted, other):
        last = entries(case)[-1].seq
        assert record(clerk, case, "annul", entry=last, reason="误登").status_code == 302
    refused = clerk.post(address)
    assert refused.status_code == 422
    assert f"第{seq}号登记已经撤销" in refused.content.decode()
    assert address not in clerk.get(f"/cases/of/{other}").content.decode()
    assert "已经撤销" in clerk.get(f"/letters/{letter.pk}").content.decode()


def test_a_template_with_a_fault_uses_no_number(clerk, accepted, settings):
    own = settings.CONFIG.data / "notices"
    own.mkdir()
    wrong = Document()
    wrong.add_paragraph("{{ no_such_name }}")
    wrong.save(own / "acceptance.docx")
    assert clerk.post(letter_address(accepted)).status_code == 422
    assert not Letter.objects.exists()
    (own / "acceptance.docx").unlink()
    (own / "letterhead.yaml").write_text("agency: 示例市医保中心", "utf-8")
    assert make(clerk, accepted).n == 1


def test_a_file_that_is_gone_is_made_again_and_a_changed_one_is_refused(clerk, accepted, settings):
    letter = make(clerk, accepted)
    before = letter.path.read_bytes()
    letter.path.unlink()
    record(clerk, accepted, "annul", entry=letter.entry, reason="误登")
    answer = clerk.get(f"/letters/{letter.pk}/file")
    assert b"".join(answer.streaming_content) == before
    assert answer["Content-Disposition"].startswith("attachment")
    letter.path.write_bytes(b"PK\x03\x04 another")
    assert clerk.get(f"/letters/{letter.pk}/file").status_code == 422
    letter.path.unlink()
    own = settings.CONFIG.data / "notices"
    own.mkdir()
    (own / "letterhead.yaml").write_text("agency: 示例市医保中心", "utf-8")
    assert clerk.get(f"/letters/{letter.pk}/file").status_code == 422


def test_the_letters_of_the_bureau_are_made_by_the_bureau(clerk, accepted, signed_in):
    leader = signed_in(Role.LEADER)
    assert record(leader, accepted, "refuse", ground="超出规划").status_code == 302
    address = letter_address(accepted, "refusal")
    assert clerk.get(address).status_code == 403
    assert clerk.post(address).status_code == 403
    assert leader.post(address).status_code == 302


@pytest.mark.parametrize("role", [Role.PLANNER, Role.COUNTY, Role.SYSTEM_ADMIN])
def test_others_make_none(signed_in, accepted, role):
    assert signed_in(role).post(letter_address(accepted)).status_code == 403
    assert not Letter.objects.exists()


def test_an_entry_without_such_a_letter_has_no_page(clerk, accepted):
    assert clerk.get(letter_address(accepted, "termination")).status_code == 404
    assert clerk.get(letter_address(accepted, "castle")).status_code == 404
    assert clerk.get(f"/letters/of/{accepted}/999999/acceptance").status_code == 404


def test_the_folder_of_notices_bears_the_numbers_that_were_given(clerk, accepted, tmp_path):
    from dingdian.wiring import letters

    other = accept(clerk, "另一药房")
    make(clerk, other)
    desk = bureau.desk()
    out = tmp_path / "notices"
    seqs = [entries(case)[-1].seq for case in (accepted, other)]
    said = {"case": None, "templates": None, "assessment": None, "force": False}
    assert letters.write_folder(desk, out, seqs=seqs, **said) == 2
    first, second = ((out / f"{seq:06d}-acceptance.html").read_text("utf-8") for seq in seqs)
    assert "〔2026〕　　号" in first
    assert "〔2026〕1号" in second


def test_a_voided_letter_keeps_its_number_and_another_takes_the_next(clerk, accepted):
    letter = make(clerk, accepted)
    reason = {"seen": letter.last, "reason": "受送达人名称有误"}
    assert clerk.post(f"/letters/{letter.pk}/void", reason).status_code == 302
    again = make(clerk, accepted)
    assert (letter.n, again.n) == (1, 2)
    page = clerk.get(f"/cases/of/{accepted}").content.decode()
    assert letter.number in page
    assert again.number in page


def test_a_new_pattern_begins_a_series_of_its_own(clerk, accepted, settings):
    make(clerk, accepted)
    other = accept(clerk, "另一药房")
    own = settings.CONFIG.data / "notices"
    own.mkdir()
    (own / "letterhead.yaml").write_text("numbers: {acceptance: '新字〔{year}〕{n}号'}", "utf-8")
    assert make(clerk, other).number == "新字〔2026〕1号"
