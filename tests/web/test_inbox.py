"""Messages: who is told, once and by name; e-mail where there is a server, and where it is not."""

import datetime as dt
import email
import email.policy
from dataclasses import replace

import pytest
from django.core import mail

from dingdian.web.inbox.models import Message
from dingdian.web.inbox.sending import send
from dingdian.web.jobs.models import Job
from dingdian.web.rights import Role
from tests.web import mailing

FACTS = {"move": "sign", "name": "便民药房"}


@pytest.fixture
def told(user):
    """The leader is told that something waits."""
    leader = user(Role.LEADER)
    leader.email = "leader@example.cn"
    leader.save()
    return lambda: send([leader], "proposal", "/cases/proposals", **FACTS)


def test_a_message_is_counted_on_every_page_until_it_is_read(told, signed_in):
    told()
    client = signed_in(Role.LEADER)
    assert client.get("/help").context["unread"] == 1
    assert "便民药房：“签订协议”待您复核。" in client.get("/inbox/").content.decode()
    message = Message.objects.get()
    assert client.get(f"/inbox/{message.pk}")["Location"] == "/cases/proposals"
    assert client.get("/help").context["unread"] == 0


def test_a_message_of_another_is_not_found(told, signed_in):
    told()
    assert signed_in(Role.CLERK).get(f"/inbox/{Message.objects.get().pk}").status_code == 404
    assert Message.objects.get().read_at is None


def test_all_are_taken_as_read(told, signed_in):
    told()
    told()
    assert signed_in(Role.LEADER).post("/inbox/read").status_code == 302
    assert not Message.objects.filter(read_at=None).exists()


def test_without_a_server_nothing_is_mailed(told, work):
    told()
    work()
    assert not Job.objects.filter(kind="send_mail").exists()


def test_it_goes_out_by_e_mail_once(told, work, settings):
    settings.CONFIG = replace(settings.CONFIG, mail_host="mail.example.cn", mail_from="a@b.cn")
    told()
    work()
    assert [each.to for each in mail.outbox] == [["leader@example.cn"]]
    assert mail.outbox[0].subject == "便民药房：“签订协议”待您复核。"
    assert Message.objects.get().mailed_at is not None
    from dingdian.web.jobs import running

    running.ask("send_mail", "mail", by="", messages=[Message.objects.get().pk])
    work()
    assert len(mail.outbox) == 1


def test_a_server_that_is_not_there_is_told_with_the_work(told, work, settings):
    settings.CONFIG = replace(settings.CONFIG, mail_host="127.0.0.1")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    told()
    work()
    job = Job.objects.get(kind="send_mail")
    assert job.state == "failed"
    assert "邮件没有发出" in str(job.fault_lines())
    assert Message.objects.get().mailed_at is None


@pytest.fixture
def server(settings):
    """A server that refuses whom one says."""
    with mailing.server() as found:
        settings.CONFIG = replace(settings.CONFIG, mail_host="127.0.0.1", mail_from="a@b.cn")
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        settings.DEFAULT_FROM_EMAIL = "a@b.cn"
        yield found


@pytest.fixture
def three(user):
    """Three who have an address."""
    found = [user(role) for role in (Role.LEADER, Role.CLERK, Role.PLANNER)]
    for each in found:
        each.email = f"{each.username}@example.cn"
        each.save()
    return found


def _body(got):
    return email.message_from_bytes(got, policy=email.policy.default).get_content()


def test_one_address_that_is_refused_stops_no_other_and_is_tried_again(three, server, work):
    server.refused = {"leader@example.cn"}
    send(three, "proposal", "/cases/proposals", **FACTS)
    work()
    assert sorted(server.got) == ["clerk@example.cn", "planner@example.cn"]
    job = Job.objects.get(kind="send_mail")
    assert job.state == "failed"
    assert "leader@example.cn" in str(job.fault_lines())
    assert Message.objects.get(mailed_at=None).user == three[0]
    server.refused = set()
    send(three[1:2], "proposal", "/cases/proposals", **FACTS)
    work()
    assert {name: len(each) for name, each in server.got.items()} == {
        "leader@example.cn": 1,
        "clerk@example.cn": 2,
        "planner@example.cn": 1,
    }
    assert Job.objects.filter(kind="send_mail").first().state == "done"


def test_what_an_outage_kept_goes_out_with_the_next_for_a_day(three, server, work, settings):
    settings.EMAIL_PORT = 9
    send(three, "proposal", "/cases/proposals", **FACTS)
    work()
    assert Message.objects.filter(mailed_at=None).count() == 3
    old = Message.objects.get(user=three[2])
    old.at -= dt.timedelta(days=1, minutes=1)
    old.save()
    settings.EMAIL_PORT = server.port
    send(three[:1], "proposal", "/cases/proposals", **FACTS)
    work()
    assert {name: len(each) for name, each in server.got.items()} == {
        "leader@example.cn": 2,
        "clerk@example.cn": 1,
    }


def test_a_server_that_breaks_off_does_not_stop_the_others(three, server, work):
    server.hung_up = {"clerk@example.cn"}
    send(three, "proposal", "/cases/proposals", **FACTS)
    work()
    assert sorted(server.got) == ["leader@example.cn", "planner@example.cn"]


@pytest.mark.parametrize("office", ["https://dd.example.cn/", ""])
def test_an_e_mail_can_be_followed_where_the_address_of_the_office_is_known(
    told, server, work, settings, office
):
    settings.CONFIG = replace(settings.CONFIG, office_url=office)
    told()
    work()
    (got,) = server.got["leader@example.cn"]
    page = "https://dd.example.cn/cases/proposals" if office else "请登录系统查看：/cases/proposals"
    assert _body(got).splitlines()[1].endswith(page)
