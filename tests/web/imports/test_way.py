"""The way of an import: upload, preview, apply, undo, and what stops it."""

from dingdian.web import bureau, clock
from dingdian.web.imports import tidying
from dingdian.web.imports.models import Import, State
from dingdian.web.jobs import running
from dingdian.web.jobs.models import Job
from tests.web.importing import (
    ask_apply,
    kinds,
    ledger_print,
    newcomer,
    packed,
    page,
    previewed,
    renamed,
    uploaded,
)


def test_an_upload_is_checked_previewed_applied_and_undone(client, work, tables, tmp_path):
    code = renamed(tables)
    row = uploaded(client, work, packed(tables, tmp_path))
    assert row.state == State.CHECKED
    assert row.rows == sum(len(its) for its in tables.values())
    assert row.files[0]["name"] == "台账.xlsx"
    stored = row.files_place / "台账.xlsx"
    assert stored.stat().st_mode & 0o777 == 0o600
    import hashlib

    assert hashlib.sha256(stored.read_bytes()).hexdigest() == row.files[0]["sha256"]
    before = ledger_print(row.day)

    client.post(f"/imports/{row.pk}/preview")
    work()
    row.refresh_from_db()
    assert (row.state, row.base) == (State.PREVIEWED, before)
    assert row.preview["counts"] == {"institutions": {"changed": 1}}
    shown = page(client, f"/imports/{row.pk}/preview")
    assert "改名后的医院" in shown
    assert code in shown
    assert ledger_print(row.day) == before

    assert ask_apply(client, row).status_code == 302
    work()
    row.refresh_from_db()
    assert (row.state, row.rows_kept, row.reason) == (State.APPLIED, 1, "年度更新")
    assert ledger_print(row.day) != before
    assert Job.objects.filter(kind="refresh_picture").exists()

    client.post(f"/imports/{row.pk}/undo", {"reason": "传错了文件"})
    work()
    row.refresh_from_db()
    assert row.state == State.UNDONE
    assert ledger_print(row.day) == before
    acts = [note.act for note in bureau.journal().notes(row.subject)]
    assert acts == ["import.upload", "import.apply", "import.undo"]
    for path in ("", "/quality", "/preview", "/apply", "/preview/institutions"):
        page(client, f"/imports/{row.pk}{path}")


def test_cases_that_an_import_opened_are_annulled_and_open_again(client, work, tables, tmp_path):
    newcomer(tables)
    for n in (1, 2):
        row = previewed(client, work, packed(tables, tmp_path))
        assert (row.preview["opens"], row.preview["institutions"]) == (1, 1)
        before, entries = ledger_print(row.day), bureau.desk().ledger.head().entries
        ask_apply(client, row)
        work()
        row.refresh_from_db()
        assert (row.cases, row.first) == (1, entries + 1), n
        assert not Job.objects.filter(state="failed").exists()
        client.post(f"/imports/{row.pk}/undo", {"reason": "更正"})
        work()
        row.refresh_from_db()
        assert row.state == State.UNDONE
        assert ledger_print(row.day) == before
        assert bureau.desk().ledger.head().entries == entries + 2
    moves = [entry.move for entry in bureau.desk().ledger.entries("P23270100999")]
    assert moves == ["open", "annul"] * 2


def test_an_import_whose_case_has_moved_cannot_be_undone(client, work, tables, tmp_path):
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.wiring import lives

    code = newcomer(tables)
    row = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, row)
    work()
    asked = Asked(
        case=code,
        move="interview",
        held_on=clock.today(),
        known_at=clock.now(),
        by="li",
        role="agency",
    )
    lives.move(bureau.desk(), asked)
    client.post(f"/imports/{row.pk}/undo", {"reason": "更正"})
    work()
    row.refresh_from_db()
    job = Job.objects.filter(kind="import_undo").latest("pk")
    assert (row.state, job.state, kinds(job)) == (State.APPLIED, "failed", ["import_case_moved"])


