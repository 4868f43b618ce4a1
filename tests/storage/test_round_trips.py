"""The canonical copy reads back as the same census; any census, by hypothesis."""
# ruff: noqa: E501 -- strategies and rows stand one a line

import datetime as dt
import re
import tempfile
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dingdian.core.census import TABLES, Kind, make_census, table_from_rows
from dingdian.core.census.canonical import fingerprint
from dingdian.core.census.headings import EXAMPLE, plain
from dingdian.core.census.vocabulary import CHOICES
from dingdian.storage.cells import PLACEHOLDERS
from dingdian.storage.census_files import read_census
from dingdian.storage.census_write import write_census
from dingdian.storage.workbook_write import write_workbook

#: Text that reading leaves as it is: no spaces at the ends, nothing that stands for nothing.
TEXT = (
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="'’‘`"), min_size=1, max_size=9)
    .filter(lambda text: text.casefold() not in PLACEHOLDERS)
    .filter(lambda text: not re.fullmatch("[A-Z][0-9A-Z]*", text))  # names are no codes here
    .filter(lambda text: not text.startswith(EXAMPLE) and plain(text))
)  # fmt: skip
CODE = st.from_regex(r"[A-Z][0-9A-Z]{0,9}", fullmatch=True).filter(
    lambda text: text.casefold() not in PLACEHOLDERS
)


def cells(field):
    kind = field.kind
    if kind is Kind.NUMBER:
        most = 10**12
        of = st.integers(-most if field.signed else 0, most)
        return of.map(lambda n: Fraction(n, 10**field.scale))
    return {
        Kind.TEXT: TEXT,
        Kind.CODE: CODE,
        Kind.CHOICE: st.sampled_from(sorted(CHOICES.get(field.choice, "-"))),
        Kind.DAY: st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
        Kind.FLAG: st.booleans(),
        Kind.DEGREE: st.floats(-180, 180).map(lambda degrees: round(degrees, 9)),
    }[kind]


@st.composite
def tables(draw):
    """Rows of a few tables, keys and required cells filled, the rest at random."""
    names = draw(st.sets(st.sampled_from(sorted(set(TABLES) - {"about"})), min_size=1, max_size=3))
    found = {}
    for name in sorted(names):
        schema = TABLES[name]
        row = st.fixed_dictionaries(
            {f.name: cells(f) for f in schema if f.filled or f.name == schema.key[0]},
            optional={f.name: cells(f) for f in schema if not f.filled and not f.refers},
        )
        found[name] = draw(st.lists(row, min_size=1, max_size=5))
    return found


def census_of(rows):
    made = {n: table_from_rows(TABLES[n], its, [f"老 {n}，{i}" for i in range(len(its))]) for n, its in rows.items()}  # fmt: skip
    shape = {"type": "Polygon", "coordinates": [[[0, 0], [0, 1.5], [1, 0], [0, 0]]]}
    return make_census(made, {"a": {**shape, "crs": "wgs84", "schematic": True}})


@settings(deadline=None, max_examples=80)
@given(tables())
def test_the_canonical_copy_is_the_same_census(rows):
    census = census_of(rows)
    with tempfile.TemporaryDirectory() as folder:
        write_census(census, Path(folder))
        again = read_census(Path(folder)).census
    assert fingerprint(again) == fingerprint(census)
    for name, table in census.tables.items():
        assert again.tables[name].origin == table.origin
        assert [again.tables[name].row(i) for i in range(len(table))] == [table.row(i) for i in range(len(table))]  # fmt: skip


@settings(deadline=None, max_examples=30)
@given(tables())
def test_a_workbook_is_the_same_census(rows):
    census = census_of(rows)
    with tempfile.TemporaryDirectory() as folder:
        write_workbook(rows, Path(folder) / "a.xlsx")
        again = read_census(Path(folder) / "a.xlsx").census
    bare = make_census(census.tables)
    assert fingerprint(again) == fingerprint(bare)


def test_writing_twice_gives_the_same_bytes(tmp_path):
    census = census_of({"letters": [{"number": "1", "received_on": dt.date(2025, 1, 5)}]})
    first = [path.read_bytes() for path in write_census(census, tmp_path / "a")]
    assert first == [path.read_bytes() for path in write_census(census, tmp_path / "b")]
    assert first[0].startswith(b"\xef\xbb\xbfnumber,received_on,origin\n")


def test_only_tables_with_rows_are_written(tmp_path):
    written = write_census(census_of({"letters": [{"number": "1"}]}), tmp_path)
    assert [path.name for path in written] == ["letters.csv", "boundaries.geojson"]
