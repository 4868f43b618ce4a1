"""The journal for the audit administrator: read, filtered, exported, verified, its heads."""

import datetime as dt
import io
import json

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dingdian.core.journal import Note
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.web import bureau
from dingdian.web.audit import views
from dingdian.web.jobs.models import Job, State
from dingdian.web.jobs.running import ask
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT

AUDITOR = Role.AUDIT_ADMIN


def _note(subject="plan:7", act="plan.issue", day=5, hour=9, **more):
    at = dt.datetime(2026, 3, day, hour, tzinfo=SHANGHAI)
    region, facts = more.pop("region", ""), more.pop("facts", {})
    by = more.pop("by", "li")
    return bureau.journal().add(Note(0, subject, act, at, by, "planner+clerk", region, facts))


def _said(client, query=""):
    return client.get(f"/journal/{query}").content.decode()


# -- reading ----------------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role is not AUDITOR])
def test_nobody_else_reads_exports_or_verifies(signed_in, role):
    client = signed_in(role)
    for path in ("", "export", "verification", "heads/ledger", "heads/journal"):
        assert client.get(f"/journal/{path}").status_code == 403, path


def test_a_note_is_shown_with_all_that_it_says(signed_in):
    _note(region=DISTRICT, facts={"rows": "274", "strange_key": "值"}, act="role.grant")
    said = _said(signed_in(AUDITOR), "?subject=plan:7")
    for words in (
        "授予角色",
        "role.grant",
        "规划员",
        "274",
        "strange_key",
        "值",
        "2026年3月5日 09:00",
    ):
        assert words in said, words
    assert DISTRICT not in said.split("<tbody>")[1]  # its name stands there


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?act=plan.issue", True),
        ("?act=plan.run", False),
        ("?by=li", True),
        ("?by=l", False),
        ("?by=-", False),
        ("?subject=an:7", True),
        ("?subject=plan:8", False),
        (f"?district={DISTRICT}", True),
        ("?district=232762", False),
        ("?since=2026-03-05", True),
        ("?since=2026-03-06", False),
        ("?through=2026-03-05", True),
        ("?through=2026-03-04", False),
        ("?since=2026-03-05&through=2026-03-05&by=li&act=plan.issue", True),
        ("?since=nonsense", True),
        ("?since=9999-12-31", True),
        ("?page=99", True),
    ],
)
@pytest.mark.parametrize("hour", [0, 23])
def test_the_filters_stand_in_the_address(signed_in, query, found, hour):
    _note(region=DISTRICT, hour=hour)
    assert (">plan:7<" in _said(signed_in(AUDITOR), query)) is found


def test_what_is_shown_is_what_the_note_says_not_the_column_beside(signed_in):
    made = _note()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_note SET act = 'plan.run' WHERE seq = %s", [made.seq])
    assert "plan.issue" in _said(signed_in(AUDITOR), "?act=plan.run").split("<tbody>")[1]


def test_pages_of_fifty(signed_in):
    for number in range(51):
        _note(subject=f"plan:{number:03}")
    client = signed_in(AUDITOR)
    assert _said(client, "?act=plan.issue").count('scope="row"') == 50
    assert _said(client, "?act=plan.issue&page=2").count('scope="row"') == 1


@pytest.mark.parametrize("rows", [1, 30, 300])
def test_the_page_asks_the_same_number_of_questions(signed_in, rows):
    client = signed_in(AUDITOR)
    counts = []
    for n in (1, rows):
        for _ in range(n):
            _note(region=DISTRICT)
        client.get("/journal/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/journal/?act=plan.issue")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_no_note_gives_an_empty_page(signed_in):
    assert "没有符合条件的记录" in _said(signed_in(AUDITOR), "?by=nobody")


