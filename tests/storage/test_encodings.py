"""csv as Excel, WPS and other programs write it."""
# ruff: noqa: E501 -- names of cases stand in one line

import codecs

import pytest

from tests.ledgers import SOUND, kinds, read

TEXT = SOUND["institutions"]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gbk"),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode("gbk"),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", ";").encode(),
        (TEXT + "\n,,,\n\n").encode(),
    ],
    ids=["utf-8", "bom", "gbk", "gb18030", "utf-16le", "utf-16be", "crlf", "tab", "semicolon", "empty rows"],
)  # fmt: skip
def test_every_encoding_gives_the_same_names(tmp_path, data):
    reading = read(tmp_path, institutions=data)
    assert not reading.faults
    names = reading.census.tables["institutions"]["name"].cells()
    assert names == ["甲医院", "乙诊所", "丙药店"]


def test_a_byte_of_rubbish_is_placed(tmp_path):
    data = TEXT.encode() + b"\xff\n"
    reading = read(tmp_path, institutions=data)
    found = next(each for each in reading.faults if each.kind == "wrong_encoding")
    assert found.place.file == "institutions.csv"
    assert 0 < found.fields["byte"] <= len(data)


def test_short_rows_are_filled_with_unknown(tmp_path):
    letters = "number,received_on,note\n1,2025-01-05\n2,2025-01-06,x\n"
    reading = read(tmp_path, letters=letters)
    assert reading.census.tables["letters"]["note"].cells() == [None, "x"]


def test_cells_right_of_the_headings_are_told(tmp_path):
    reading = read(tmp_path, letters="number,received_on\n1,2025-01-05,x\n")
    assert kinds(reading.faults) == {"unknown_column": 1}
