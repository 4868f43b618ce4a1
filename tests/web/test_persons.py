"""Personal data: masked to whom it is not for, blanked when its time is over."""

import datetime as dt

import pytest
from django.template import Context, Template

from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.web import bureau, persons
from dingdian.web.accounts.models import User
from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT, ELSEWHERE

NOW = dt.datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize("how", list(persons.MASKS))
@pytest.mark.parametrize("value", ["1", "12", "123", "1234", "1234567", "12345678", "a@b.cn"])
def test_a_mask_keeps_the_length_and_hides_something(how, value):
    masked = persons.MASKS[how](value)
    assert len(masked) == len(value)
    assert "*" in masked


def test_the_mask_of_a_number_keeps_five_signs_from_eight_on():
    assert persons.masked_number("1234567") == "1******"
    assert persons.masked_number("12345678") == "123***78"


@pytest.mark.parametrize(
    ("role", "district", "full"),
    [
        (Role.CLERK, DISTRICT, True),
        (Role.CLERK, ELSEWHERE, False),
        (Role.CLERK, "", False),
        (Role.CLERK, None, False),
        (Role.PLANNER, DISTRICT, False),
        (Role.SYSTEM_ADMIN, DISTRICT, False),
        (Role.SECURITY_ADMIN, DISTRICT, False),
        (Role.AUDIT_ADMIN, DISTRICT, False),
    ],
)
def test_the_full_name_is_for_who_sees_persons_of_the_district(user, role, district, full):
    assert persons.shown(user(role), "张三丰", "name", district) == ("张三丰" if full else "张**")


def test_a_visitor_sees_no_name(db):
    from django.contrib.auth.models import AnonymousUser

    assert persons.shown(None, "张三丰", "name", DISTRICT) == "张**"
    assert persons.shown(AnonymousUser(), "张三丰", "name", DISTRICT) == "张**"


def test_a_page_shows_a_person_as_its_reader_may_see_them(user):
    page = Template('{% person "张三丰" "name" where %}|{% person "" "name" where %}')
    said = page.render(Context({"me": user(Role.CLERK), "where": DISTRICT}))
    assert said == "张三丰|—"
    assert page.render(Context({"me": user(Role.PLANNER), "where": DISTRICT})) == "张**|—"


@pytest.fixture
def offices(db):
    """Stands for any table with personal data: the office of users made before a moment."""

    def blank(before):
        return User.objects.filter(created_at__lt=before).exclude(office="").update(office="")

    persons.BLANKS["offices"] = blank
    yield
    del persons.BLANKS["offices"]


def _made(username, at):
    found = User.objects.create(username=username, name="某人", office="某科")
    User.objects.filter(pk=found.pk).update(created_at=at)


def test_what_is_older_than_the_days_is_blanked_and_noted_and_the_rest_stays(offices):
    _made("old", NOW - dt.timedelta(days=30, seconds=1))
    _made("young", NOW - dt.timedelta(days=30))
    assert persons.blank_old(NOW, 30)["offices"] == 1
    assert User.objects.get(username="old").office == ""
    assert User.objects.get(username="young").office == "某科"
    last = bureau.journal().notes("persons")[-1]
    assert last.act == "persons.blank"
    assert last.facts["offices"] == "1"


def test_a_second_run_blanks_nothing_and_says_nothing(offices):
    _made("old", NOW - dt.timedelta(days=31))
    persons.blank_old(NOW, 30)
    before = len(bureau.journal().notes("persons"))
    assert persons.blank_old(NOW, 30)["offices"] == 0
    assert len(bureau.journal().notes("persons")) == before


def test_one_that_fails_leaves_all_as_it_was(offices):
    _made("old", NOW - dt.timedelta(days=31))

    def fails(before):
        raise ValueError

    persons.BLANKS["zzz"] = fails
    try:
        with pytest.raises(ValueError, match=r"^$"):
            persons.blank_old(NOW, 30)
    finally:
        del persons.BLANKS["zzz"]
    assert User.objects.get(username="old").office == "某科"


def test_the_office_blanks_by_command(offices, monkeypatch):
    from click.testing import CliRunner

    from dingdian.cli.office import command

    _made("old", dt.datetime(2020, 1, 1, tzinfo=SHANGHAI))
    done = CliRunner().invoke(command, ["retention"])
    assert done.exit_code == 0, done.output
    assert "offices\t1" in done.output
