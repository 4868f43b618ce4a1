"""The sample to be edited, a planner, and folders that go after each test."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from dingdian.samples import SAMPLES
from dingdian.web.jobs import running
from dingdian.web.rights import Role


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
    for each in set(Path(settings.MEDIA_ROOT).iterdir()) - before:
        shutil.rmtree(each)
