"""The numbers of the READMEs come out of the program, as it is started by ``make demo``."""

import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

#: Both cities are made and planned.
pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.zh-CN.md")
#: A row of the worked example: words, number, key.
ROW = re.compile(r"^\| .+ \| ([\d.,/]+)( %)? \| `([a-z_0-9.-]+)` \|$", re.MULTILINE)


def text(name):
    return (ROOT / name).read_text("utf-8")


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """City -> the figures of its plan for 2026."""
    below = tmp_path_factory.mktemp("readme")

    def plan(city):
        ledger, out = below / city, below / f"{city}-plan"
        for words in (
            ["sample", city, "--out", ledger],
            ["plan", ledger, "--policy", city, "--year", 2026, "--out", out, "--no-documents"],
        ):
            subprocess.run([sys.executable, "-m", "dingdian", *map(str, words)], check=True)
        return json.loads((out / "plan.json").read_text("utf-8"))["figures"]

    return {city: plan(city) for city in ("shenyang", "daxinganling")}


def printed(figure, percent):
    """A figure as the README prints it: a share in per cent, a fraction as such."""
    value = Fraction(figure["value"])
    if percent:
        return str(value * 100)
    return figure["value"] if figure["unit"] == "bed" else figure["decimal"]


@pytest.mark.clause("SY-12")
@pytest.mark.parametrize("name", READMES)
def test_the_worked_example_comes_out(name, figures):
    rows = ROW.findall(text(name))

    assert len(rows) == 7
    assert {key: number for number, _, key in rows} == {
        key: printed(figures["shenyang"][key], percent) for _, percent, key in rows
    }


def test_the_worked_example_is_an_example_of_its_clause(figures):
    value = {
        key: Fraction(figures["shenyang"][key]["value"])
        for _, _, key in ROW.findall(text("README.md"))
    }
    zone, district, target, released, share, new, left = value.values()

    assert zone > target
    assert district > target
    assert new == released * share - left == int(released * share)


@pytest.mark.clause("DX-06", "DX-08")
@pytest.mark.parametrize("name", READMES)
def test_the_density_of_pharmacies_comes_out(name, figures):
    found = re.search(r"([\d,]+) ÷ ([\d,]+) × 10,000 = ([\d.]+)\D*`([a-z_0-9.]+)`", text(name))
    pharmacies, insured, density, key = found.groups()
    of = figures["daxinganling"]

    assert of["pharmacies.232700"]["decimal"] == pharmacies.replace(",", "")
    assert of["insured.232700"]["decimal"] == insured.replace(",", "")
    assert of[key]["decimal"] == density
