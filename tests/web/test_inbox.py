"""Messages: who is told, once and by name; e-mail where there is a server, and where it is not."""

from dataclasses import replace

import pytest
from django.core import mail

from dingdian.web.inbox.models import Message
from dingdian.web.inbox.sending import send
from dingdian.web.jobs.models import Job
from dingdian.web.rights import Role

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
