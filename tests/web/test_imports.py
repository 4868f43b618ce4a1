"""The import wizard: upload, quality, preview, apply, undo; and what is refused on the way."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from dingdian.core.census.canonical import fingerprint
from dingdian.samples import SAMPLES
from dingdian.storage.workbook_write import write_workbook
from dingdian.web import bureau, clock
from dingdian.web.imports import tidying
from dingdian.web.imports.models import Import, State
from dingdian.web.jobs import running
from dingdian.web.jobs.models import Job
from dingdian.web.rights import Role

XLSX = "application/octet-stream"


@pytest.fixture
def tables():
    """The rows of the sample by table, to be edited."""
    return SAMPLES["daxinganling"](seed=1).tables


@pytest.fixture
def client(signed_in):
    return signed_in(Role.PLANNER)


@pytest.fixture(autouse=True)
def _no_beats(monkeypatch):
    """A test is one transaction: a beat beside it would wait for its end."""
    monkeypatch.setattr(running, "BEAT", 3600.0)


@pytest.fixture(autouse=True)
def _folders_go():
    before = set(Path(settings.MEDIA_ROOT).iterdir())
    yield
    import shutil

    for each in set(Path(settings.MEDIA_ROOT).iterdir()) - before:
        shutil.rmtree(each)


def packed(tables, tmp_path, name="台账.xlsx"):
    write_workbook(tables, tmp_path / "w.xlsx")
    return SimpleUploadedFile(name, (tmp_path / "w.xlsx").read_bytes(), XLSX)


def upload(client, *files):
    return client.post("/imports/new", {"files": list(files)})


def uploaded(client, work, *files):
    answer = upload(client, *files)
    assert answer.status_code == 302, answer.content.decode()
    work()
    return Import.objects.latest("pk")


def previewed(client, work, *files):
    row = uploaded(client, work, *files)
    client.post(f"/imports/{row.pk}/preview")
    work()
    row.refresh_from_db()
    return row


def ask_apply(client, row, reason="年度更新", **more):
    seen = {"base": Import.objects.get(pk=row.pk).base}
    return client.post(f"/imports/{row.pk}/apply", {"reason": reason, **seen, **more})


def ledger_print(day):
    from dingdian.actions.preview_import import base_of

    desk = bureau.desk()
    return base_of(desk.ledger, desk.terms, day).fingerprint


def renamed(tables, row=0, name="改名后的医院"):
    """The tables with the name of an institution changed; its code."""
    tables["institutions"][row] = {**tables["institutions"][row], "name": name}
    return tables["institutions"][row]["code"]


def newcomer(tables):
    """The tables with one more institution under agreement; its code."""
    first = next(row for row in tables["institutions"] if row.get("standing") == "in_force")
    new = {**first, "code": "P23270100999", "name": "新药房", "uscc": None}
    tables["institutions"].append(new | {"lon": None, "lat": None, "crs": None})
    return new["code"]


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def kinds(job):
    return [each[0] for each in job.faults]


# -- the way through ----------------------------------------------------------------------


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


# -- quality ------------------------------------------------------------------------------


def test_a_fault_is_shown_with_the_rows_around_it_and_its_cell_marked(
    client, work, tables, tmp_path
):
    script = '<script>alert("x")</script>'
    renamed(tables, 3, script)
    tables["institutions"][3]["region"] = "999999"
    row = uploaded(client, work, packed(tables, tmp_path))
    assert (row.state, row.blocking > 0, row.fingerprint) == (State.BLOCKED, True, "")
    shown = page(client, f"/imports/{row.pk}/quality?severity=blocking")
    group = next(g for g in row.groups if g["severity"] == "blocking")
    assert f"/imports/{row.pk}/quality/{group['n']}" in shown
    rows = page(client, f"/imports/{row.pk}/quality/{group['n']}")
    assert '<td class="blocking">999999</td>' in rows
    assert "&lt;script&gt;" in rows
    assert script not in rows
    assert client.post(f"/imports/{row.pk}/preview").status_code == 422
    assert f"/imports/{row.pk}/quality.xlsx" in page(client, f"/imports/{row.pk}/marking")
    marked = client.get(f"/imports/{row.pk}/quality.xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(marked.streaming_content)))
    assert "机构" in book.sheet_names


def test_quality_of_a_group_is_told_in_both_languages(signed_in, work, tables, tmp_path):
    tables["institutions"][3]["region"] = "999999"
    client = signed_in(Role.PLANNER)
    row = uploaded(client, work, packed(tables, tmp_path))
    english = page(signed_in(Role.PLANNER, "en"), f"/imports/{row.pk}/quality")
    assert row.groups[0]["what"]["en"].split("999999")[0].strip()[:20] in english
    assert row.groups[0]["what"]["zh"] in page(client, f"/imports/{row.pk}/quality")


def test_numbers_of_persons_are_masked(client, work, tables, tmp_path):
    number = "232700199001011234"
    tables["agreements"][0] = {**tables["agreements"][0], "person": number}
    row = previewed(client, work, packed(tables, tmp_path))
    shown = page(client, f"/imports/{row.pk}/preview")
    assert number not in shown
    assert "232*" in shown
    assert number.encode() not in client.get(f"/imports/{row.pk}/preview.csv").getvalue()


def persons_of_agreements():
    from dingdian.actions.rebuild_census import rebuild_census

    desk = bureau.desk()
    table = rebuild_census(desk.ledger, desk.terms, clock.today()).tables["agreements"]
    pairs = zip(table["institution"].cells(), table["person"].cells(), strict=True)
    return {institution: person for institution, person in pairs if person}


def test_the_ledger_goes_out_without_persons_and_comes_in_again_without_losing_them(
    client, work, tables, tmp_path
):
    number = "232700199001011234"
    tables["agreements"][0] = {**tables["agreements"][0], "person": number}
    row = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, row)
    work()
    whose = persons_of_agreements()
    assert whose[tables["agreements"][0]["institution"]] == number
    client.post("/imports/ledger")
    work()
    content = client.get("/imports/ledger.xlsx").getvalue()
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert "负责人证件号码" not in book.get_sheet_by_name("协议").to_python()[0]
    assert not any(
        number in map(str, each) for s in book.sheet_names
        for each in book.get_sheet_by_name(s).to_python()
    )  # fmt: skip
    acts = [n.act for n in bureau.journal().notes("ledger:workbook")]
    assert {"ledger.workbook_ask", "ledger.workbook"} <= set(acts)
    again = previewed(client, work, SimpleUploadedFile("台账.xlsx", content, XLSX))
    assert "agreements" not in again.preview["counts"]
    renamed(tables)
    for each in tables["agreements"]:
        each.pop("person", None)
    third = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, third)
    work()
    third.refresh_from_db()
    assert third.state == State.APPLIED
    assert persons_of_agreements() == whose


def test_the_workbook_with_marked_cells_has_no_numbers_of_persons(client, work, tables, tmp_path):
    number = "232700199001011234"
    tables["agreements"][0] |= {"person": number, "institution": "H00000000000"}
    row = uploaded(client, work, packed(tables, tmp_path))
    content = client.get(f"/imports/{row.pk}/quality.xlsx").getvalue()
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet = book.get_sheet_by_name("协议").to_python()
    assert "H00000000000" in sheet[1]
    assert number not in map(str, sheet[1])
    assert [n.act for n in bureau.journal().notes(row.subject)][-1] == "import.marked"


# -- who applies what ---------------------------------------------------------------------------


def test_only_the_preview_that_was_seen_is_applied(client, work, tables, tmp_path):
    renamed(tables)
    row = previewed(client, work, packed(tables, tmp_path))
    assert f'name="base" value="{row.base}"' in page(client, f"/imports/{row.pk}/apply")
    assert ask_apply(client, row, base="0" * 64).status_code == 422
    assert not Job.objects.filter(kind="import_apply").exists()
    ask_apply(client, row)
    Import.objects.filter(pk=row.pk).update(base="1" * 64)  # previewed anew before it is begun
    work()
    assert kinds(Job.objects.get(kind="import_apply")) == ["import_preview_other"]


def test_an_import_is_not_applied_once_its_end_was_asked_for(
    client, work, tables, tmp_path, monkeypatch
):
    from dingdian.web.imports import handlers

    renamed(tables)
    row = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, row)
    applies = handlers._apply_to

    def cancelled(found, applied, its):
        applies(found, applied, its)
        running.cancel(its.job)

    monkeypatch.setattr(handlers, "_apply_to", cancelled)
    before = ledger_print(row.day)
    work()
    row.refresh_from_db()
    assert (row.state, ledger_print(row.day)) == (State.PREVIEWED, before)


@pytest.mark.parametrize("how", ["inactive", "without the right"])
def test_who_may_no_longer_import_has_nothing_applied(client, user, work, tables, tmp_path, how):
    renamed(tables)
    row = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, row)
    planner = user(Role.PLANNER)
    if how == "inactive":
        planner.is_active = False
        planner.save()
    else:
        planner.grants.all().delete()
    work()
    row.refresh_from_db()
    assert row.state == State.PREVIEWED
    assert kinds(Job.objects.get(kind="import_apply")) == ["job_not_entitled"]


def test_what_was_uploaded_is_removed_when_its_days_are_over(client, work, tables, tmp_path):
    import datetime as dt

    from dingdian.web.persons import blank_old

    tables["institutions"][3]["region"] = "999999"
    row = uploaded(client, work, packed(tables, tmp_path))
    days = settings.CONFIG.personal_days
    assert "import_files" not in {k for k, n in blank_old(clock.now(), days).items() if n}
    assert row.files_place.is_dir()
    later = clock.now() + dt.timedelta(days=days + 1)
    assert blank_old(later, days)["import_files"] == 1
    assert not any((row.files_place.exists(), row.copy_place.exists(), row.marked.exists()))
    row.refresh_from_db()
    assert row.files[0]["sha256"]
    page(client, f"/imports/{row.pk}/quality")
    assert blank_old(later, days)["import_files"] == 0


# -- files that are none ----------------------------------------------------------------------


def zipped(*members, **more):
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return memory.getvalue()


def encrypted():
    content = bytearray(zipped(("机构.csv", "编号,名称\n1,甲\n")))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + at] |= 1
    return bytes(content)


def linked():
    info = zipfile.ZipInfo("机构.csv")
    info.external_attr = 0o120777 << 16
    return zipped((info, "/etc/passwd"))


BOMB = ("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
BOOK = (("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"))
GARBAGE = {
    "empty": ("台账.xlsx", lambda: b"", "是空的"),
    "pdf": ("台账.xlsx", lambda: b"%PDF-1.7 abc", "PDF"),
    "program": ("机构.csv", lambda: b"MZ\x90\x00", "EXE"),
    "page": ("机构.csv", lambda: b"<html><script>1</script>", "HTML"),
    "old workbook": ("台账.xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"x" * 600, "有密码"),
    "binary": ("机构.csv", lambda: bytes(range(256)) * 9, "binary"),
    "prose": ("机构.csv", "没有分隔符的一行话".encode, "text"),
    "other json": ("a.geojson", lambda: b'{"a": [1, 2]}', "JSON"),
    "document": ("台账.xlsx", lambda: zipped(BOOK[0], ("word/document.xml", "<w/>")), "DOCX"),
    "macros": ("台账.xlsx", lambda: zipped(*BOOK, ("xl/vbaProject.bin", b"x")), "带有宏"),
    "bomb": ("台账.xlsx", lambda: zipped(*BOOK, BOMB), "解压后过大"),
    "bomb of csv": ("t.zip", lambda: zipped(("机构.csv", b"1," * 60_000_000)), "解压后过大"),
    "out of it": ("t.zip", lambda: zipped(("../../机构.csv", "a,b\n")), "指向包外"),
    "out by root": ("t.zip", lambda: zipped(("/etc/机构.csv", "a,b\n")), "指向包外"),
    "out by drive": ("t.zip", lambda: zipped(("C:\\机构.csv", "a,b\n")), "指向包外"),
    "link": ("t.zip", linked, "指向包外"),
    "locked": ("t.zip", encrypted, "加密"),
    "cut off": ("t.zip", lambda: zipped(("机构.csv", "a,b\n" * 99))[:60], "已损坏"),
    "within": ("t.zip", lambda: zipped(("内.zip", zipped(("机构.csv", "a,b")))), "ZIP"),
    "empty within": ("t.zip", lambda: zipped(("机构.csv", "")), "是空的"),
    "twice": ("t.zip", lambda: zipped(("a/机构.csv", "a,b"), ("b/机构.csv", "a,b")), "都叫"),
}


@pytest.mark.parametrize("what", GARBAGE)
def test_what_is_no_ledger_is_refused_and_nothing_is_kept(client, what):
    name, make, said = GARBAGE[what]
    before = set(Path(settings.MEDIA_ROOT).iterdir())
    answer = upload(client, SimpleUploadedFile(name, make(), XLSX))
    told = answer.content.decode()
    assert answer.status_code == 422
    assert said in told
    assert "没有保留" in told or "Nothing of it was kept" in told
    assert set(Path(settings.MEDIA_ROOT).iterdir()) == before
    assert not Import.objects.exists()
    assert not Job.objects.exists()


def test_one_bad_file_among_good_ones_keeps_none(client, tables, tmp_path):
    before = set(Path(settings.MEDIA_ROOT).iterdir())
    bad = SimpleUploadedFile("b.csv", b"%PDF", XLSX)
    assert upload(client, packed(tables, tmp_path), bad).status_code == 422
    assert set(Path(settings.MEDIA_ROOT).iterdir()) == before


def test_no_file_at_all_is_told(client):
    assert client.post("/imports/new", {}).status_code == 422


def test_a_hundred_megabytes_are_refused_while_they_arrive(client):
    before = set(Path(settings.MEDIA_ROOT).iterdir())
    large = SimpleUploadedFile("台账.csv", b"a,b,c,d\n" * (100 * 1024 * 1024 // 8), XLSX)
    answer = upload(client, large)
    assert answer.status_code == 413
    assert "50 MB" in answer.content.decode()
    assert set(Path(settings.MEDIA_ROOT).iterdir()) == before


def test_a_name_with_markup_is_only_a_name(client, work, tables, tmp_path):
    name = '"><img src=x onerror=alert(1)>.xlsx'
    row = uploaded(client, work, packed(tables, tmp_path, name))
    for path in ("/imports/", f"/imports/{row.pk}", f"/imports/{row.pk}/quality"):
        assert "<img src=x" not in page(client, path)


def test_a_workbook_that_lies_about_its_sheets_is_a_fault_of_quality(client, work):
    row = uploaded(client, work, SimpleUploadedFile("台账.xlsx", zipped(*BOOK), XLSX))
    assert row.state == State.BLOCKED
    page(client, f"/imports/{row.pk}/quality")


def test_a_zip_of_csv_and_boundaries_beside_it_are_taken(
    client, work, tables, tmp_path, sample_ledger
):
    from dingdian.storage.census_files import read_census
    from dingdian.storage.census_write import write_census

    census = read_census(sample_ledger).census
    write_census(census, tmp_path / "c")
    members = [(p.name, p.read_bytes()) for p in (tmp_path / "c").glob("*.csv")]
    files = [
        SimpleUploadedFile("台账.zip", zipped(("__MACOSX/._x", "x"), *members), XLSX),
        SimpleUploadedFile("b.json", (tmp_path / "c" / "boundaries.geojson").read_bytes(), XLSX),
    ]
    row = uploaded(client, work, *files)
    assert row.state == State.CHECKED
    assert row.fingerprint == fingerprint(census)


# -- who, and what goes out -------------------------------------------------------------------


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.PLANNER])
def test_nobody_else_imports(signed_in, role):
    for path in ("", "new", "ledger.xlsx", "template.xlsx", "1", "1/preview"):
        assert signed_in(role).get(f"/imports/{path}").status_code == 403


def test_a_planner_of_one_district_does_not_import(signed_in, user):
    from dingdian.web.accounts.models import Grant

    Grant.objects.filter(user=user(Role.PLANNER)).update(region="232761")
    assert signed_in(Role.PLANNER).get("/imports/").status_code == 403
    assert signed_in(Role.PLANNER).get("/imports/1").status_code == 403


def test_the_template_is_an_empty_ledger(client):
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/imports/template.xlsx").content))
    assert {"机构", "区划"} <= set(book.sheet_names)


def test_the_ledger_taken_along_and_brought_back_changes_nothing(client, work):
    client.post("/imports/ledger")
    work()
    assert "/imports/ledger.xlsx" in page(client, "/imports/new")
    content = b"".join(client.get("/imports/ledger.xlsx").streaming_content)
    row = previewed(client, work, SimpleUploadedFile("台账.xlsx", content, XLSX))
    assert row.day == clock.today()
    assert row.preview["counts"] == {}


def test_a_formula_in_a_name_never_runs_when_it_goes_out(client, work, tables, tmp_path):
    evil = '=HYPERLINK("http://x","y")'
    renamed(tables, 0, evil)
    row = previewed(client, work, packed(tables, tmp_path))
    text = client.get(f"/imports/{row.pk}/preview.csv").getvalue().decode("utf-8-sig")
    assert f"'{evil}".replace('"', '""') in text
    assert f',"{evil}'.replace('"x', '""x') not in text
    ask_apply(client, row)
    client.post("/imports/ledger")
    work()
    content = b"".join(client.get("/imports/ledger.xlsx").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheets = [n for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in book.read(name) for name in sheets)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("机构")
    assert any(evil in each for each in rows.to_python())


@pytest.mark.parametrize("n", [1, 30, 300])
def test_the_list_asks_as_much_of_the_database_for_many_as_for_one(
    client, n, django_assert_max_num_queries
):
    for number in range(n):
        Import.objects.create(
            folder=f"f{number}", name="台账.xlsx", by="planner", uploaded_at=clock.now()
        )
    page(client, "/imports/")  # the session is renewed
    with django_assert_max_num_queries(6):
        page(client, "/imports/")


def test_lines_are_read_a_page_at_a_time(tmp_path):
    from dingdian.web.imports.lines import Lines, write

    sizes = [write(tmp_path / str(n), [[n, i] for i in range(n)]) for n in (3, 1, 4)]
    lines = Lines([(tmp_path / str(n), n) for n in sizes])
    every = [[n, i] for n in (3, 1, 4) for i in range(n)]
    assert (len(lines), lines[:]) == (8, every)
    for first in range(9):
        for last in range(first, 9):
            assert lines[first:last] == every[first:last]
    assert json.loads((tmp_path / "3").read_text().splitlines()[0]) == [3, 0]
