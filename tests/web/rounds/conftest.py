"""An issued work plan, a clerk of the whole place, and the round of the sample."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dingdian.core.admission.contract import TABLES
from dingdian.samples import SAMPLES
from dingdian.samples.rounds import ROUNDS
from dingdian.storage.workbook_write import write_workbook
from dingdian.web.jobs import running
from dingdian.web.rights import Role
from dingdian.web.rounds.models import Round


@pytest.fixture(autouse=True)
def _no_beats(monkeypatch):
    """A test is one transaction: a beat beside it would wait for its end."""
    monkeypatch.setattr(running, "BEAT", 3600.0)


@pytest.fixture(autouse=True)
def _folders_go(tmp_path, settings):
    data = tmp_path / "data"
    for name in ("uploads", "plans", "rounds"):
        (data / name).mkdir(parents=True)
    settings.CONFIG = replace(settings.CONFIG, data=data)
    settings.MEDIA_ROOT = data / "uploads"


@pytest.fixture(scope="session")
def sample_round():
    """The rows of the sample's round by table."""
    return ROUNDS["daxinganling"](SAMPLES["daxinganling"](seed=1), 1)


@pytest.fixture
def tables(sample_round):
    """The same, to be edited."""
    return {name: [dict(row) for row in rows] for name, rows in sample_round.items()}


@pytest.fixture
def packed(tmp_path):
    """Makes an upload of tables."""

    def pack(tables, name="批次.xlsx"):
        path = tmp_path / "round.xlsx"
        write_workbook(tables, path, TABLES)
        return SimpleUploadedFile(name, path.read_bytes())

    return pack


@pytest.fixture
def issued(version):
    """The plan of 2026, issued as a work plan."""
    plan = version.plan
    plan.kind, plan.stage, plan.issued_version = "work_plan", "issued", version
    plan.title = "2026年工作计划"
    plan.save()
    return plan


def a_clerk(username, region=""):
    """A client for one more clerk: of a district, or of the whole place."""
    from dingdian.web.accounts.models import Grant, User

    user = User.objects.create(username=username, name=f"某{username}", must_change=False)
    Grant.objects.create(user=user, role=Role.CLERK, region=region, granted_by="test")
    found = Client()
    found.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found.cookies["django_language"] = "zh-hans"
    return found


@pytest.fixture
def clerk(db):
    return a_clerk("whole")


@pytest.fixture
def second(db):
    return a_clerk("second")


def upload(client, *files, **more):
    return client.post("/rounds/new", {"files": list(files), **more})


@pytest.fixture
def uploaded(work):
    """Uploads a round and does the work; its row."""

    def do(client, *files, **more):
        answer = upload(client, *files, **more)
        assert answer.status_code == 302, answer.content.decode()
        work()
        return Round.objects.latest("pk")

    return do


@pytest.fixture
def decided(issued, clerk, uploaded, packed, tables):
    """The round of the sample, decided."""
    row = uploaded(clerk, packed(tables))
    assert row.state == "decided", page(clerk, row)
    return row


def page(client, row, rest=""):
    answer = client.get(f"/rounds/{row.pk}{rest}")
    assert answer.status_code == 200, (answer.status_code, rest)
    return answer.content.decode()
