"""GLOSSARY.md: one row a term, and no identifier of the census vocabulary without one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dingdian.core.census import vocabulary
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.stages import Stage
from dingdian.core.rules import SHAPES
from dingdian.storage.policy_yaml import read_shelf, shipped

GLOSSARY = Path(__file__).parents[2] / "GLOSSARY.md"
ROW = re.compile(r"^\| (.+?) \| `(.+?)` \| (.+?) \| (.+?) \| (.+?) \|$")


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, ...]]:
    lines = GLOSSARY.read_text("utf-8").splitlines()
    found = [ROW.match(line) for line in lines if line.startswith("| ")]
    return [each.groups() for each in found if each]


def test_every_line_of_a_table_is_a_row(rows: list[tuple[str, ...]]) -> None:
    lines = GLOSSARY.read_text("utf-8").splitlines()
    tables = [
        ln for ln in lines if ln.startswith("| ") and "中文术语" not in ln and "---" not in ln
    ]
    assert len(rows) == len(tables) > 250


def test_one_row_a_term(rows: list[tuple[str, ...]]) -> None:
    identifiers = [identifier for _, identifier, *_ in rows]
    assert [each for each in identifiers if identifiers.count(each) > 1] == []


def test_the_vocabulary_and_the_families_are_there(rows: list[tuple[str, ...]]) -> None:
    identifiers = {identifier.rpartition("=")[2] for _, identifier, *_ in rows}
    wanted = set(SHAPES) | set(Stage) | set(MOVES)
    for name in (
        "BED_CLASSES", "DENSITIES", "FUNDS", "GRADES", "KINDS", "LEVELS", "OWNERSHIPS",
        "PHARMACY_CLASSES", "REGION_LEVELS", "RELEASE_CAUSES", "SERVICES", "STANDINGS", "TYPES",
        "ZONES",
    ):  # fmt: skip
        wanted |= set(getattr(vocabulary, name))
    assert wanted <= identifiers


def test_defining_clauses_are_on_the_shelf(rows: list[tuple[str, ...]]) -> None:
    book = read_shelf(shipped())
    known = {clause.id for layer in book.layers.values() for clause in layer.clauses}
    named = {clause for *_, cell in rows for clause in cell.split(", ") if clause != "—"}
    assert named <= known
