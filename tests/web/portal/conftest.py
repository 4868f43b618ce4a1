"""An institution that applies, and a pharmacy of the sample that has an agreement."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dingdian.web import bureau
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT
from tests.web.procedures import PDF

#: The code of the legal person of an applicant that the ledger does not have.
APPLICANT = "91232700MA00000001"


@pytest.fixture(autouse=True)
def _uploads_go(tmp_path, settings):
    data = tmp_path / "data"
    (data / "uploads").mkdir(parents=True)
    settings.CONFIG = replace(settings.CONFIG, data=data)


@pytest.fixture
def holds(user):
    """Makes the institution's user one of another holder."""

    def change(holder, username=Role.INSTITUTION):
        found = user(username).grants.get()
        found.holder = holder
        found.save()

    return change


@pytest.fixture
def applicant(holds, signed_in):
    """Somebody of a pharmacy that has no code yet."""
    holds(APPLICANT)
    return signed_in(Role.INSTITUTION)


@pytest.fixture
def established(signed_in):
    """Somebody of an institution of the sample."""
    return signed_in(Role.INSTITUTION)


@pytest.fixture
def applied(applicant):
    """The address of the case of an application that the pharmacy made itself."""
    answer = applicant.post("/my/apply", application())
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def application(**other):
    """What a pharmacy fills in."""
    given = {
        "name": "试点大药房",
        "kind": "retail_pharmacy",
        "region": DISTRICT,
        "services": ["personal_account"],
    }
    return given | other


def scan(name="a.pdf", more=b""):
    return SimpleUploadedFile(name, PDF + more)


def entries(address):
    return list(bureau.desk().ledger.entries(address.removeprefix("/my/cases/")))


def send(client, there, move, **given):
    """Send the form of a move as the page would."""
    return client.post(f"{there}/{move}/record", {"seen": entries(there)[-1].seq} | given)


def decide(client, address, move, **given):
    """The office records a move of the same case."""
    last = entries(address)[-1]
    said = {"held_on": last.held_on.isoformat(), "seen": last.seq, "reason": ""} | given
    case = address.removeprefix("/my/cases/")
    answer = client.post(f"/cases/of/{case}/{move}/record", said)
    assert answer.status_code == 302, answer.content.decode()
