"""Signing in, the locks after wrong passwords, and the rules of passwords."""

import dataclasses
import datetime as dt

import pytest
from django.test import Client

from dingdian.web import bureau, clock
from dingdian.web.accounts.models import User
from dingdian.web.rights import Role
from tests.web.signing import PASSWORD, acts, enter


def test_the_form_of_sign_in_names_its_fields_and_lets_browsers_fill_them(db):
    said = Client().get("/account/sign-in").content.decode()
    assert "登录名" in said
    assert 'autocomplete="username"' in said
    assert 'autocomplete="current-password"' in said


def test_signing_in_and_out_is_written_down_with_the_address(someone):
    client, _ = enter("li.na", PASSWORD)
    client.post("/account/sign-out")
    assert acts("li.na")[-2:] == ["user.sign_in", "user.sign_out"]
    assert bureau.journal().notes("user:li.na")[-1].facts["address"] == "127.0.0.1"


def test_a_failed_sign_in_is_written_down_with_the_name_and_never_the_password(someone):
    enter("li.na", "Wrong-horse-8")
    last = bureau.journal().notes("user:li.na")[-1]
    assert (last.act, last.facts["tried"], last.by) == ("user.sign_in_failed", "li.na", "")
    assert not any("Wrong-horse-8" in each.body for each in bureau.journal().stored())


def test_four_wrong_passwords_do_not_lock(someone):
    for _ in range(4):
        assert enter("li.na", "wrong")[1].status_code == 200
    assert enter("li.na", PASSWORD)[1].status_code == 302


def test_five_wrong_passwords_lock_and_the_page_says_so(someone):
    answers = [enter("li.na", "wrong")[1] for _ in range(5)]
    assert [each.status_code for each in answers] == [200, 200, 200, 200, 429]
    assert "账号已锁定" in answers[-1].content.decode()
    assert enter("li.na", PASSWORD)[1].status_code == 429
    assert acts("li.na")[-1] == "user.locked"


def test_tries_on_a_locked_name_do_not_fill_the_journal(someone):
    for _ in range(8):
        enter("li.na", "wrong")
    assert acts("li.na").count("user.sign_in_failed") == 5
    assert acts("li.na").count("user.locked") == 1


def test_the_security_administrator_unlocks(someone, signed_in):
    for _ in range(5):
        enter("li.na", "wrong")
    client = signed_in(Role.SECURITY_ADMIN)
    assert "已锁定" in client.get(f"/account/users/{someone.pk}").content.decode()
    client.post(f"/account/users/{someone.pk}/unlock")
    assert acts("li.na")[-1] == "user.unlock"
    assert enter("li.na", PASSWORD)[1].status_code == 302


def test_who_has_no_role_yet_still_changes_the_password_and_signs_out(someone):
    User.objects.filter(pk=someone.pk).update(must_change=True)
    client, _ = enter("li.na", PASSWORD)
    assert client.get("/account/me")["Location"] == "/account/password"
    words = {"old_password": PASSWORD, "new_password1": "Other-horse-9"}
    client.post("/account/password", {**words, "new_password2": "Other-horse-9"})
    assert client.get("/account/me").status_code == 200
    assert client.post("/account/sign-out").status_code == 302


@pytest.mark.parametrize(
    ("password", "taken"),
    [
        ("Abcdefgh12", True),  # ten signs, three kinds
        ("Abcdefg12", False),  # nine signs
        ("abcdefghi12", False),  # two kinds
        ("1234567890", False),
    ],
)
def test_the_rules_of_passwords(someone, password, taken):
    client, _ = enter("li.na", PASSWORD)
    words = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    answer = client.post("/account/password", words)
    assert (answer.status_code == 302) is taken
    someone.refresh_from_db()
    assert someone.check_password(password) is taken


