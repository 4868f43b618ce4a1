"""Every address of the bureau, asked by every role and for every district: made from the addresses.

No object of another district can be read or changed by guessing. A view that says nothing of its
rights is refused; who lacks them is told so; whose district it is not finds nothing.
"""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from dingdian.web.rights import OF_A_DISTRICT, OF_A_HOLDER, RIGHTS, Right, Role
from tests.web import conftest, objects, reach
from tests.web.conftest import DISTRICT, ELSEWHERE


def _walk(patterns, before=(), space=""):
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name or ''}", each.callback, (*before, each.pattern)
        else:
            inner = f"{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, (*before, each.pattern), inner)


def _addresses():
    """Name, view and the names of the parts of every address that is not the API's."""
    for name, view, patterns in _walk(get_resolver(settings.ROOT_URLCONF).url_patterns):
        if not name.startswith("api"):
            parts = [part for each in patterns for part in each.regex.groupindex]
            yield name, view, tuple(parts)


ADDRESSES = list(_addresses())
GUARDED = [each for each in ADDRESSES if getattr(each[1], "needs", None)]
#: Pages of an institution that are about no case of somebody.
OWN = {"portal:home", "portal:new"}
OPEN = {"health", "language", "accounts:sign_in"}


def test_every_view_says_who_may_see_it():
    silent = [name for name, view, _ in ADDRESSES if getattr(view, "needs", None) is None]
    assert silent == []
    assert {name for name, view, _ in ADDRESSES if not view.needs} == OPEN


def _allowed(role, view):
    everybody = {Right.SIGNED_IN} if role in OF_A_HOLDER else {Right.SIGNED_IN, Right.IN_OFFICE}
    return bool((RIGHTS[role] | everybody) & view.needs)


@pytest.fixture
def addresses(version, overlay):
    """The addresses with objects of a district in them."""

    def filled(district):
        found = objects.objects_in(district, version, overlay)
        made = {name: (objects.address(found, name, parts), view) for name, view, parts in GUARDED}
        return {name: each for name, each in made.items() if each[0] is not None}

    return filled


def test_nobody_is_let_in_without_signing_in(addresses):
    client = Client()
    for name, (address, _) in addresses(DISTRICT).items():
        for method in (client.get, client.post):
            answer = method(address)
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/account/sign-in?next="), name


@pytest.mark.parametrize("role", Role)
def test_a_role_without_the_right_is_refused_and_changes_nothing(addresses, signed_in, role):
    from dingdian.web.bureau import journal

    client, made = signed_in(role), addresses(DISTRICT)
    before = journal().head()
    for name, (address, view) in made.items():
        if not _allowed(role, view):
            assert client.get(address).status_code == 403, name
            assert client.post(address).status_code == 403, name
    assert journal().head() == before


@pytest.mark.parametrize("role", Role)
def test_a_role_with_the_right_is_answered(addresses, signed_in, role):
    client = signed_in(role)
    for name, (address, view) in addresses(DISTRICT).items():
        if _allowed(role, view) and name not in {"accounts:sign_out"}:
            answer = client.get(address)
            for close in answer._resource_closers:  # close() itself would end the connection
                close()
            assert answer.status_code < 500, (name, address)
            assert answer.status_code != 403 or name in reach.STRICTER, (name, address)


@pytest.mark.parametrize("role", OF_A_DISTRICT)
def test_another_district_is_not_found_by_guessing(addresses, signed_in, role):
    from dingdian.web.bureau import journal

    client, made, asked = signed_in(role), addresses(ELSEWHERE), 0
    before = journal().head()
    for name, (address, view) in made.items():
        if name in reach.OF_A_DISTRICT and _allowed(role, view):
            asked += 1
            assert client.get(address).status_code in (404, 405), (name, address)
            assert client.post(address).status_code in (404, 405), (name, address)
    assert asked
    assert journal().head() == before


@pytest.mark.parametrize("district", [DISTRICT, ELSEWHERE])
def test_an_institution_finds_nothing_of_another(addresses, signed_in, user, district):
    """Not by the address of a case, a form or a paper; nothing is recorded either."""
    from dingdian.storage.db.models import Entry
    from dingdian.web.bureau import journal

    made = addresses(district)
    found = user(Role.INSTITUTION).grants.get()
    found.holder = conftest.holding(ELSEWHERE if district == DISTRICT else DISTRICT)
    found.save()
    client, asked = signed_in(Role.INSTITUTION), 0
    before = journal().head(), Entry.objects.count()
    for name in reach.OF_A_HOLDER:
        asked += 1
        address, _ = made[name]
        assert client.get(address).status_code == 404, (name, address)
        assert client.post(address).status_code in (404, 405), (name, address)
    assert asked == len({name for name in made if name.startswith("portal:")}) - len(OWN)
    assert (journal().head(), Entry.objects.count()) == before


@pytest.mark.parametrize("district", [DISTRICT, ELSEWHERE])
def test_an_evaluator_finds_nothing_of_a_case_that_is_not_drawn_for_them(
    addresses, signed_in, user, district
):
    """Not by its address, nor a paper of it; an expert who was not drawn neither."""
    from dingdian.web.bureau import journal
    from tests.web import panelling

    made = addresses(district)
    (mine,) = panelling.make_experts(1, prefix="X")[:1]
    mine.user = user(Role.EVALUATOR)
    mine.save()
    client, asked = signed_in(Role.EVALUATOR), 0
    before = journal().head()
    for name in reach.OF_AN_EXPERT:
        asked += 1
        address, _ = made[name]
        assert client.get(address).status_code == 404, (name, address)
        assert client.post(address).status_code in (404, 405), (name, address)
    assert asked == len({name for name in made if name.startswith("evaluations:")}) - 1
    assert journal().head() == before


def test_an_institution_is_let_into_nothing_of_the_office(addresses, signed_in):
    client = signed_in(Role.INSTITUTION)
    opened = {
        name
        for name, (address, _) in addresses(DISTRICT).items()
        if client.get(address).status_code not in (403, 404, 405)
    }
    areas = {each.partition(":")[0] for each in opened}
    assert areas == {"portal", "accounts", "desk", "inbox", "help"}
    assert {each for each in opened if each.startswith("desk:")} == {"desk:home"}
    assert client.get("/")["Location"] == "/my/"


def test_every_address_was_asked(addresses):
    """An address with parts that nobody makes an object for would go untried."""
    untried = {name for name, _, _ in GUARDED} - set(addresses(DISTRICT))
    assert untried == set()


def test_every_address_of_an_object_is_of_somebody_or_says_why_not():
    """A new view of an object is tried for its district, or told as of none."""
    kinds = (
        reach.OF_A_DISTRICT,
        reach.OF_A_HOLDER,
        reach.OF_AN_EXPERT,
        reach.NOT_OF_A_DISTRICT,
    )
    assert {name for name, _, parts in GUARDED if parts} == frozenset().union(*kinds)
    assert sum(map(len, kinds)) == len(frozenset().union(*kinds))
