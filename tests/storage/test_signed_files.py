"""Signed files of the exchange: what is taken, and everything that is refused."""

import json
import struct
import zipfile
import zlib

import pytest

from dingdian.core.errors import RequestError
from dingdian.storage import exchange_keys, signed_files
from dingdian.storage.exchange_keys import TrustedKey, own_key, trust, trusted_key
from dingdian.storage.signed_files import Header, open_signed, write_signed

PARTS = {"a.json": b"[1]", "check/census/about.csv": b"item,value\n" * 500}
HEADER = Header("edition", 7, "2026-11-20T09:00:00+08:00", "2026-11-20", "shenyang", {"x": 1})


@pytest.fixture
def key(tmp_path):
    return own_key(tmp_path / "own")


@pytest.fixture
def trusted(key):
    return TrustedKey(key.private.public_key())


@pytest.fixture
def path(tmp_path, key):
    file = tmp_path / "edition.zip"
    write_signed(file, HEADER, PARTS, key)
    return file


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def rewritten(path, contents, **how):
    with zipfile.ZipFile(path, "w", **how) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def resigned(path, key, **changed):
    """The same file with another manifest, whose signature is right."""
    found = members(path)
    manifest = json.loads(found["manifest.json"]) | changed
    found["manifest.json"] = json.dumps(manifest).encode()
    found["manifest.sig"] = key.sign(b"dingdian exchange 1\n" + found["manifest.json"])
    return rewritten(path, found)


def kind_of(path, trusted, wanted="edition"):
    def read_all():
        opened = open_signed(path, wanted, trusted)
        for name in opened.parts:
            opened.read(name)

    with pytest.raises(RequestError) as error:
        read_all()
    return error.value.faults[0].kind


def test_what_was_written_is_read(path, trusted, key, tmp_path):
    found = open_signed(path, "edition", trusted)
    assert found.header == HEADER
    assert found.key == key.id
    assert {name: found.read(name) for name in found.parts} == PARTS
    found.unpack(tmp_path / "out")
    assert (tmp_path / "out/check/census/about.csv").read_bytes() == PARTS["check/census/about.csv"]


def test_the_same_content_gives_the_same_bytes(tmp_path, key):
    one, other = tmp_path / "1.zip", tmp_path / "2.zip"
    assert write_signed(one, HEADER, PARTS, key) == write_signed(
        other, HEADER, dict(reversed(PARTS.items())), key
    )
    assert one.read_bytes() == other.read_bytes()


def test_another_key_is_refused(path, tmp_path):
    other = own_key(tmp_path / "other")
    assert kind_of(path, TrustedKey(other.private.public_key())) == "exchange_signature"


def test_without_a_trusted_key_nothing_is_taken(path):
    assert kind_of(path, None) == "exchange_no_trust"


def test_a_changed_part_is_refused(path, trusted):
    rewritten(path, members(path) | {"a.json": b"[2]"})
    assert kind_of(path, trusted) == "exchange_changed"


def test_a_longer_part_is_refused(path, trusted):
    rewritten(path, members(path) | {"a.json": b"[1] "})
    assert kind_of(path, trusted) == "exchange_changed"


def test_a_changed_manifest_is_refused(path, trusted):
    found = members(path)
    found["manifest.json"] = found["manifest.json"].replace(b'"number": 7', b'"number": 8')
    assert kind_of(rewritten(path, found), trusted) == "exchange_signature"


def test_a_part_that_is_not_listed_is_refused(path, trusted):
    rewritten(path, members(path) | {"more.txt": b"x"})
    assert kind_of(path, trusted) == "exchange_unsafe"


def test_a_part_that_is_listed_and_missing_is_refused(path, trusted):
    found = members(path)
    del found["a.json"]
    assert kind_of(rewritten(path, found), trusted) == "exchange_changed"


def test_a_part_twice_is_refused(path, trusted):
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.json", b"[1]")
    assert kind_of(path, trusted) == "exchange_changed"


@pytest.mark.parametrize(
    "name", ["../out.txt", "/etc/x", "a/../../x", "..", "a\\..\\x", "a//b", ".hidden", "a/", "é"]
)
def test_a_path_that_leads_out_is_refused_though_signed(path, trusted, key, name, tmp_path):
    found = members(path)
    listed = json.loads(found["manifest.json"])["parts"]
    listed[name] = {"size": 1, "sha256": "0" * 64}
    rewritten(path, found | {name: b"x"})
    assert kind_of(resigned(path, key, parts=listed), trusted) == "exchange_unsafe"
    with pytest.raises(ValueError, match="no name"):
        write_signed(tmp_path / "x.zip", HEADER, {name: b""}, key)