def test_scripts_in_notes_are_shown_as_text(signed_in):
    _note(facts={"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in _said(signed_in(AUDITOR))


# -- export -----------------------------------------------------------------------------


def _sheet(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def test_the_export_holds_what_the_filters_leave_and_nothing_in_it_runs(signed_in):
    evil = ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "http://evil.example", "{=1}"]
    for text in evil:
        _note(subject=text, facts={"name": text})
    _note(act="plan.run")
    sheet = _sheet(signed_in(AUDITOR).get("/journal/export?act=plan.issue"))
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[6].value for row in rows] == evil[::-1]
    assert {cell.data_type for row in rows for cell in row[1:]} <= {"s", "n"}
    assert not any(cell.data_type == "f" or cell.hyperlink for row in rows for cell in row)
    assert rows[0][1].value == "2026-03-05 09:00:00"


def test_an_export_is_itself_written_down_with_its_filters(signed_in):
    _note()
    signed_in(AUDITOR).get("/journal/export?act=plan.issue&by=")
    last = bureau.journal().notes("journal")[-1]
    assert (last.act, last.by) == ("audit.export", "audit_admin")
    assert last.facts == {"rows": "1", "filter_act": "plan.issue"}


@pytest.mark.parametrize(("most", "status"), [(3, 200), (2, 422)])
def test_too_many_rows_are_refused(signed_in, monkeypatch, most, status):
    monkeypatch.setattr(views, "MOST", most)
    for _ in range(3):
        _note()
    assert signed_in(AUDITOR).get("/journal/export?act=plan.issue").status_code == status


# -- verification -----------------------------------------------------------------------


def _verify(client, work, *heads):
    files = [io.BytesIO(text.encode()) for text in heads]
    for number, file in enumerate(files):
        file.name = f"head{number}.json"
    answer = client.post("/journal/verification", {"heads": files} if files else {})
    assert answer.status_code == 302, answer.content.decode()
    work()
    job = Job.objects.get(kind="verify")
    assert answer["Location"] == f"/journal/verification/{job.pk}"
    return job, client.get(answer["Location"]).content.decode()


def _kinds(job, chain):
    return [kind for kind, _ in job.result[chain]["faults"]]


def _sql(*words):
    with connection.cursor() as cursor:
        cursor.execute(*words)


def test_sound_chains_are_said_to_be_sound(signed_in, work):
    _note()
    job, said = _verify(signed_in(AUDITOR), work)
    assert job.state == State.DONE
    assert said.count("完好") >= 2
    assert job.result["ledger"]["count"] == job.result["journal"]["count"] == 0
    assert job.result["ledger"]["entries"] > 0
    last = bureau.journal().notes("chains")[-1]
    assert (last.act, last.by, last.facts["faults"]) == ("audit.verify", "audit_admin", "0")


def test_a_note_that_was_changed_is_found(signed_in, work):
    made = _note()
    _note()
    _sql(
        "UPDATE ledger_note SET body = replace(body, 'plan.issue', 'plan.burns') WHERE seq = %s",
        [made.seq],
    )
    job, said = _verify(signed_in(AUDITOR), work)
    assert _kinds(job, "journal") == ["journal_changed"]
    assert f"第{made.seq}号操作记录被改动过" in said


def test_a_note_that_was_taken_out_is_found(signed_in, work):
    made = _note()
    _note()
    _sql("DELETE FROM ledger_note WHERE seq = %s", [made.seq])
    job, _ = _verify(signed_in(AUDITOR), work)
    assert "journal_gap" in _kinds(job, "journal")


def test_a_note_that_was_slipped_in_is_found(signed_in, work):
    last = _note()
    _sql(
        "INSERT INTO ledger_note (seq, subject, act, by, region, at, body, digest)"
        " SELECT seq + 1, subject, act, by, region, at, body, digest FROM ledger_note"
        " WHERE seq = %s",
        [last.seq],
    )
    job, _ = _verify(signed_in(AUDITOR), work)
    assert "journal_changed" in _kinds(job, "journal")


@pytest.mark.parametrize("column", ["act", "by", "region"])
def test_a_column_that_hides_a_note_from_the_filters_is_found(signed_in, work, column):
    made = _note()
    _sql(f"UPDATE ledger_note SET {column} = 'x' WHERE seq = %s", [made.seq])  # noqa: S608
    job, _ = _verify(signed_in(AUDITOR), work)
    assert _kinds(job, "journal") == ["journal_columns"]


def test_an_end_that_was_cut_off_is_found_by_a_head_and_by_nothing_else(signed_in, work):
    client = signed_in(AUDITOR)
    _note()
    head = client.get("/journal/heads/journal").content.decode()
    kept = json.loads(head)
    _sql("DELETE FROM ledger_note WHERE seq >= %s", [kept["entries"]])
    job, _ = _verify(client, work)
    assert _kinds(job, "journal") == []
    Job.objects.all().delete()
    _sql("DELETE FROM ledger_note WHERE seq >= %s", [kept["entries"]])
    job, said = _verify(client, work, head)
    assert _kinds(job, "journal") == ["journal_shortened"]
    assert "不完好" in said


def test_an_entry_of_the_ledger_that_was_changed_is_found(signed_in, work):
    _sql("UPDATE ledger_entry SET body = replace(body, '\"sample\"', '\"simple\"') WHERE seq = 2")
    job, said = _verify(signed_in(AUDITOR), work)
    assert _kinds(job, "ledger")[0] == "ledger_changed"
    assert "第2号登记被改动过" in said
    assert job.result["journal"]["count"] == 0


def test_heads_of_both_chains_are_held_against_them(signed_in, work):
    client = signed_in(AUDITOR)
    heads = [
        client.get(f"/journal/heads/{chain}").content.decode() for chain in ("ledger", "journal")
    ]
    job, _ = _verify(client, work, *heads)
    assert [job.result[chain]["heads"] for chain in ("ledger", "journal")] == [1, 1]
    assert job.result["ledger"]["count"] == job.result["journal"]["count"] == 0


def test_a_head_of_another_history_is_found(signed_in, work):
    client = signed_in(AUDITOR)
    head = json.loads(client.get("/journal/heads/ledger").content)
    job, _ = _verify(client, work, json.dumps({**head, "digest": "0" * 64}))
    assert _kinds(job, "ledger") == ["ledger_other_history"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        '{"ledger": "x"}',
        '{"ledger": "elsewhere", "entries": 1, "digest": ""}',
        "[" * 9000,
        "x" * 20_000,
    ],
)
def test_a_file_that_is_no_head_is_refused(signed_in, text):
    file = io.BytesIO(text.encode() or b" ")
    file.name = "head.json"
    answer = signed_in(AUDITOR).post("/journal/verification", {"heads": [file]})
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert not Job.objects.exists()


