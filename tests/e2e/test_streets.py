"""Street files as a user gives them: their quality, and a plan along them."""

import json
from fractions import Fraction

import pytest

from dingdian.storage.census_files import read_census

pytestmark = pytest.mark.slow
PLAN = ("--policy", "daxinganling", "--year", 2026, "--no-papers", "--no-documents")
UNSERVED = "unserved_persons_medical_institutions.232700"


@pytest.fixture(scope="module")
def street_file(dx_ledger, tmp_path_factory):
    """A chequered net of streets, 200 m wide, around everybody."""
    census = read_census(dx_ledger / "census.xlsx").census
    spots = set()
    for table in ("institutions", "localities"):
        found = census.positions(table)
        places = zip(found.lon[found.known].tolist(), found.lat[found.known].tolist(), strict=True)
        spots |= {(round(lon / 0.003), round(lat / 0.002)) for lon, lat in places}
    around = {(x + i, y + j) for x, y in spots for i in range(-3, 4) for j in range(-3, 4)}
    lines = [
        ((x, y), (x + i, y + j))
        for x, y in sorted(around)
        for i, j in ((1, 0), (0, 1))
        if (x + i, y + j) in around
    ]
    features = [
        {
            "type": "Feature",
            "properties": {"highway": "residential"},
            "geometry": {
                "type": "LineString",
                "coordinates": [[round(x * 0.003, 6), round(y * 0.002, 6)] for x, y in line],
            },
        }
        for line in lines
    ]
    path = tmp_path_factory.mktemp("streets") / "net.geojson"
    root = {"type": "FeatureCollection", "crs_name": "CGCS2000", "features": features}
    path.write_text(json.dumps(root), "utf-8")
    return path


@pytest.fixture(scope="module")
def walked(dingdian, dx_ledger, street_file, tmp_path_factory):
    out = tmp_path_factory.mktemp("walked") / "plan"
    ended = dingdian("plan", dx_ledger, *PLAN, "--streets", street_file, "--out", out)
    assert ended.code == 0, ended.err
    return out, ended


def record(folder):
    return json.loads((folder / "plan.json").read_text("utf-8"))


@pytest.mark.clause("DX-18", "DX-22")
def test_a_plan_along_streets_serves_nobody_more_than_a_straight_one(walked, dx_plan):
    along, straight = record(walked[0]), record(dx_plan)

    parts = [
        {key: Fraction(each.get("value") or each["why"]["details"]["part"]) for key, each in some}
        for some in (
            [(key, plan["figures"][key]) for key in plan["figures"] if "unserved_persons" in key]
            for plan in (straight, along)
        )
    ]
    assert all(parts[0][key] <= parts[1][key] for key in parts[0])
    assert parts[0][UNSERVED] < parts[1][UNSERVED]
    assert "streets" not in straight


def test_the_plan_says_along_what_and_who_could_not_be_joined(walked, street_file):
    folder, ended = walked
    told = record(folder)["streets"]

    assert (told["file"], told["by"], len(told["fingerprint"])) == ("net.geojson", "walking", 64)
    assert {"pharmacies", "medical_institutions"} <= set(told["along"])
    assert told["institutions"] | {"aside": 0} == {
        "located": told["institutions"]["located"],
        "off": 0,
        "aside": 0,
        "farthest_mm": told["institutions"]["farthest_mm"],
    }
    assert "沿路网（net.geojson" in ended.out
    assert "接在孤立路段" in ended.out
    assert (folder / "streets" / "net.geojson").read_bytes() == street_file.read_bytes()
    notes = {each["note"]["code"] for each in record(folder)["findings"] if "note" in each}
    assert "circle_walking" in notes
    assert "circle_path" not in notes


def test_a_number_along_streets_is_explained_with_its_rows(dingdian, walked):
    ended = dingdian("explain", walked[0], UNSERVED)

    assert ended.code == 0, ended.err
    assert "1,000米内（含边界，沿路网步行）" in ended.out


