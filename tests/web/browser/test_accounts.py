"""Users, second factor, journal and shelf in a real browser; a picture of every page."""

import re
import time
from base64 import b32decode

import pytest

pytestmark = pytest.mark.browser

LANGUAGES = (("zh", "zh-hans"), ("en", "en"))


def _calm(page):
    """No error of a script, and no sideways scrolling."""
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def _code(letters, steps=0):
    from django_otp.oath import TOTP

    key = letters.replace(" ", "")
    made = TOTP(b32decode(key + "=" * (-len(key) % 8)))
    made.time = time.time() + steps * 30
    return f"{made.token():06}"


def _language(lang):
    return dict(LANGUAGES)[lang]


def _sign_in(page, username, password):
    page.goto("/account/sign-in")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.press("#id_password", "Enter")


def _made(enter, picture, username, lang):
    """The system administrator makes a user; the password for once."""
    page = enter("sysadmin", _language(lang))
    page.goto("/account/users")
    _calm(page)
    picture(page, "users", lang)
    page.goto("/account/users/new")
    picture(page, "user-new", lang)
    page.fill("#id_username", username)
    page.fill("#id_name", "何苗")
    page.fill("#id_office", "待遇保障科 经办员")
    page.click("main button.main")
    password = page.locator("code.secret").inner_text()
    picture(page, "user-password", lang)
    page.click("main a.main")
    picture(page, "user-system", lang)
    _calm(page)
    return password


def _given_a_role(enter, picture, username, lang):
    """The security administrator gives it a role, first without the district that it needs."""
    page = enter("secadmin", _language(lang))
    page.goto(f"/account/users?q={username}")
    page.click(f"main >> text={username}")
    page.select_option("#id_role", "clerk")
    page.click("form[action$=grant] button")
    assert page.locator("main .fault").count() == 1
    picture(page, "user-role-refused", lang)
    page.faults.clear()  # the browser tells of the status 422
    page.select_option("#id_role", "clerk")
    page.select_option("#id_region", index=1)
    page.click("form[action$=grant] button")
    assert page.locator(".told.success").count() == 1
    picture(page, "user-security", lang)
    page.fill("#id_name", "数据仓库")
    page.click("form[action$=tokens] button")
    page.wait_for_selector("table[aria-labelledby=tokens]")
    assert page.locator(".told.success").count() == 1
    _calm(page)


def _second_factor(page, picture, username, password, lang):
    """The user signs in, chooses a password and sets up a second factor; its letters."""
    _sign_in(page, username, password)
    page.wait_for_url("**/account/password")
    picture(page, "password", lang)
    page.fill("#id_old_password", password)
    page.fill("#id_new_password1", "Quiet-river-88")
    page.fill("#id_new_password2", "Quiet-river-88")
    page.click("main button.main")
    page.goto("/account/second-factor")
    _calm(page)
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 100
    page.click("summary")
    picture(page, "second-factor-set-up", lang)
    letters = page.locator("details code").inner_text()
    page.fill("#id_code", _code(letters))
    page.click("main button.main")
    assert len(re.findall(r"\w{4}-\w{4}-\w{4}", page.locator("pre").inner_text())) == 10
    picture(page, "recovery-codes", lang)
    page.goto("/account/second-factor")
    picture(page, "second-factor", lang)
    page.goto("/account/me")
    picture(page, "me", lang)
    _calm(page)
    return letters


@pytest.mark.parametrize(("lang", "language"), LANGUAGES)
def test_a_user_is_made_given_a_role_and_sets_up_a_second_factor(enter, picture, lang, language):
    username = f"new.{lang}"
    password = _made(enter, picture, username, lang)
    _given_a_role(enter, picture, username, lang)
    theirs = enter(None, language)
    letters = _second_factor(theirs, picture, username, password, lang)
    theirs.click(".me form[action$=sign-out] button")
    _sign_in(theirs, username, "Quiet-river-88")
    theirs.wait_for_url("**/account/second-factor*")
    picture(theirs, "second-factor-show", lang)
    theirs.fill("#id_code", _code(letters, 1))
    theirs.click("main button.main")
    theirs.goto("/account/me")
    assert theirs.locator("h1").inner_text() == "何苗"
    theirs.click("main form[action*=tokens] button")
    assert theirs.locator("code.secret").inner_text().startswith("dd_")
    picture(theirs, "user-token", lang)
    _calm(theirs)


@pytest.mark.parametrize(("lang", "language"), LANGUAGES)
def test_five_wrong_passwords_lock(enter, picture, lang, language):
    page = enter(None, language)
    for attempt in range(5):
        page.goto("/account/sign-in")
        page.fill("#id_username", f"nobody-{lang}")
        page.fill("#id_password", f"wrong-{attempt}")
        page.press("#id_password", "Enter")
        page.wait_for_load_state()
        if attempt == 0:
            picture(page, "sign-in-wrong", lang)
    assert page.locator(".fault").count() == 1
    picture(page, "locked", lang)


@pytest.mark.parametrize(("lang", "language"), LANGUAGES)
def test_the_journal_is_read_filtered_and_verified(enter, picture, lang, language):
    page = enter("auditor", language)
    page.goto("/journal/")
    _calm(page)
    picture(page, "journal", lang)
    page.select_option("#act", "user.sign_in")
    page.wait_for_url("**act=user.sign_in**")
    assert page.locator("tbody tr").count() > 0
    picture(page, "journal-filtered", lang)
    with page.expect_download() as download:
        page.click(".acts a")
    assert download.value.suggested_filename.endswith(".xlsx")
    page.goto("/journal/?by=nobody")
    picture(page, "journal-empty", lang)
    page.goto("/journal/verification")
    _calm(page)
    picture(page, "verification", lang)
    page.click("main button.main")
    page.wait_for_selector(".told.success p b, .told.success", timeout=60_000)
    page.wait_for_selector("h2", timeout=60_000)
    assert page.locator("main .told.success").count() >= 3
    picture(page, "verified", lang)
    _calm(page)
    page.goto("/plans/")
    assert page.locator(".fault").count() == 1
    picture(page, "no-permission", lang)


@pytest.mark.parametrize(("lang", "language"), LANGUAGES)
def test_the_shelf(enter, picture, lang, language):
    page = enter("planner", language)
    for name, path in (
        ("shelf", "/policy/"),
        ("shelf-filtered", "/policy/?q=8.85"),
        ("shelf-empty", "/policy/?q=nosuchword"),
        ("shelf-other-day", "/policy/?day=2020-01-01"),
        ("shelf-clause", "/policy/clauses/DX-07"),
        ("shelf-readings", "/policy/readings"),
        ("shelf-reading", "/policy/readings/bed_population"),
        ("shelf-documents", "/policy/documents"),
        ("shelf-benchmarks", "/policy/benchmarks"),
        ("shelf-calendar", "/policy/calendar?year=2026"),
    ):
        page.goto(path)
        _calm(page)
        picture(page, name, lang)
    page.goto("/policy/")
    page.select_option("#state", "in_force")
    page.wait_for_url("**state=in_force**")
    page.click("tbody a >> nth=0")
    assert page.locator("blockquote").count() == 1
