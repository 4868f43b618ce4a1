"""A clerk who records what happens to an applicant."""

from dataclasses import replace

import pytest

from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT


@pytest.fixture(autouse=True)
def _uploads_go(tmp_path, settings):
    data = tmp_path / "data"
    (data / "uploads").mkdir(parents=True)
    settings.CONFIG = replace(settings.CONFIG, data=data)


@pytest.fixture
def clerk(signed_in):
    return signed_in(Role.CLERK)


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
