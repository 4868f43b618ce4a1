"""Both sides of the exchange, what the bureau publishes, and what the procedure has taken."""

import dataclasses
import shutil
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client, override_settings

from dingdian.core.errors import RequestError
from dingdian.storage.exchange_keys import TRUSTED, own_key
from dingdian.web.public import gathering, handing, installing, making, sending, taking_in
from tests.web.exchanging import PLAN, consultation


@pytest.fixture
def published(monkeypatch):
    """What the bureau publishes, in place of what the areas of plans and procedure keep."""
    found = {"plans": (PLAN,), "consultations": (consultation(),)}
    monkeypatch.setattr(gathering, "issued_plans", lambda: found["plans"])
    monkeypatch.setattr(gathering, "consultations", lambda day: found["consultations"])
    return found


@pytest.fixture
def both(tmp_path):
    """Both sides, each with the other's key; they share a database and use tables of their own."""
    config = settings.CONFIG
    office = dataclasses.replace(config, data=tmp_path / "office")
    site = dataclasses.replace(config, kind="public", data=tmp_path / "site")
    keys = {}
    for each in (office, site):
        (each.data / "exchange" / "out").mkdir(parents=True)
        keys[each.kind] = own_key(each.data / "exchange")
    for each, other in ((office, "public"), (site, "bureau")):
        (each.data / "exchange" / TRUSTED).write_text(keys[other].public_pem)
    shutil.copyfile(config.secret_file, office.secret_file)

    class Both:
        def __init__(self):
            self.keys = keys

        @contextmanager
        def at(self, side):
            with override_settings(CONFIG=site if side == "public" else office):
                yield

        def edition(self):
            with self.at("bureau"):
                made = making.make_edition(by="")
                return making.file_of(made)

        def install(self, path):
            with self.at("public"):
                return installing.install(path)

        def export(self):
            with self.at("public"):
                return sending.export_comments()[1]

        def take_in(self, path, by=None):
            with self.at("bureau"):
                return taking_in.take_in(path, name=path.name, by=by)

    return Both()


@pytest.fixture
def received(monkeypatch):
    """What the procedure has taken, in place of its own tables."""
    found = {}

    def receive(id, comments):
        if id != "c-1":
            from dingdian.core.errors import fault

            raise RequestError((fault("unknown_key", key=id, nearest="—"),))
        for each in comments:
            found.setdefault(each["public_id"], []).append(each)
        return len(comments)

    monkeypatch.setattr(handing, "_receiver", lambda: receive)
    return found


@pytest.fixture
def visitor(both):
    """Asks the public site."""

    class Visitor:
        def __init__(self):
            self.client = Client()

        def __getattr__(self, method):
            def ask(*given, **more):
                with (
                    both.at("public"),
                    override_settings(ROOT_URLCONF="dingdian.web.public.urls", IS_BUREAU=False),
                ):
                    return getattr(self.client, method)(*given, **more)

            return ask

    return Visitor()
