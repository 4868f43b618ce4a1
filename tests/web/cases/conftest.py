"""A clerk who records what happens to an applicant."""

from dataclasses import replace

import pytest

from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT


@pytest.fixture(autouse=True)
def _uploads_go(tmp_path, settings):
    data = tmp_path / "data"
    for name in ("uploads", "plans"):
        (data / name).mkdir(parents=True)
    settings.CONFIG = replace(settings.CONFIG, data=data)


@pytest.fixture
def clerk(signed_in):
    return signed_in(Role.CLERK)


@pytest.fixture
def second(db):
    """A client for a second clerk of the same district, who confirms."""
    from django.test import Client

    from dingdian.web.accounts.models import Grant, User

    user = User.objects.create(username="second", name="第二人", must_change=False)
    Grant.objects.create(user=user, role=Role.CLERK, region=DISTRICT, granted_by="test")
    found = Client()
    found.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return found


@pytest.fixture
def applied(clerk):
    """The address of a case whose application the clerk has recorded."""
    answer = clerk.post("/cases/new", application())
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def application(**other):
    """What a clerk fills in for a pharmacy that applies on paper."""
    given = {
        "held_on": "2026-03-02",
        "name": "试点大药房",
        "kind": "retail_pharmacy",
        "region": DISTRICT,
        "uscc": "91232700MA00000001",
        "services": ["personal_account"],
        "reason": "纸质申请",
    }
    return given | other


def entries(address):
    """The entries of the case of an address."""
    from dingdian.web import bureau

    return list(bureau.desk().ledger.entries(address.removeprefix("/cases/of/")))


def record(client, address, move, **given):
    """Send the form of a move: on the day of the last one, where the test says nothing else."""
    last = entries(address)[-1]
    said = {"held_on": last.held_on.isoformat(), "seen": last.seq, "reason": ""}
    return client.post(f"{address}/{move}/record", said | given)


def confirmed(second, answer):
    """Confirm the move that an answer asked for."""
    assert answer.status_code == 302, answer.content.decode()
    assert "/proposals/" in answer["Location"]
    return second.post(f"{answer['Location']}/decide", {"decision": "confirm"})