def test_streets_that_were_changed_explain_nothing(dingdian, walked, tmp_path):
    folder, _ = walked
    copy = folder / "streets" / "net.geojson"
    kept = copy.read_bytes()
    root = json.loads(kept)
    copy.write_text(json.dumps({**root, "features": root["features"][:-1]}), "utf-8")
    ended = dingdian("explain", folder, UNSERVED)
    copy.write_bytes(kept)

    assert ended.code == 3
    assert "不是当时所用的路网" in ended.err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_wrong_with_a_street_file_is_named(dingdian, street_file, lang):
    ended = dingdian("streets", street_file, "--lang", lang)

    assert ended.code == 0, ended.err
    assert {"zh": "没有人行道", "en": "no footways"}[lang] in ended.out
    assert {"zh": "孤立路段", "en": "islands"}[lang] in ended.out
    told = json.loads(dingdian("streets", street_file, "--json").out)
    assert told["footways"] == 0
    assert "by" not in told


def test_how_one_goes_says_nothing_without_streets(dingdian, dx_ledger, tmp_path):
    ended = dingdian("plan", dx_ledger, *PLAN, "--by", "driving", "--out", tmp_path / "plan")

    assert ended.code == 3
    assert "--streets" in ended.err
    assert not (tmp_path / "plan").exists()


@pytest.mark.clause("DX-18", "DX-19")
@pytest.mark.parametrize("model", ["cover", "centre"])
def test_sites_are_chosen_along_streets(dingdian, dx_ledger, street_file, tmp_path, model):
    words = ("--policy", "daxinganling", "--service", "outpatient_pooling", "--year", 2026)
    asked = (*words, "--places", 3, "--model", model, "--nodes", 100)
    folder = tmp_path / "advice"
    ended = dingdian("site", dx_ledger, *asked, "--streets", street_file, "--out", folder)

    assert ended.code == 0, ended.err
    assert "沿路网步行" in ended.out
    assert "直线（" not in ended.out
    told = json.loads((folder / "siting.json").read_text("utf-8"))
    assert told["circle"]["measured"] == "walking"
    assert told["streets"]["localities"]["off"] == 0
    straight = json.loads(dingdian("site", dx_ledger, *asked, "--json").out)
    assert straight["circle"]["measured"] == "straight"
    assert "streets" not in straight
    before = [Fraction(each["coverage"][0]["before"]) for each in (told, straight)]
    assert before[0] < before[1]


def test_streets_that_no_circle_asks_for_are_said_to_be_unused(
    dingdian, sy_ledger, street_file, tmp_path
):
    words = (
        "--policy",
        "shenyang",
        *PLAN[2:],
        "--streets",
        street_file,
        "--out",
        tmp_path / "plan",
    )
    ended = dingdian("plan", sy_ledger, *words)

    assert ended.code == 0, ended.err
    assert "没有用到" in ended.out
    assert "沿路网步行" not in ended.out
    told = record(tmp_path / "plan")["streets"]
    assert "along" not in told
    assert told["institutions"]["off"] > 8000  # they are streets of another place


@pytest.mark.clause("DX-18")
def test_access_along_streets_says_so_everywhere(dingdian, dx_ledger, street_file, tmp_path):
    words = ("--policy", "daxinganling", "--service", "outpatient_pooling", "--year", 2026)
    folder = tmp_path / "access"
    asked = ("--streets", street_file, "--by", "driving", "--out", folder)
    ended = dingdian("access", dx_ledger, *words, *asked)

    assert ended.code == 0, ended.err
    assert "沿路网驾车" in ended.out
    told = json.loads((folder / "access.json").read_text("utf-8"))
    assert told["catchment"]["measured"] == "driving"
    assert told["streets"]["along"] == ["outpatient_pooling_institutions"]
    assert (folder / "streets" / "net.geojson").read_bytes() == street_file.read_bytes()
    shapes = json.loads((folder / "access.geojson").read_text("utf-8"))
    assert (shapes["measured"], shapes["streets"]) == ("driving", told["streets"]["fingerprint"])
    assert "沿路网驾车" in (folder / "map.html").read_text("utf-8")
    straight = json.loads(dingdian("access", dx_ledger, *words, "--json").out)
    assert (straight["catchment"]["measured"], "streets" in straight) == ("straight", False)
    pairs = list(zip(told["places"]["reached"], straight["places"]["reached"], strict=True))
    assert all(along <= flat for along, flat in pairs)
    assert any(along < flat for along, flat in pairs)
