"""Fonts and scripts: fetched whole, with licences, and carried by a wheel."""

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dingdian.core.errors import RequestError
from dingdian.reports import assets as module
from dingdian.reports.assets import FOLDER, asset_path, assets

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tools" / "assets"


def test_every_file_is_the_one_the_manifest_names():
    found = assets()

    assert {each.name for each in found} == set(json.loads((SOURCES / "assets.json").read_text()))
    for each in found:
        assert hashlib.sha256(each.path.read_bytes()).hexdigest() == each.sha256, each.name


def test_a_licence_text_lies_beside_every_file():
    signs = {
        "Apache-2.0": "Apache License",
        "BSD-2-Clause": "Redistribution",
        "OFL-1.1": "SIL OPEN FONT LICENSE",
    }

    for each in assets():
        assert signs[each.licence] in (FOLDER / each.licence_file).read_text("utf-8"), each.name


def test_the_lock_pins_each_package_by_hash_and_names_no_host():
    lock = (SOURCES / "package-lock.json").read_text("utf-8")
    packages = {k: v for k, v in json.loads(lock)["packages"].items() if k}

    assert all(each["integrity"].startswith("sha512-") for each in packages.values())
    assert re.search(r"resolved|https?:", lock) is None


def test_a_missing_asset_is_a_fault_that_says_what_to_run(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "FOLDER", tmp_path)

    assert assets() == ()
    with pytest.raises(RequestError) as error:
        asset_path("leaflet.js")
    assert error.value.faults[0].kind == "missing_asset"


@pytest.mark.slow
def test_a_wheel_carries_them_and_stays_below_50_mb(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())

    wanted = {each.name for each in assets()} | {each.licence_file for each in assets()}
    assert {f"dingdian/assets/{name}" for name in wanted | {"manifest.json"}} <= held
    assert wheel.stat().st_size < 50 * 2**20
