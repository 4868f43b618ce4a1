"""Editions go out: whole or not at all, in their order, once only."""

import dataclasses
import datetime as dt
import json

import pytest

from dingdian.core.errors import RequestError
from dingdian.storage.exchange_keys import own_key
from dingdian.storage.signed_files import Header, TrustedKey, open_signed, write_signed
from dingdian.web import bureau, clock
from dingdian.web.public import installing, making, sending, where
from dingdian.web.public.models import (
    Installed,
    PublicConsultation,
    PublicInstitution,
    PublicLocality,
    Received,
)
from tests.web.exchanging import consultation, kind_of

pytestmark = pytest.mark.django_db


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