@pytest.mark.parametrize(("minutes", "locked"), [(29, True), (31, False)])
def test_the_lock_holds_half_an_hour_from_the_fifth_wrong_password(someone, minutes, locked):
    from axes.models import AccessAttempt

    for _ in range(6):
        enter("li.na", "wrong")
    for each in AccessAttempt.objects.all():
        each.attempt_time -= dt.timedelta(minutes=minutes)
        each.save()
    assert (enter("li.na", PASSWORD)[1].status_code == 429) is locked


@pytest.mark.parametrize(("proxies", "status"), [(("127.0.0.1",), 302), ((), 429)])
def test_a_lock_behind_a_proxy_is_of_the_visitor(someone, settings, proxies, status):
    settings.CONFIG = dataclasses.replace(settings.CONFIG, proxies=proxies)
    for _ in range(5):
        enter("li.na", "wrong", Client(headers={"X-Forwarded-For": "10.1.1.1"}))
    other = Client(headers={"X-Forwarded-For": "10.1.1.2"})
    assert enter("li.na", PASSWORD, other)[1].status_code == status
    told = {each.facts["address"] for each in bureau.journal().notes("user:li.na")}
    assert told == ({"10.1.1.1", "10.1.1.2"} if proxies else {"127.0.0.1"})


@pytest.mark.parametrize(("wrong", "status"), [(29, 302), (30, 429)])
def test_an_address_that_guesses_at_many_names_waits(someone, settings, wrong, status):
    settings.CONFIG = dataclasses.replace(settings.CONFIG, proxies=("127.0.0.1",))
    guesser = Client(headers={"X-Forwarded-For": "10.1.1.1"})
    for number in range(wrong):
        enter(f"name{number}", "Spring-2026", guesser)
    assert enter("li.na", PASSWORD, guesser)[1].status_code == status
    other = Client(headers={"X-Forwarded-For": "10.1.1.2"})
    assert enter("li.na", PASSWORD, other)[1].status_code == 302


def _of(address):
    """What the journal has of an address: each act with what was said of it."""
    return [(each.act, each.facts) for each in bureau.journal().notes(f"address:{address}")]


def test_guesses_at_names_that_nobody_has_make_two_notes(someone):
    for number in range(35):
        enter(f"name{number % 7}", "Spring-2026")
    first, lock = _of("127.0.0.1")
    assert first == ("user.sign_in_failed", {"tried": "name0", "address": "127.0.0.1"})
    assert lock == ("address.locked", {"address": "127.0.0.1", "tries": "30", "names": "7"})
    told = [each.body for each in bureau.journal().stored()]
    assert not any("user:name" in body for body in told)
    assert "本地址" in enter("li.na", PASSWORD)[1].content.decode()


def test_a_name_that_somebody_has_is_written_down_each_time(someone):
    for name in ("nobody", "li.na", "nobody", "li.na", "li.na"):
        enter(name, "Spring-2026")
    assert [act for act, _ in _of("127.0.0.1")] == ["user.sign_in_failed"]
    assert acts("li.na").count("user.sign_in_failed") == 3


@pytest.mark.parametrize(("minutes", "notes"), [(29, 1), (31, 2)])
def test_an_address_is_noted_again_after_the_window(someone, monkeypatch, minutes, notes):
    enter("nobody", "Spring-2026")
    later = clock.now() + dt.timedelta(minutes=minutes)
    monkeypatch.setattr(clock, "now", lambda: later)
    enter("nobody", "Spring-2026")
    assert len(_of("127.0.0.1")) == notes


def test_each_address_is_noted(someone, settings):
    settings.CONFIG = dataclasses.replace(settings.CONFIG, proxies=("127.0.0.1",))
    for address in ("10.1.1.1", "10.1.1.2", "10.1.1.1"):
        enter("nobody", "Spring-2026", Client(headers={"X-Forwarded-For": address}))
    assert (len(_of("10.1.1.1")), len(_of("10.1.1.2"))) == (1, 1)
