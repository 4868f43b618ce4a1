"""Comments come in: whole or not at all, once only, and contacts are forgotten."""

import datetime as dt
import json
import uuid

import pytest

from dingdian.core.errors import RequestError
from dingdian.storage.signed_files import Header, digest_of, write_signed
from dingdian.web import bureau, clock
from dingdian.web.public import sending, taking_in
from dingdian.web.public.models import (
    Comment,
    Received,
    Sent,
    TakenComment,
)
from dingdian.web.rights import Role
from tests.web.exchanging import kind_of, said

pytestmark = pytest.mark.django_db


def test_comments_come_once_whatever_is_brought_in_which_order(both, published, received, user):
    both.install(both.edition())
    first = [said(f"意见 {at}", contact="13800000000") for at in range(3)]
    one = both.export()
    second = [said("又一条")]
    two = both.export()
    third = [said("第三批")]
    three = both.export()
    everything = {str(each.public_id) for each in (*first, *second, *third)}
    planner = user(Role.PLANNER)
    assert both.take_in(two, planner).fresh == 4  # the first file was lost on its way
    assert both.take_in(one, planner).state == "refused"
    assert both.take_in(two, planner).state == "refused"
    assert both.take_in(three, planner).fresh == 1
    assert set(received) == everything
    assert all(len(each) == 1 for each in received.values())
    assert TakenComment.objects.filter(held__isnull=False).count() == 0
    assert {n.act for n in bureau.journal().notes("comments:2")} == {"comments.take"}
    assert Received.objects.filter(state="refused").count() == 2


def test_contacts_are_forgotten_once_the_receipt_has_come(both, published, received):
    both.install(both.edition())
    said("甲", name="张三", contact="13800000001")
    path = both.export()
    said("乙", name="李四", contact="13800000002")
    both.take_in(path)
    assert Comment.objects.exclude(contact="").count() == 2
    both.install(both.edition())
    assert [(c.text, c.name, c.contact) for c in Comment.objects.all()] == [
        ("甲", "", ""),
        ("乙", "李四", "13800000002"),
    ]
    assert not path.exists()
    with both.at("public"):
        sent, later = sending.export_comments()
    assert (sent.number, sent.comments) == (2, 1)
    assert both.take_in(later).fresh == 1


def test_a_receipt_of_another_file_forgets_nothing(both, published):
    """A number alone is no proof: the digest must be that of the file written here."""
    said("甲", contact="13800000001")
    both.export()
    Received.objects.create(name="x", number=1, sha256="0" * 64, state="taken", at=clock.now())
    both.install(both.edition())
    assert Comment.objects.get().contact == "13800000001"


def test_a_file_that_could_not_be_written_loses_no_comment(both, monkeypatch, received):
    said("甲")
    with monkeypatch.context() as broken:
        broken.setattr(
            sending, "write_signed", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
        )
        with pytest.raises(OSError, match="full"):
            both.export()
    path = both.export()
    assert [each.number for each in Sent.objects.order_by("number")] == [1, 2]
    assert both.take_in(path).fresh == 1


def test_without_comments_there_is_nothing_to_export(both):
    with pytest.raises(RequestError) as error:
        both.export()
    assert kind_of(error) == "exchange_nothing"


def test_comments_of_an_unknown_consultation_are_held(both, received):
    said("甲", consultation="c-9")
    said("乙")
    both.take_in(both.export())
    assert [each.held["text"] for each in TakenComment.objects.filter(held__isnull=False)] == ["甲"]
    assert len(received) == 1


def test_held_contacts_are_blanked_in_time(both, received):
    from dingdian.web.public.retention import held_comments

    said("甲", consultation="c-9", name="张三", contact="138")
    both.take_in(both.export())
    assert held_comments(clock.now() - dt.timedelta(days=1)) == 0
    assert held_comments(clock.now() + dt.timedelta(days=1)) == 1
    held = TakenComment.objects.get().held
    assert (held["text"], held["name"], held["contact"]) == ("甲", "", "")
    assert held_comments(clock.now() + dt.timedelta(days=1)) == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "x" * 4001},
        {"kind": "minister"},
        {"public_id": "7"},
        {"received_at": "yesterday"},
        {"name": "n" * 61},
    ],
)
def test_a_comment_that_is_none_refuses_the_whole_file(both, received, tmp_path, changed):
    good = {
        "public_id": str(uuid.uuid4()),
        "consultation": "c-1",
        "kind": "insured",
        "name": "",
        "contact": "",
        "text": "好",
        "received_at": "2026-11-20T09:00:00+08:00",
    }
    path = tmp_path / "c.zip"
    content = json.dumps([good, good | {"public_id": str(uuid.uuid4())} | changed]).encode()
    header = Header("comments", 1, clock.now().isoformat(), "2026-11-20", "daxinganling")
    write_signed(path, header, {"comments.json": content}, both.keys["public"])
    found = both.take_in(path)
    assert (found.state, found.faults[0][0]) == ("refused", "exchange_contents")
    assert found.sha256 == digest_of(path)
    assert not received
    assert not TakenComment.objects.exists()


def test_a_death_while_taking_in_leaves_nothing(both, monkeypatch):
    class Killed(BaseException):
        pass

    def die():
        raise Killed

    said("甲")
    path = both.export()
    with monkeypatch.context() as killed:
        killed.setattr(taking_in.handing, "hand_over", die)
        with pytest.raises(Killed):
            both.take_in(path)
    assert not Received.objects.exists()
    assert both.take_in(path).fresh == 1
