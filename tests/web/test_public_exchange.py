"""The exchange of signed files: editions out, comments in; whole or not at all, once only."""

import dataclasses
import datetime as dt
import json
import shutil
import uuid
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import override_settings

from dingdian.core.errors import RequestError
from dingdian.storage.exchange_keys import TRUSTED, own_key
from dingdian.storage.signed_files import Header, TrustedKey, digest_of, open_signed, write_signed
from dingdian.web import bureau, clock
from dingdian.web.public import gathering, handing, installing, making, sending, taking_in, where
from dingdian.web.public.models import (
    Comment,
    Edition,
    Installed,
    PublicConsultation,
    PublicInstitution,
    PublicLocality,
    Received,
    Sent,
    TakenComment,
)
from dingdian.web.public.published import Consultation, IssuedPlan, Paper
from dingdian.web.rights import Role

pytestmark = pytest.mark.django_db

PLAN = IssuedPlan(
    "plan-1",
    "大兴安岭地区规划",
    2026,
    dt.date(2026, 3, 1),
    "f" * 64,
    number="示例〔2026〕1号",
    papers=(
        Paper("规划文本", "规划文本.pdf", b"%PDF-1.4 text"),
        Paper("网页", "plan.html", b"<p>"),
    ),
)


def consultation(id="c-1", since=-3, until=10, **more):
    today = clock.today()
    span = today + dt.timedelta(since), today + dt.timedelta(until)
    draft = Paper("征求意见稿", "征求意见稿.pdf", b"%PDF-1.4 draft")
    return Consultation(id, "规划征求意见", *span, text="请提意见。", papers=(draft,), **more)


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


def said(text="很好的规划。", **more):
    given = {"consultation": "c-1", "kind": "insured", "received_at": clock.now()}
    return Comment.objects.create(text=text, **(given | more))


def kind_of(error):
    return error.value.faults[0].kind


# -- editions -------------------------------------------------------------------------


def test_an_edition_carries_what_the_public_site_shows(both, published):
    installed = both.install(both.edition())
    assert installed.number == 1
    assert installed.counts["publicinstitution"] == PublicInstitution.objects.count() > 300
    assert PublicLocality.objects.count() > 100
    found = PublicConsultation.objects.get()
    assert (found.title, found.closes) == ("规划征求意见", consultation().closes)
    with both.at("public"):
        file = where.editions() / installed.folder / found.papers[0]["file"]
    assert file.read_bytes() == b"%PDF-1.4 draft"
    assert installed.about["census"]


def test_the_same_day_gives_the_same_parts(both, published):
    with both.at("bureau"):
        one, _ = making.gathered(clock.today())
        other, _ = making.gathered(clock.today())
    assert one == other


def test_an_edition_holds_no_persons(both, published, sample_ledger):
    """No name, number or contact of a person that stands anywhere in the ledger."""
    from dingdian.core.census.schema import TABLES

    path = both.edition()
    with both.at("bureau"):
        signed = open_signed(path, "edition", TrustedKey(both.keys["bureau"].private.public_key()))
        content = b"\n".join(signed.read(name) for name in signed.parts)
        census = bureau.desk().ledger.census(dt.date.max)
    persons = set()
    for table, columns in {"records": ("person", "name", "id_number"), "surveys": ("by",)}.items():
        for column in columns:
            if any(field.name == column for field in TABLES[table]):
                persons |= {str(cell) for cell in census.tables[table][column].cells() if cell}
    uscc = {str(cell) for cell in census.tables["institutions"]["uscc"].cells() if cell}
    assert uscc
    assert not [each for each in persons | uscc if each.encode() in content]
    allowed = {"records.csv", "agreements.csv", "past_scores.csv", "history.csv", "fund.csv"}
    assert not [name for name in signed.parts if name.rsplit("/", 1)[-1] in allowed]
    columns = signed.read("check/census/institutions.csv").decode("utf-8-sig").split("\n")[0]
    assert "uscc" not in columns
    shown = json.loads(signed.read("institutions.json"))[0]
    assert set(shown) == {
        "code", "name", "kind", "level", "address", "standing", "services", "region", "district",
        "lon", "lat",
    }  # fmt: skip


def test_the_public_desk_answers_as_the_bureaus(both, published):
    """At every twentieth locality the same verdict, neighbours and distances."""
    from dingdian.actions.check_site import SiteQuestion, check_site, open_desk
    from dingdian.actions.take_picture import take_picture
    from dingdian.web.public import checking

    installed = both.install(both.edition())
    office = bureau.desk()
    census = take_picture(office.ledger, office.terms, clock.today()).census
    own = open_desk(census, office.terms.book, place=office.terms.place, day=clock.today())
    with both.at("public"):
        public = checking.desk_of(installed)
    compared = set()
    for each in PublicLocality.objects.all()[::20]:
        for kind in ("retail_pharmacy", "clinic"):
            services = ("outpatient_pooling", "personal_account")
            asked = SiteQuestion(str(each.lon), str(each.lat), "cgcs2000", services, kind)
            one, other = (check_site(desk, asked, reach_mm=3_000_000) for desk in (own, public))
            assert one.answers == other.answers
            assert [s.locality for s in one.spots] == [s.locality for s in other.spots]
            compared.add(one.verdict)
    assert compared


def test_an_older_edition_or_the_same_again_is_refused(both, published):
    first, second = both.edition(), both.edition()
    both.install(second)
    for path in (first, second):
        with pytest.raises(RequestError) as error:
            both.install(path)
        assert kind_of(error) == "exchange_older"
    assert [each.number for each in Installed.objects.all()] == [2]