def test_a_bomb_is_not_unpacked(path, trusted, key, monkeypatch):
    """A part of 300 MB that the manifest calls three bytes: only four of them are ever read."""
    read = []
    plain = zipfile.ZipExtFile.read

    def counted(self, n=-1):
        found = plain(self, n)
        read.append(len(found))
        return found

    found = members(path) | {"a.json": b"\0" * 300_000_000}
    rewritten(path, found, compression=zipfile.ZIP_DEFLATED)
    del found
    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    assert path.stat().st_size < 400_000
    assert kind_of(path, trusted) == "exchange_changed"
    assert sum(read) < 100_000


def test_a_manifest_that_is_a_bomb_is_not_unpacked(path, trusted):
    found = members(path) | {"manifest.json": b" " * 50_000_000}
    rewritten(path, found, compression=zipfile.ZIP_DEFLATED)
    assert kind_of(path, trusted) == "exchange_unreadable"


def test_more_than_may_be_unpacked_is_refused(path, trusted, key):
    parts = {"a.json": {"size": signed_files.MAX_UNPACKED + 1, "sha256": "0" * 64}}
    found = {"manifest.json": members(path)["manifest.json"], "manifest.sig": b"", "a.json": b""}
    rewritten(path, found)
    assert kind_of(resigned(path, key, parts=parts), trusted) == "exchange_too_large"


def test_a_directory_that_is_too_large_is_refused_before_it_is_read(path, trusted):
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, 2**31, 0, 0)
    path.write_bytes(end)
    assert kind_of(path, trusted) == "exchange_too_large"


def test_a_file_that_is_too_large_is_refused(path, trusted, monkeypatch):
    monkeypatch.setattr(signed_files, "MAX_FILE", 100)
    assert kind_of(path, trusted) == "exchange_too_large"


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\5\6", zlib.compress(b"x" * 100)])
def test_what_is_no_zip_is_refused(path, trusted, content):
    path.write_bytes(content)
    assert kind_of(path, trusted) == "exchange_unreadable"


def test_a_file_that_was_cut_off_is_refused(path, trusted):
    whole = path.read_bytes()
    for end in range(0, len(whole), 97):
        path.write_bytes(whole[:end])
        assert kind_of(path, trusted) == "exchange_unreadable"


def test_any_changed_byte_is_refused(path, trusted, tmp_path):
    """Whatever byte is changed: refused, or what is read is what was signed."""
    whole, refused = path.read_bytes(), 0
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :])
        try:
            found = open_signed(path, "edition", trusted)
            assert {name: found.read(name) for name in found.parts} == PARTS
            assert found.header == HEADER
        except RequestError:
            refused += 1
    assert refused > len(whole) / 7 / 2


def test_another_kind_or_format_is_refused(path, trusted, key):
    assert kind_of(path, trusted, "comments") == "exchange_kind"
    assert kind_of(resigned(path, key, format=2), trusted) == "exchange_version"


def test_the_own_key_is_made_once_and_for_the_owner_only(tmp_path):
    folder = tmp_path / "keys"
    assert own_key(folder).id == own_key(folder).id
    assert (folder / exchange_keys.OWN).stat().st_mode & 0o777 == 0o600
    assert [each.name for each in folder.iterdir()] == [exchange_keys.OWN]


def test_another_key_is_trusted_only_where_that_is_said(tmp_path, key):
    folder, file = tmp_path / "keys", tmp_path / "public.pem"
    assert trusted_key(folder) is None
    file.write_text(key.public_pem)
    assert trust(folder, file).id == key.id
    assert trust(folder, file).id == key.id
    other = own_key(tmp_path / "another")
    file.write_text(other.public_pem)
    with pytest.raises(RequestError) as error:
        trust(folder, file)
    assert error.value.faults[0].kind == "exchange_trusts_another"
    assert trusted_key(folder).id == key.id
    trust(folder, file, replace=True)
    assert trusted_key(folder).id == other.id


def test_what_is_no_key_is_refused(tmp_path):
    file = tmp_path / "public.pem"
    file.write_text("no key")
    with pytest.raises(RequestError) as error:
        trust(tmp_path / "keys", file)
    assert error.value.faults[0].kind == "exchange_no_key"
