"""The census that a public site is given answers as the whole one, and tells less."""

import datetime as dt
import json

import pytest

from dingdian.actions.check_site import SiteQuestion, check_site, open_desk
from dingdian.actions.reduce_census import COLUMNS, reduce_census
from dingdian.core.census import make_census
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.schema import TABLES
from dingdian.core.census.table import table_from_rows
from dingdian.core.spacing.verdict import Verdict
from dingdian.samples import SAMPLES
from dingdian.storage.boundaries import read_boundaries
from dingdian.storage.census_files import read_census
from dingdian.storage.census_write import write_census
from dingdian.storage.policy_yaml import shelf_for

DAY = dt.date(2026, 3, 2)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The sample of Shenyang, with a survey that names who measured."""
    made = SAMPLES["shenyang"](seed=1)
    path = tmp_path_factory.mktemp("sample") / "boundaries.geojson"
    path.write_text(json.dumps(made.boundaries), "utf-8")
    own = {name: table_from_rows(TABLES[name], rows) for name, rows in made.tables.items()}
    census = make_census(own, read_boundaries(path)[0])
    code = census.tables["institutions"]["code"].cell(0)
    surveys = census.tables["surveys"].schema
    row = {
        "number": "C1", "from_code": "X9", "to_code": code, "distance_m": 900,
        "measured_on": dt.date(2026, 1, 5), "by": "张三丰", "document": "密文1号", "signed": True,
    }  # fmt: skip
    draft = row | {"number": "C2", "signed": False}
    tables = dict(census.tables) | {"surveys": table_from_rows(surveys, [row, draft])}
    return make_census(tables, census.boundaries)


@pytest.fixture(scope="module")
def reduced(whole):
    return reduce_census(whole, DAY)


def test_it_answers_as_the_whole_one(whole, reduced):
    """At some localities, for two kinds: verdicts, neighbours, distances, other places."""
    book, place = shelf_for("shenyang")
    desks = [open_desk(each, book, place=place, day=DAY) for each in (whole, reduced)]
    at = whole.positions("localities")
    verdicts = set()
    step = max(1, len(at.lon) // 25)
    for row in range(0, len(at.lon), step):
        for kind in ("retail_pharmacy", "clinic"):
            asked = SiteQuestion(
                str(at.lon[row]), str(at.lat[row]), "cgcs2000", ("outpatient_pooling",), kind
            )
            one, other = (check_site(desk, asked, reach_mm=2_000_000, most=3) for desk in desks)
            assert one.answers == other.answers
            assert [s.locality for s in one.spots] == [s.locality for s in other.spots]
            verdicts.add(one.verdict)
    assert {Verdict.BROKEN, Verdict.KEPT} <= verdicts


def test_it_reads_back_as_the_same(reduced, tmp_path):
    write_census(reduced, tmp_path)
    assert fingerprint(read_census(tmp_path).census) == fingerprint(reduced)


def test_it_holds_nothing_of_persons_and_no_other_table(reduced, tmp_path):
    write_census(reduced, tmp_path)
    written = b"".join(each.read_bytes() for each in tmp_path.iterdir()).decode()
    assert "张三丰" not in written
    assert "密文1号" not in written
    assert "C1" in written
    assert "C2" not in written
    names = {name for name, table in reduced.tables.items() if len(table)}
    assert names == {"about", "regions", "institutions", "localities", "surveys"}
    for name, columns in COLUMNS.items():
        table = reduced.tables[name]
        assert {c for c, column in table.columns.items() if column.known.any()} <= set(columns)
        assert set(table.origin) == {""}


def test_who_made_the_census_is_left_out(whole, reduced):
    assert "made_by" not in reduced.about
    assert reduced.taken_on == whole.taken_on
    assert reduced.invented


def test_the_sample_has_what_is_left_out(whole):
    """Without it the tests above would show nothing."""
    assert whole.tables["institutions"]["uscc"].known.any()
    assert len(whole.tables["institutions"]) > 1000
    assert "shenyang" in SAMPLES
