"""The second factor: set up, asked for after the password, recovery codes, reset."""

import dataclasses
import re
import time

import pytest
from django.conf import settings
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from dingdian.web import bureau
from dingdian.web.accounts.models import User
from dingdian.web.rights import Role

PASSWORD = "Correct-horse-7"  # noqa: S105 -- of the tests
WHERE = "/account/second-factor"


@pytest.fixture
def someone(db):
    return User.objects.create(username="li.na", name="李娜", password=PASSWORD, must_change=False)


@pytest.fixture
def demanded(settings):
    settings.CONFIG = dataclasses.replace(settings.CONFIG, second_factor=True)


def _enter():
    client = Client()
    client.post("/account/sign-in", {"username": "li.na", "password": PASSWORD})
    return client


def _code(user, steps=0):
    device = TOTPDevice.objects.get(user=user)
    made = TOTP(device.bin_key, device.step, device.t0, device.digits)
    made.time = time.time() + steps * device.step
    return f"{made.token():06}"


def _enrol(client, user):
    client.get(WHERE)
    said = client.post(WHERE, {"code": _code(user)}).content.decode()
    return re.findall(r"\b[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}\b", said)


def _acts():
    return [note.act for note in bureau.journal().notes("user:li.na")]


def _free(user):
    """Without the wait after a wrong code."""
    for device in (*TOTPDevice.objects.filter(user=user), *user.staticdevice_set.all()):
        device.throttle_reset()


def test_who_has_none_is_sent_to_set_it_up_where_the_installation_asks_for_it(someone, demanded):
    client = _enter()
    assert client.get("/account/me")["Location"] == f"{WHERE}?next=/account/me".replace(
        "/account/me", "%2Faccount%2Fme"
    )
    assert client.get("/")["Location"] == WHERE


def test_nobody_is_sent_where_it_does_not_ask(someone):
    assert _enter().get("/account/me").status_code == 200


def test_the_page_shows_a_picture_without_any_other_site(someone):
    said = _enter().get(WHERE).content.decode()
    assert 'src="data:image/svg+xml;base64,' in said


def test_the_letters_stay_the_same_until_confirmed(someone):
    client = _enter()
    client.get(WHERE)
    first = TOTPDevice.objects.get(user=someone).key
    client.get(WHERE)
    assert TOTPDevice.objects.get(user=someone).key == first


def test_a_wrong_first_code_sets_nothing_up(someone):
    client = _enter()
    client.get(WHERE)
    wrong = f"{(int(_code(someone)) + 1) % 1_000_000:06}"
    assert "<code>" in client.post(WHERE, {"code": wrong}).content.decode()
    someone.refresh_from_db()
    assert someone.factor_since is None
    assert not TOTPDevice.objects.get(user=someone).confirmed


def test_a_right_first_code_gives_ten_recovery_codes_once(someone):
    client = _enter()
    codes = _enrol(client, someone)
    assert len(set(codes)) == 10
    assert client.get("/account/me").status_code == 200
    again = client.get(WHERE).content.decode()
    assert not any(code in again for code in codes)
    assert "10 / 10" in again
    assert _acts()[-1] == "factor.enrol"


def test_who_has_one_shows_it_at_every_sign_in_even_where_none_is_asked_for(someone):
    _enrol(_enter(), someone)
    client = _enter()
    assert client.get("/account/users")["Location"] == f"{WHERE}?next=%2Faccount%2Fusers"
    assert client.get("/account/password")["Location"].startswith(WHERE)
    answer = client.post(WHERE, {"code": _code(someone, 1), "next": "/account/me"})
    assert answer["Location"] == "/account/me"
    assert client.get("/account/me").status_code == 200
    assert _acts()[-1] == "factor.verify"


def test_the_way_back_leads_nowhere_else(someone):
    _enrol(_enter(), someone)
    there = {"code": _code(someone, 1), "next": "https://elsewhere.example/"}
    assert _enter().post(WHERE, there)["Location"] == "/"


