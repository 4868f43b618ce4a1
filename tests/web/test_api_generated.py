"""Requests made up from the description of the interface: nothing breaks, nothing undescribed."""

import datetime as dt
from itertools import product
from urllib.parse import quote

import pytest
import schemathesis
from django.core import signals
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from dingdian.web import clock
from dingdian.web.accounts.models import Token
from dingdian.web.api.authentication import THROTTLE
from dingdian.web.api.service import api
from dingdian.web.plans.models import Plan, Version
from dingdian.web.rights import Role

ROOT = "/api/v1/"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
load_all_checks()
DESCRIBED = api.get_openapi_schema(path_prefix=ROOT)
OPERATIONS = [
    (method.upper(), path) for path, item in DESCRIBED["paths"].items() for method in item
]
#: Texts that have broken programs, sent where a path or a query takes a text.
NASTY = [
    "\x00",
    "%00",
    "\u202e",
    "'\"--",
    "{{7*7}}",
    "../..",
    "😀" * 30,
    "9" * 40,
    "-1",
    "1e999",
    " ",
]


@pytest.fixture
def _connected():
    """Requests leave the connection of the test open, as those of Django's client do."""
    both = (signals.request_started, signals.request_finished)
    for each in both:
        each.disconnect(close_old_connections)
    yield
    for each in both:
        each.connect(close_old_connections)


@pytest.fixture
def shown(db, _connected, user, version, monkeypatch):
    """The header of a planner's token, with a picture and a version of a plan to be found."""
    from dingdian.web.ledger import refreshing

    cache.clear()
    monkeypatch.setattr(THROTTLE, "num_requests", 10**9)
    monkeypatch.setattr(THROTTLE, "duration", 0)
    if not refreshing.is_fresh():
        refreshing.ask()
    Plan.objects.filter(pk=version.plan_id).update(id=1)
    Version.objects.filter(pk=version.pk).update(plan_id=1)
    text, digest = Token.fresh()
    last = clock.today() + dt.timedelta(days=9)
    Token.objects.create(user=user(Role.PLANNER), name="test", digest=digest, through=last)
    return {"Authorization": f"Bearer {text}"}


def hammered(method, path, headers, examples):
    """Send made-up requests to an operation, right ones and wrong ones."""
    schema = schemathesis.openapi.from_dict(DESCRIBED)
    schema.app = get_wsgi_application()
    operation = schema[path][method]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=examples,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()


def test_made_up_requests(shown):
    for method, path in OPERATIONS:
        hammered(method, path, shown, 15)


@pytest.mark.slow
def test_many_made_up_requests(shown):
    for method, path in OPERATIONS:
        hammered(method, path, shown, 100)


def test_texts_that_have_broken_programs(shown, client):
    for (method, path), text in product(OPERATIONS, NASTY):
        parts = path.replace("{code}", quote(text, safe="")).replace("{key}", quote(text, safe=""))
        parts = parts.replace("{id}", "1").replace("{number}", "1")
        for query in ("", f"?q={quote(text)}&after={quote(text)}&measure={quote(text)}"):
            answer = client.generic(method, parts + query, headers=shown)
            assert answer.status_code < 500, (parts, query)


def test_the_version_of_a_plan(shown, client):
    def get(path):
        answer = client.get(f"{ROOT}{path}", headers=shown)
        assert answer.status_code == 200, answer.content
        return answer.json()

    (plan,) = get("plans")["items"]
    assert get("plans/1") == plan
    assert [each["number"] for each in plan["versions"]] == [1]
    version = get("plans/1/versions/1")
    assert version["place"]["id"] == "daxinganling"
    assert version["marks"]["simulation"] is True
    keys, after = [], ""
    while after is not None:
        page = get(f"plans/1/versions/1/figures?after={after}&limit=500")
        keys += [each["key"] for each in page["items"]]
        after = page["next"]
    assert keys == sorted(set(keys))
    assert "pharmacies.232761" in keys
    few = get("plans/1/versions/1/figures?measure=pharmacies&scope=232761")["items"]
    assert [each["key"] for each in few] == ["pharmacies.232761"]
    ratio = get("figures/pharmacies_per_10k_insured.232761")
    assert set(ratio["figures"]) > {"pharmacies.232761", "pharmacies_per_10k_insured.232761"}
    assert (ratio["plan"], ratio["version"]) == (1, 1)
    quotas = get("plans/1/versions/1/quotas")
    assert {each["resource"] for each in quotas} >= {"pharmacies"}
    assert get("plans/1/versions/1/findings")