def test_an_edition_of_another_key_or_place_is_refused(both, published, tmp_path):
    other = own_key(tmp_path / "third")
    place = Header("edition", 9, clock.now().isoformat(), "2026-11-20", "shenyang")
    for key, kind in ((other, "exchange_signature"), (both.keys["bureau"], "exchange_of_another")):
        path = tmp_path / "x.zip"
        write_signed(path, place, {"about.json": b"{}"}, key)
        with pytest.raises(RequestError) as error:
            both.install(path)
        assert kind_of(error) == kind
    assert not Installed.objects.exists()


def test_contents_that_do_not_agree_leave_the_edition_before(both, published, tmp_path):
    """Signed, but its census is not the one that it names: refused, and no folder stays."""
    shown = both.install(both.edition())
    key = both.keys["bureau"]
    good = open_signed(both.edition(), "edition", TrustedKey(key.private.public_key()))
    parts = {name: good.read(name) for name in good.parts}
    census = "check/census/institutions.csv"
    for changed in (
        {census: b"\n".join(parts[census].split(b"\n")[:-5]) + b"\n"},
        {"institutions.json": b"[{}]"},
        {"about.json": b"{}"},
    ):
        path = tmp_path / "bad.zip"
        write_signed(path, dataclasses.replace(good.header, number=5), parts | changed, key)
        with pytest.raises(RequestError) as error:
            both.install(path)
        assert kind_of(error) == "exchange_contents"
    with both.at("public"):
        assert [each.name for each in where.editions().iterdir()] == [shown.folder]
    assert Installed.objects.first() == shown
    assert PublicInstitution.objects.count() == shown.counts["publicinstitution"]


@pytest.mark.parametrize("step", ["unpack", "tables", "after"])
def test_a_death_in_the_middle_leaves_the_old_or_the_new(both, published, monkeypatch, step):
    """Whatever was done when the process died, what is shown is one whole edition."""
    both.install(both.edition())
    published["plans"] = ()
    second = both.edition()

    class Killed(BaseException):
        pass

    def die(*_, **__):
        raise Killed

    name = {"unpack": "_filled", "tables": "_plans", "after": "_clear"}[step]
    if step == "tables":
        monkeypatch.setattr(installing.sending, "receipt", die)
    else:
        monkeypatch.setattr(installing, name, die)
    with pytest.raises(Killed):
        both.install(second)
    monkeypatch.undo()
    shown = Installed.objects.first()
    assert shown.number == (2 if step == "after" else 1)
    from dingdian.web.public.models import PublicPlan

    assert PublicPlan.objects.count() == (0 if step == "after" else 1)
    if step != "after":
        both.install(second)
    with both.at("public"):
        names = {each.name for each in where.editions().iterdir()}
    assert Installed.objects.first().folder in names


def test_numbers_go_on_after_what_the_site_shows(both, published):
    """A bureau that was restored from a backup does not number backwards."""
    Received.objects.create(
        name="x", number=1, sha256="0", state="taken", at=clock.now(), installed=12
    )
    with both.at("bureau"):
        assert making.next_number() == 13


def test_each_side_does_only_its_own(both):
    for side, does in (
        ("public", lambda: making.make_edition(by="")),
        ("bureau", sending.export_comments),
    ):
        with both.at(side), pytest.raises(RequestError) as error:
            does()
        assert kind_of(error) == "exchange_side"


# -- comments -------------------------------------------------------------------------


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


# -- pages of the bureau ----------------------------------------------------------------


def test_an_edition_is_made_and_fetched_from_the_page(both, published, signed_in, work):
    with both.at("bureau"):
        client = signed_in(Role.PLANNER)
        assert client.post("/exchange/make").status_code == 302
        work()
        page = client.get("/exchange/").content.decode()
        made = Edition.objects.get()
        assert made.file_name in page
        assert made.by == "planner"
        fetched = client.get(f"/exchange/editions/{made.number}")
        content = b"".join(fetched.streaming_content)
        assert content == making.file_of(made).read_bytes()
        assert client.get("/exchange/editions/99").status_code == 404
        acts = [each.act for each in bureau.journal().notes(f"edition:{made.number}")]
        assert acts == ["edition.make", "edition.download"]
        assert client.get("/exchange/key").content.decode() == both.keys["bureau"].public_pem


def test_a_file_is_uploaded_taken_in_and_refused_the_second_time(both, signed_in, received):
    from django.core.files.uploadedfile import SimpleUploadedFile

    said("甲")
    path = both.export()
    with both.at("bureau"):
        client = signed_in(Role.PLANNER)
        for told in ("已接收", "拒绝"):
            file = SimpleUploadedFile("意见.zip", path.read_bytes())
            page = client.post("/exchange/upload", {"file": file}, follow=True).content.decode()
            assert told in page
        nothing = SimpleUploadedFile("x.zip", b"<script>alert(1)</script>")
        page = client.post("/exchange/upload", {"file": nothing}, follow=True).content.decode()
        assert "不是完整的交换文件" in page
    assert Received.objects.filter(state="refused").count() == 2


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PLANNER])
def test_the_exchange_is_for_planners_only(signed_in, role):
    client = signed_in(role)
    assert client.get("/exchange/").status_code == 403
    assert client.post("/exchange/make").status_code == 403
    assert client.get("/exchange/editions/1").status_code == 403