def test_many_faults_are_counted_and_the_first_are_shown(signed_in, work):
    for _ in range(120):
        _note()
    _sql("UPDATE ledger_note SET digest = '00' WHERE act = 'plan.issue'")
    job, said = _verify(signed_in(AUDITOR), work)
    assert job.result["journal"]["count"] >= 120
    assert len(job.result["journal"]["faults"]) == 100
    assert "另有" in said


def test_a_head_is_exported_as_the_command_writes_it(signed_in, tmp_path):
    from dingdian.wiring import lives

    answer = signed_in(AUDITOR).get("/journal/heads/ledger")
    assert answer["Content-Disposition"].startswith('attachment; filename="ledger-head-')
    lives.write_head(bureau.desk(), tmp_path / "head.json", force=False)
    written = json.loads((tmp_path / "head.json").read_text("utf-8"))
    found = json.loads(answer.content)
    assert {**found, "at": ""} == {**written, "at": ""}
    (tmp_path / "own.json").write_bytes(answer.content)
    assert lives.verify(bureau.desk(), [tmp_path / "own.json"], mend=False)[1] == ()
    assert signed_in(AUDITOR).get("/journal/heads/other").status_code == 404


# -- the work of others -----------------------------------------------------------------


def test_somebody_sees_and_cancels_the_work_that_they_asked_for_and_no_other(signed_in):
    mine, other = ask("x", "x:1", by="audit_admin"), ask("x", "x:2", by="planner")
    client = signed_in(AUDITOR)
    assert client.get(f"/jobs/{mine.pk}").status_code == 200
    assert client.get(f"/jobs/{other.pk}").status_code == 404
    assert client.post(f"/jobs/{other.pk}/cancel").status_code == 404
    assert client.post(f"/jobs/{mine.pk}/cancel").status_code == 302
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == (State.CANCELLED, State.WAITING)
    assert client.get("/jobs/").status_code == 403
    assert signed_in(Role.PLANNER).get(f"/jobs/{other.pk}").status_code == 200


def test_an_auditor_follows_the_verification_of_another_and_nobody_else_does(signed_in):
    theirs = ask("verify", "chains:other", by="another_auditor")
    client = signed_in(AUDITOR)
    page = client.get(f"/journal/verification/{theirs.pk}").content.decode()
    asked = f"/jobs/{theirs.pk}"
    assert f'hx-get="{asked}' in page
    assert client.get(asked, headers={"HX-Request": "true"}).status_code == 200
    for role in (Role.PLANNER, Role.SYSTEM_ADMIN):
        assert signed_in(role).get(asked).status_code == 404


def test_the_ledger_and_the_pages_share_one_connection(db):
    assert bureau.desk().ledger.alias == "default"
