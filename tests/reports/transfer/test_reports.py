"""A transfer told: lines, workbook and map say the same, in both languages."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
import shapely
from syrupy.assertion import SnapshotAssertion

from dingdian.cli import move_beds
from dingdian.core.census.vocabulary import LEVELS
from dingdian.core.rules.facts import ScopeKind
from dingdian.core.solving import Limits
from dingdian.core.transfer import ORDER, First, Measure, Rule
from dingdian.core.transfer.stock import Unknown
from dingdian.core.transfer.wish import Alike, TargetKind, Wish
from dingdian.core.transfer_record import TransferRecord
from dingdian.reports.record_json import read_record, write_record
from dingdian.reports.transfer import words as own
from dingdian.reports.transfer.geojson import write_map
from dingdian.reports.transfer.lines import transfer_lines
from dingdian.reports.transfer.speech import TransferWords
from dingdian.reports.transfer.workbook import write_workbook
from dingdian.reports.wording import LANGUAGES, Lang
from tests.chinese import strange_lines
from tests.city import JIA, YI, Rows, n
from tests.reports.transfers import SIZES, recorded, sample, small


def without_prints(text: str) -> str:
    """Fingerprints move with the shelf, which a golden does not hold."""
    return re.sub(r"[0-9a-f]{64}", "…", text)


def told(record: TransferRecord, lang: Lang = "zh") -> str:
    return without_prints("\n".join(transfer_lines(TransferWords(record, lang))))


def sheets(record: TransferRecord, lang: Lang = "zh") -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(record, lang)))
    return {each.title: [tuple(row) for row in each.iter_rows(values_only=True)] for each in book}


def below(rows: list[tuple[Any, ...]], title: str) -> Iterator[tuple[Any, ...]]:
    """The rows of the table with a title."""
    at = next(number for number, row in enumerate(rows) if row[0] == title) + 2
    for row in rows[at:]:
        if all(cell is None for cell in row):
            return
        yield row


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.clause("SY-03", "SY-04", "SY-06", "SY-14")
def test_a_transfer_as_lines(lang: Lang, snapshot: SnapshotAssertion) -> None:
    assert told(recorded(small()), lang) == snapshot


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_clash_as_lines(lang: Lang, snapshot: SnapshotAssertion) -> None:
    wish = Wish(minimum=SIZES, held={Measure.STRUCTURE: 0, Measure.MOVED: 10})
    assert told(recorded(small(wish)), lang) == snapshot


@pytest.mark.clause("DX-13", "DX-15")
def test_without_rules_on_structure_and_freeze_districts_come_nearer_to_their_mean() -> None:
    record = recorded(sample("daxinganling"))
    text = told(record)
    assert record.goals_left_out == (Measure.STRUCTURE,)
    assert record.target.kind is TargetKind.MEAN
    assert "全市每千人口床位数的平均，8.85" in text
    assert "没有正在生效的床位冻结" in text
    assert "没有正在生效的等级结构规则" in text
    targets = record.measures[Measure.TARGETS]
    assert targets.after is not None
    assert targets.after < targets.before
    for pool in {each.cell[2] for each in record.cells}:  # each class keeps its share of all beds
        its = [each for each in record.cells if each.cell[2] == pool]
        assert sum(each.before for each in its) == sum(each.after or 0 for each in its)


def test_english_is_english() -> None:
    record = recorded(sample("daxinganling"))
    lines = told(record, "en").splitlines()
    for rows in sheets(record, "en").values():
        lines += [str(cell) for row in rows for cell in row if cell is not None]
    assert strange_lines("daxinganling", lines) == []


def test_unknown_beds_are_told_and_never_zero() -> None:
    def change(its: Rows) -> None:
        its["beds"] = [each for each in its["beds"] if each["institution"] != "H9103001"]

    record = recorded(small(change=change))
    assert [each.why for each in record.left_out] == [Unknown.BEDS]
    assert "1家机构床位或状态不明" in told(record)
    assert "丙县：有机构床位不明" in told(record)
    assert [row[0] for row in below(sheets(record)["未计入的机构"], "未计入的机构及原因")] == [
        "H9103001"
    ]


def test_limits_that_end_it_first_are_told() -> None:
    text = told(recorded(small(limits=Limits(nodes=0))))
    assert "未证明最好" in text
    assert "达到计算限度" in text
    assert "（下界0，差距100.00%）" in text
    assert "限制之内没有求得调剂" in text


def says(record: TransferRecord, zh: str, en: str) -> None:
    assert record.moves == ()
    for lang, words in (("zh", zh), ("en", en)):
        assert words in told(record, lang)  # type: ignore[arg-type]
        assert any(words in str(row[0]) for row in sheets(record, lang)[SHEET[lang]])  # type: ignore[arg-type]


SHEET = {"zh": "调剂方案", "en": "moves"}


def test_where_all_is_as_it_should_be_nothing_moves() -> None:
    def change(its: Rows) -> None:
        its["benchmarks"] = []

    wish = Wish(minimum=SIZES, order=(Measure.TARGETS,), held={Measure.MOVED: 0})
    best = recorded(small(Wish(minimum=SIZES, order=()), change=change))
    says(best, "没有列出要改进的目标", "No goal was asked for")
    held = recorded(small(wish))
    says(held, "在各条规则之内，现状已是最好", "under these rules it is best as it stands")


def test_that_none_can_give_is_not_that_all_is_well() -> None:
    record = recorded(small(Wish(minimum=dict.fromkeys(SIZES, 10_000))))
    says(record, "没有机构高于最小规模", "no institution stands above its minimum size")


def test_not_to_know_is_not_that_all_is_well() -> None:
    def unknown(its: Rows) -> None:
        for each in its["beds"]:
            each["contracted"] = None

    nothing_known = recorded(small(change=unknown))
    says(nothing_known, "没有一家机构的床位是已知的", "the beds of no institution are known")
    aimless = Wish(minimum=SIZES, order=(Measure.TARGETS,), target=TargetKind.NONE)
    says(recorded(small(aimless)), "没有可比较的目标", "nothing to hold the beds against")


@pytest.mark.clause("SY-06")
def test_a_stock_above_the_base_of_the_freeze_is_told() -> None:
    def change(its: Rows) -> None:
        for each in its["history"]:
            if each["measure"] == "contracted_beds":
                each["amount"] = n(100)

    assert "现有医保床位600，已高于冻结基期的300" in told(recorded(small(change=change)))


def test_the_workbook_says_what_the_record_says() -> None:
    record = recorded(small())
    book = sheets(record)
    sheets_of_all = [each.zh for each in own.SHEETS.values()]
    assert list(book) == [each for each in sheets_of_all if each != "未计入的机构"]
    moves = list(below(book["调剂方案"], "由哪里调往哪里"))
    assert sum(row[5] for row in moves if isinstance(row[5], float | int)) == sum(
        each.beds for each in record.moves
    )
    facts = dict(row[:2] for row in below(book["总览"], "总览") if row[1])
    assert facts["台账指纹"] == record.fingerprints.census
    assert facts["政策库指纹"] == record.fingerprints.shelf
    assert facts["结果指纹"] == record.fingerprints.result
    assert facts["结果"] == "已求得，并证明没有更好的"
    goals = list(below(book["总览"], "目标（按先后）"))
    assert [row[2:4] for row in goals[: len(record.goals)]] == [
        (goal.value, goal.bound) for goal in record.goals
    ]
    given = [row for row in below(book["机构"], "机构可调出的床位") if row[8]]
    assert sum(row[8] for row in given) == record.measures[Measure.MOVED].after


def test_a_clash_stands_on_the_overview_with_its_clauses() -> None:
    wish = Wish(minimum=SIZES, held={Measure.STRUCTURE: 0, Measure.MOVED: 10})
    record = recorded(small(wish))
    assert record.clash is not None
    assert record.clash.rules[-1] is Rule.HOLD_MOVED
    rows = list(below(sheets(record)["总览"], "相互冲突的规则"))
    assert [row[0] for row in rows[: len(record.clash.rules)]][-1] == "“调剂的床位”不超过10"
    assert any("SY-03" in str(cell) for row in rows for cell in row)


def test_the_same_city_gives_the_same_bytes_whatever_the_order_of_its_rows() -> None:
    def turned(its: Rows) -> None:
        for table in ("beds", "institutions", "populations"):
            its[table].reverse()

    one, other = recorded(small()), recorded(small(change=turned))
    assert write_record(one) == write_record(other)
    assert write_workbook(one) == write_workbook(other)


def test_a_record_is_read_back() -> None:
    record = recorded(small(Wish(minimum=SIZES, alike=Alike.POOL)))
    again = read_record(TransferRecord, write_record(record), version="1", file="transfer.json")
    assert again == record


def test_the_map_has_what_districts_gain_and_lose() -> None:
    boxes = {JIA: shapely.box(123, 41, 124, 42), YI: shapely.box(124, 41, 125, 42)}
    made = small(outlines=boxes)
    record = recorded(made)
    content = write_map(record, made.census)
    assert content is not None
    shapes = json.loads(content)
    assert (shapes["schematic"], shapes["invented"], shapes["simulation"]) == (True, True, True)
    assert [each["id"] for each in shapes["features"]] == [JIA, YI]
    for each in shapes["features"]:
        its = each["properties"]
        (row,) = [one for one in record.districts if one.district == each["id"]]
        assert row.after is not None
        assert its["change"] == its["taken"] - its["given"] == row.after - row.before
        assert shapely.equals(shapely.from_geojson(json.dumps(each["geometry"])), boxes[each["id"]])


def test_without_outlines_there_is_no_map() -> None:
    made = small()
    assert write_map(recorded(made), made.census) is None


@pytest.mark.clause("SY-06", "SY-14")
def test_what_the_text_says_in_principle_and_which_classes_are_alike_is_told() -> None:
    record = recorded(small(Wish(minimum=SIZES, alike=Alike.POOL)))
    assert "“三年内不增加医保床位总数”（SY-06）原文写“原则上”" in told(record)
    rules = [row[0] for row in below(sheets(record)["总览"], "必须满足的规则")]
    assert "单独管理的各类床位各自成池，其余各类可互换" in rules


def test_words_for_everything() -> None:
    assert set(own.MEASURES) == set(Measure)
    held = {rule for rule in Rule if rule.measure is not None}
    assert set(own.RULES) == {*(set(Rule) - held), "hold", "pools_together"}
    assert set(own.TARGETS) == set(TargetKind)
    assert set(own.ALIKE) == set(Alike)
    assert set(own.FIRST) == set(First)
    assert set(own.UNKNOWN) == set(Unknown)


def test_the_words_of_the_command_are_those_of_the_core() -> None:
    assert set(move_beds.MEASURES) == set(Measure)
    assert move_beds.ORDER == ORDER
    assert set(move_beds.LEVELS) == set(LEVELS)
    assert set(move_beds.AREAS) == set(ScopeKind)
    assert {*move_beds.TARGETS, TargetKind.GIVEN} == set(TargetKind)
    assert set(move_beds.ALIKE) == set(Alike)
    assert set(move_beds.FIRST) == set(First)
    defaults = {each.name: each.default for each in move_beds.command.params}
    assert defaults["nodes"] == Limits().nodes
    assert Fraction(str(defaults["growth"])) / 100 == Wish().growth
