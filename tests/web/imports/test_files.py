"""Files that are no ledger, and those that are."""

import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.core.census.canonical import fingerprint
from dingdian.web.imports.models import Import, State
from dingdian.web.jobs.models import Job
from tests.web.importing import XLSX, packed, page, upload, uploaded


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


class _Arriving:
    """The body of a form with one file, made while it is read: it is never held as a whole."""

    head = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="l.csv"\r\n'
        b"Content-Type: text/csv\r\n\r\n"
    )

    def __init__(self, size):
        self.length, self.pieces = len(self.head) + size, self._made(size)

    def _made(self, size):
        yield self.head
        for at in range(0, size, 2**16):
            yield b"x" * min(2**16, size - at)

    def read(self, most):
        piece = next(self.pieces, b"")
        assert len(piece) <= most
        return piece

    readline = read


def test_a_hundred_megabytes_are_refused_while_they_arrive(client):
    before = set(Path(settings.MEDIA_ROOT).iterdir())
    large = _Arriving(100 * 1024 * 1024)
    more = {"wsgi.input": large, "CONTENT_LENGTH": str(large.length)}
    answer = client.generic("POST", "/imports/new", b"-", "multipart/form-data; boundary=x", **more)
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
