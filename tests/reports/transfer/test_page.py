"""The map page of a transfer: its data say what the record says, in both languages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import shapely

from dingdian.core.transfer import Measure
from dingdian.core.transfer.wish import Wish
from dingdian.reports.transfer.page import write_page
from dingdian.reports.wording import LANGUAGES, Lang
from tests.city import JIA, YI
from tests.reports.transfers import SIZES, recorded, sample, small

BOXES = {JIA: shapely.box(120, 40, 121, 41), YI: shapely.box(121, 40, 122, 41)}


def data(page: bytes) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.decode())
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def count(told: str) -> int:
    return int(told.replace(",", "").replace("−", "-"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.clause("SY-04", "SY-06")
def test_flows_and_districts_are_those_of_the_record(lang: Lang) -> None:
    made = sample("shenyang")
    record = recorded(made)
    told = data(write_page(record, made.census, lang))
    across = [move for move in record.moves if move.start[0] != move.end[0]]

    beds = [flow["beds"] for flow in told["flows"]]
    assert across
    assert sum(beds) == sum(move.beds for move in across) == record.measures[Measure.LEAVING].after
    assert beds == sorted(beds, reverse=True)
    for at, each in enumerate(record.districts):
        shown = told["districts"][at]
        gone = sum(flow["beds"] for flow in told["flows"] if flow["start"] == at)
        came = sum(flow["beds"] for flow in told["flows"] if flow["end"] == at)
        assert shown["code"] == each.district
        assert (count(shown["facts"]["given"]), count(shown["facts"]["taken"])) == (gone, came)
        assert each.after is not None
        assert count(shown["shown"]["change"]["told"]) == each.after - each.before == came - gone
        assert each.target is not None
        assert count(shown["shown"]["off_after"]["told"]) == each.after - each.target


def test_it_is_the_same_to_the_byte_and_asks_for_nothing_outside() -> None:
    made = small(outlines=BOXES)
    page = write_page(recorded(made), made.census)

    assert page == write_page(recorded(made), made.census)
    assert b"default-src 'none'" in page
    assert "仅供决策参考" in page.decode()


def test_a_name_ends_no_element_and_a_district_without_a_boundary_is_named() -> None:
    def odd(rows: Any) -> None:
        for each in rows["regions"]:
            if each["code"] == JIA:
                each["name"] = "</script><img src=x onerror=alert(1)>"

    made = small(change=odd, outlines={YI: BOXES[YI]})
    page = write_page(recorded(made), made.census).decode()

    assert "<img src=x" not in page
    assert "图上未画出的区县：&lt;/script&gt;" in page
    assert [each["label"] is None for each in data(page.encode())["districts"]][:1] == [True]


def test_where_rules_clash_the_page_shows_what_stands_and_opens_the_answer() -> None:
    wish = Wish(minimum=SIZES, held={Measure.STRUCTURE: 0, Measure.MOVED: 10})
    made = small(wish, outlines=BOXES)
    record = recorded(made)
    page = write_page(record, made.census, "en")
    told = data(page)

    assert not record.found
    assert told["flows"] == []
    assert [view["id"] for view in told["views"]] == ["off_before"]
    assert {each["facts"]["given"] for each in told["districts"]} == {"—"}
    assert '<details class="answer" open>' in page.decode()
    assert "Rules that clash" in page.decode()
