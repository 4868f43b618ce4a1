"""The address of a ledger: what it says, what it may not, and that no password is repeated."""

from pathlib import Path

import pytest

from dingdian.core.errors import RequestError
from dingdian.storage.database_url import Address, address_of


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("sqlite:////srv/台账.db", Address("sqlite", "/srv/台账.db")),
        ("sqlite:////srv/a%20b%3F.db", Address("sqlite", "/srv/a b?.db")),
        ("postgresql:///dingdian", Address("postgresql", "dingdian")),
        ("postgres://db/dingdian", Address("postgresql", "dingdian", "db")),
        (
            "postgresql://li:p%40ss%3A@db.local:5433/d?sslmode=verify-full",
            Address("postgresql", "d", "db.local", 5433, "li", "p@ss:", "verify-full"),
        ),
        ("postgresql://li@%2FRun%2Fpg/d", Address("postgresql", "d", "/Run/pg", user="li")),
        ("postgresql://[::1]:5432/d", Address("postgresql", "d", "::1", 5432)),
    ],
)
def test_an_address_is_read(url, wanted):
    assert address_of(url) == wanted


def test_a_path_is_that_of_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert address_of("sqlite:///ledger.db").name == str(Path(tmp_path, "ledger.db"))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ledger.db",
        "/srv/ledger.db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite://host/ledger.db",
        "sqlite:///ledger.db?mode=ro",
        "mysql://host/d",
        "postgresql://host",
        "postgresql://host/",
        "postgresql://host:port/d",
        "postgresql://host:99999/d",
        "postgresql://host/d?options=-c%20fsync%3Doff",
        "postgresql://host/d?sslmode",
        "postgresql://host/d#part",
    ],
)
def test_no_address(url):
    with pytest.raises(RequestError) as error:
        address_of(url)
    assert [each.kind for each in error.value.faults] == ["ledger_url"]


def test_a_password_is_not_repeated():
    with pytest.raises(RequestError) as error:
        address_of("postgresql://li:s3cret@host:port/d")
    assert error.value.faults[0].fields["value"] == "postgresql://…@host:port/d"
    assert "s3cret" not in str(address_of("postgresql://li:s3cret@host/d"))
    assert "s3cret" not in repr(address_of("postgresql://li:s3cret@host/d"))