def test_only_the_last_import_can_be_undone(client, work, tables, tmp_path):
    renamed(tables)
    first = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, first)
    work()
    renamed(tables, 1)
    second = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, second)
    work()
    assert f"/imports/{first.pk}/undo" not in page(client, f"/imports/{first.pk}/apply")
    client.post(f"/imports/{first.pk}/undo", {"reason": "更正"})
    work()
    first.refresh_from_db()
    assert first.state == State.APPLIED
    client.post(f"/imports/{second.pk}/undo", {"reason": "更正"})
    work()
    second.refresh_from_db()
    assert second.state == State.UNDONE


def test_who_previewed_an_older_ledger_is_told(client, work, tables, tmp_path):
    renamed(tables)
    mine = previewed(client, work, packed(tables, tmp_path))
    renamed(tables, 1)
    theirs = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, mine)
    ask_apply(client, theirs)
    work()
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state) == (State.APPLIED, State.CHECKED)
    job = Job.objects.filter(kind="import_apply", about=theirs.subject).get()
    assert kinds(job) == ["import_base_changed"]
    assert "台账已有变动" in page(client, f"/imports/{theirs.pk}/preview")
    client.post(f"/imports/{theirs.pk}/preview")
    work()
    ask_apply(client, theirs)
    work()
    theirs.refresh_from_db()
    assert theirs.state == State.APPLIED


def test_applying_twice_writes_once(client, work, tables, tmp_path):
    renamed(tables)
    row = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, row)
    job = Job.objects.get(kind="import_apply")
    running.ask("import_apply", row.subject, by=job.by, **{**job.given, "reason": "又一次"})
    work()
    row.refresh_from_db()
    assert row.reason == "年度更新"
    assert [j.state for j in Job.objects.filter(kind="import_apply").order_by("pk")] == [
        "done",
        "failed",
    ]
    assert kinds(Job.objects.filter(kind="import_apply").order_by("pk").last()) == ["import_state"]
    assert len([n for n in bureau.journal().notes(row.subject) if n.act == "import.apply"]) == 1


def test_what_changes_nothing_is_not_applied(client, work, tables, tmp_path):
    row = previewed(client, work, packed(tables, tmp_path))
    assert row.preview["counts"] == {}
    assert "台账现有内容" in page(client, f"/imports/{row.pk}/preview")
    ask_apply(client, row)
    work()
    assert kinds(Job.objects.get(kind="import_apply")) == ["import_no_change"]


def test_a_discarded_import_keeps_its_row_and_loses_its_files_later(client, work, tables, tmp_path):
    import datetime as dt

    row = uploaded(client, work, packed(tables, tmp_path))
    client.post(f"/imports/{row.pk}/discard")
    row.refresh_from_db()
    assert row.state == State.DISCARDED
    tidying.tidy()
    assert row.place.is_dir()
    Import.objects.filter(pk=row.pk).update(
        closed_at=clock.now() - dt.timedelta(days=tidying.KEPT_DAYS + 1)
    )
    tidying.tidy()
    assert not row.place.exists()
    assert client.post(f"/imports/{row.pk}/discard").status_code == 422
    assert ask_apply(client, row).status_code == 422
    page(client, f"/imports/{row.pk}")


def test_something_unusual_has_to_be_looked_at(client, work, tables, tmp_path):
    for row in tables["populations"]:
        if row.get("resident"):
            row["resident"] //= 3
    row = previewed(client, work, packed(tables, tmp_path))
    assert {each["kind"] for each in row.preview["unusual"]} == {"number_moved"}
    assert ask_apply(client, row).status_code == 422
    assert not Job.objects.filter(kind="import_apply").exists()
    assert ask_apply(client, row, looked="on").status_code == 302


def test_who_applies_the_first_ledger_is_told_that_it_stays(client, work, tables, tmp_path):
    _, first = renamed(tables), previewed(client, work, packed(tables, tmp_path))
    assert "不能撤销" not in page(client, f"/imports/{first.pk}/apply")
    Import.objects.filter(pk=first.pk).update(base="")
    assert "这是截至该日的第一份台账" in page(client, f"/imports/{first.pk}/apply")
