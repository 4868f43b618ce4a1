"""The fast look through a sheet's XML finds what a plain expression finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingdian.storage import workbook_guard

FAR = re.compile(rb' r="(?:[A-Z]{3}|[D-Z][A-Z]\d|[A-Z]+\d{6})')
LETTERS = st.text("ACDXZ", min_size=1, max_size=3)
CELLS = st.lists(st.tuples(st.text("ab", max_size=7), LETTERS, st.integers(1, 1_048_576)))


def sheet(cells: list[tuple[str, str, int]]) -> bytes:
    rows = (f'{text}<c r="{letters}{row}" s="1"><v>{row}</v>' for text, letters, row in cells)
    return ("".join(rows) + "</c></row></sheetData>").encode()


@given(CELLS, st.integers(1, 50))
def test_cells_far_out_are_found(cells: list[tuple[str, str, int]], at_once: int) -> None:
    xml = sheet(cells)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook_guard, "AT_ONCE", at_once)
        assert workbook_guard._any_far(xml) is bool(FAR.search(xml))


@given(st.binary(max_size=9), st.sampled_from([b"<f", b'"e', b"\0\0"]))
def test_two_bytes_are_found_wherever_they_stand(text: bytes, pair: bytes) -> None:
    for xml in (text, text + pair, pair + text, text + pair + text):
        assert workbook_guard._holds(xml, pair) is (pair in xml)
