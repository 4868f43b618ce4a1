"""A clerk with an application that was accepted: its entry has a letter."""

from dataclasses import replace

import pytest

from dingdian.web import bureau
from dingdian.web.rights import Role
from tests.web.cases.conftest import application


@pytest.fixture(autouse=True)
def _files_go(tmp_path, settings):
    data = tmp_path / "data"
    (data / "uploads").mkdir(parents=True)
    settings.CONFIG = replace(settings.CONFIG, data=data, four_eyes=False)


@pytest.fixture
def clerk(signed_in):
    return signed_in(Role.CLERK)


@pytest.fixture
def accepted(clerk):
    """The case of a pharmacy whose application was accepted."""
    return accept(clerk, "试点大药房")


def accept(clerk, name):
    address = clerk.post("/cases/new", application(name=name))["Location"]
    case = address.removeprefix("/cases/of/")
    answer = record(clerk, case, "accept")
    assert answer.status_code == 302, answer.content.decode()
    return case


def entries(case):
    return list(bureau.desk().ledger.entries(case))


def record(client, case, move, **given):
    last = entries(case)[-1]
    said = {"held_on": last.held_on.isoformat(), "seen": last.seq, "reason": ""}
    return client.post(f"/cases/of/{case}/{move}/record", said | given)


def letter_address(case, kind="acceptance"):
    """Where the letter of the last entry of a case is made."""
    return f"/letters/of/{case}/{entries(case)[-1].seq}/{kind}"
