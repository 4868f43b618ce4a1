"""Steps of the import wizard as a test takes them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.storage.workbook_write import write_workbook
from dingdian.web import bureau
from dingdian.web.imports.models import Import

XLSX = "application/octet-stream"


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