def test_a_code_works_once(someone):
    _enrol(_enter(), someone)
    code = _code(someone, 1)
    assert _enter().post(WHERE, {"code": code}).status_code == 302
    second = _enter()
    assert second.post(WHERE, {"code": code}).status_code == 200
    assert second.get("/account/me").status_code == 302


def test_after_a_wrong_code_even_the_right_one_waits(someone):
    _enrol(_enter(), someone)
    client = _enter()
    right = _code(someone, 1)
    client.post(WHERE, {"code": f"{(int(right) + 1) % 1_000_000:06}"})
    answer = client.post(WHERE, {"code": right})
    assert answer.status_code == 200
    assert re.search(r"请等待 \d+ 秒", answer.content.decode())
    _free(someone)
    assert client.post(WHERE, {"code": right}).status_code == 302
    assert _acts().count("factor.failed") == 1


def test_a_recovery_code_opens_once(someone):
    code = _enrol(_enter(), someone)[0]
    assert _enter().post(WHERE, {"code": code.upper()}).status_code == 302
    assert _acts()[-1] == "factor.recovery"
    client = _enter()
    assert client.post(WHERE, {"code": code}).status_code == 200
    assert client.get("/account/me").status_code == 302


def test_new_recovery_codes_make_the_old_ones_worthless(someone):
    client = _enter()
    old = _enrol(client, someone)
    new = client.post(f"{WHERE}/codes").content.decode()
    assert old[0] not in new
    other = _enter()
    assert other.post(WHERE, {"code": old[0]}).status_code == 200
    _free(someone)
    fresh = re.search(r"\b[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}\b", new).group()
    assert other.post(WHERE, {"code": fresh}).status_code == 302


def test_recovery_codes_are_not_given_to_who_has_not_shown_the_second_factor(someone):
    _enrol(_enter(), someone)
    assert _enter().post(f"{WHERE}/codes")["Location"].startswith(WHERE)


def test_without_the_code_it_cannot_be_set_up_anew_or_removed(someone):
    _enrol(_enter(), someone)
    key = TOTPDevice.objects.get(user=someone).key
    client = _enter()
    said = client.get(WHERE).content.decode()
    assert "data:image/svg" not in said
    client.post(f"{WHERE}/forget")
    assert TOTPDevice.objects.get(user=someone).key == key


def test_it_is_removed_where_the_installation_does_not_ask_for_one(someone):
    client = _enter()
    _enrol(client, someone)
    client.post(f"{WHERE}/forget")
    assert not TOTPDevice.objects.filter(user=someone).exists()
    assert _enter().get("/account/me").status_code == 200


def test_it_is_not_removed_where_it_asks_for_one(someone, demanded):
    client = _enter()
    _enrol(client, someone)
    client.post(f"{WHERE}/forget")
    assert TOTPDevice.objects.filter(user=someone, confirmed=True).exists()


def test_the_security_administrator_resets_it_and_the_sessions_end(someone, signed_in):
    theirs = _enter()
    _enrol(theirs, someone)
    signed_in(Role.SECURITY_ADMIN).post(f"/account/users/{someone.pk}/second-factor")
    assert theirs.get("/account/me")["Location"].startswith("/account/sign-in")
    assert _enter().get("/account/me").status_code == 200
    assert _acts().count("factor.reset") == 1


def test_a_password_for_once_is_changed_only_after_the_code(someone):
    _enrol(_enter(), someone)
    User.objects.filter(pk=someone.pk).update(must_change=True)
    client = _enter()
    assert client.get("/account/password")["Location"].startswith(WHERE)
    client.post(WHERE, {"code": _code(someone, 1)})
    assert client.get("/")["Location"] == "/account/password"
    assert client.get("/account/password").status_code == 200


def test_the_session_has_a_new_key_after_the_code(someone):
    _enrol(_enter(), someone)
    client = _enter()
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(WHERE, {"code": _code(someone, 1)})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
