"""Every kind of fault that shows only when the whole census is seen."""
# ruff: noqa: E501 -- one case a line

import json

import pytest

from dingdian.actions.check_census import check
from dingdian.core.census.checks.identity import ALPHABET, uscc_check_digits
from dingdian.core.census.faults import stops
from dingdian.storage.census_files import read_census
from tests.ledgers import CODES, SOUND, kinds, ledger, places, read

INST, R, P, B = (SOUND[name] for name in ("institutions", "regions", "populations", "beds"))
SWAP = INST.replace("123.4,41.8", "41.8,123.4")
CROWD = INST + "".join(
    f"H2101020001{n},院{n},,诊所,210102,123.41,41.81,WGS84,正常,否\n" for n in range(2)
)
SERVICE = "code,name,kind,region,standing,双通道\n" + "".join(
    f"P2101020000{n},店{n},零售药店,210102,正常,{flag}\n" for n, flag in enumerate(["是", "", ""])
)
FREED = "number,year,region,cause,resource,amount,institution,released_on\n"
FREED += f"R1,2025,210102,解除,定点医疗机构,1,{CODES[0]},2025-12-31\n"
FUND = "fund,entry,year,month\n职工统筹基金,实际,2025,"
DATED = "code,name,kind,region,standing,designated_since,designated_until\n" + CODES[0]

CASES = [
    # fault kind, table, its text, place
    ("duplicate_key", "institutions", INST + INST.splitlines()[1] + "\n", "institutions.csv:医保机构代码:5"),
    ("duplicate_key", "beds", B + B.splitlines()[1] + "\n", "beds.csv:医保机构代码:3"),
    ("unknown_reference", "institutions", INST.replace(",210103,", ",999999,"), "institutions.csv:所属区划代码:3"),
    ("unknown_reference", "beds", B.replace(CODES[0], "H9"), "beds.csv:医保机构代码:2"),
    ("root_missing", "regions", R.replace("示例市,,", "示例市,210102,"), "区划"),
    ("no_districts", "regions", R.replace(",区县,", ",街道,"), "区划"),
    ("several_roots", "regions", R.replace("乙县,210100", "乙县,"), "regions.csv:上级区划代码:4"),
    ("cycle", "regions", R.replace("甲区,210100", "甲区,210103").replace("乙县,210100", "乙县,210102"), "regions.csv:上级区划代码:3"),
    ("street_as_township", "regions", "code,name,parent,level,area_km2\n210100,示例市,,地级,\n210102,甲区,210100,区县,\n210103,乙县,210100,区县,\n1,丙街道办事处,210102,乡镇街道,\n2,丁镇,210102,乡镇街道,\n3,戊街道,210102,街道,\n", "regions.csv:层级:5"),
    ("region_without_population", "populations", "region,year,resident\n210102,2024,600\n", "regions.csv:区划代码:4"),
    ("insured_over_resident", "populations", P.replace("600,300", "499,300"), "regions.csv:区划代码:3"),
    ("insured_far_over_resident", "populations", P.replace("600,300", "166,300"), "regions.csv:区划代码:3"),
    ("sums_disagree", "regions", R.replace(",100\n", ",101\n"), "regions.csv:面积:2"),
    ("sums_disagree", "populations", P + "210100,2024,999,400,400\n", "populations.csv:常住人口:4"),
    ("malformed_code", "institutions", INST.replace(CODES[1], "X1"), "institutions.csv:医保机构代码:3"),
    ("foreign_code", "institutions", INST.replace(CODES[1], "H35010300002"), "institutions.csv:医保机构代码:3"),
    ("code_prefix_unfit", "institutions", INST.replace(CODES[1], "H21019900002"), "institutions.csv:医保机构代码:3"),
    ("reused_code", "regions", "code,name,parent,level,aliases\n210100,市,,地级,\n210102,新区,210100,区县,\n210103,旧区,210100,区县,210102\n", "regions.csv:区划代码:3"),
    ("kind_contradicts_code", "institutions", INST.replace("丙药店,,零售药店", "丙药店,,诊所"), "institutions.csv:机构类别:4"),
    ("malformed_uscc", "institutions", INST.replace("91350100M000100Y43", "9135"), "institutions.csv:统一社会信用代码:2"),
    ("malformed_uscc", "institutions", INST.replace("91350100M000100Y43", "91350100I000100Y43"), "institutions.csv:统一社会信用代码:2"),
    ("uscc_check_digit", "institutions", INST.replace("Y43", "Y44"), "institutions.csv:统一社会信用代码:2"),
    ("shared_uscc", "institutions", INST.replace("诊所,,诊所", "诊所,91350100M000100Y43,诊所"), "institutions.csv:统一社会信用代码:3"),
    ("repeated_name", "institutions", INST.replace("丙药店", "甲医院"), "institutions.csv:机构名称:4"),
    ("ward_listed", "institutions", INST.replace("乙诊所", "乙医院第二病区"), "institutions.csv:机构名称:3"),
    ("ward_listed", "institutions", INST.replace("乙诊所", "乙医院-发热门诊"), "institutions.csv:机构名称:3"),
    ("pharmacy_inpatient", "institutions", INST.replace("41.81,WGS84,正常,否", "41.81,WGS84,正常,是"), "institutions.csv:住院:4"),
    ("service_only_yes", "institutions", SERVICE, "机构:双通道"),
    ("inpatient_without_beds", "beds", B.replace(CODES[0], CODES[1]), "institutions.csv:医保机构代码:2"),
    ("contracted_over_approved", "beds", B.replace(",40", ",51"), "beds.csv:医保床位:2"),
    ("taken_on_missing", "about", "item,value\ncity,x\n", ""),
    ("wrong_century", "institutions", DATED + ",甲,医院,210102,正常,1025-01-05,\n", "institutions.csv:定点起始日期:2"),
    ("wrong_century", "institutions", DATED + ",甲,医院,210102,正常,,9999-12-31\n", "institutions.csv:定点终止日期:2"),
    ("wrong_year", "populations", P + "210100,1948,999,400,400\n", "populations.csv:年份:4"),
    ("wrong_year", "populations", P + "210100,2046,999,400,400\n", "populations.csv:年份:4"),
    ("release_another_year", "releases", FREED.replace("2025-12-31", "2026-01-01"), "releases.csv:释放日期:2"),
    ("release_repeated", "releases", FREED + FREED.splitlines()[1].replace("R1", "R2") + "\n", "releases.csv:编号:3"),
    ("no_month", "fund", FUND + "0\n", "fund.csv:月份:2"),
    ("no_month", "fund", FUND + "13\n", "fund.csv:月份:2"),
    ("since_after_until", "institutions", DATED + ",甲,医院,210102,解除,2020-01-05,2020-01-05\n", "institutions.csv:定点终止日期:2"),
    ("standing_contradicts_dates", "institutions", DATED + ",甲,医院,210102,正常,,2025-12-31\n", "institutions.csv:定点终止日期:2"),
    ("standing_contradicts_dates", "institutions", DATED + ",甲,医院,210102,正常,2026-01-01,\n", "institutions.csv:定点起始日期:2"),
    ("standing_contradicts_dates", "institutions", DATED + ",甲,医院,210102,解除,,2026-01-01\n", "institutions.csv:定点终止日期:2"),
    ("standing_contradicts_dates", "institutions", DATED + ",甲,医院,210102,非定点,2025-12-31,\n", "institutions.csv:定点起始日期:2"),
    ("coordinate_missing", "institutions", INST.replace("123.4,41.8", ","), "institutions.csv:经度:2"),
    ("coordinate_half", "institutions", INST.replace("123.4,41.8", "123.4,"), "institutions.csv:经度:2"),
    ("coordinate_zero", "institutions", INST.replace("123.4,41.8", "0,0"), "institutions.csv:经度:2"),
    ("coordinate_swapped", "institutions", SWAP, "institutions.csv:经度:2"),
    ("coordinate_outside_china", "institutions", INST.replace("123.4,", "12.4,"), "institutions.csv:经度:2"),
    ("coordinate_outside_district", "institutions", INST.replace("123.4,", "123.6,"), "institutions.csv:经度:2"),
    ("crowded_point", "institutions", CROWD, "institutions.csv:经度:4"),
    ("crs_unknown", "institutions", INST.replace("41.8,WGS84", "41.8,", 1), "institutions.csv:坐标系:2"),
    ("mixed_crs", "institutions", INST.replace("41.8,WGS84", "41.8,BD-09", 1), "机构:坐标系"),
]  # fmt: skip

#: Kinds of fault that the tests of this module show.
SHOWN = ({kind for kind, *_ in CASES} | {"other_city", "boundary_of_nothing", "name_elsewhere", "shared_point"})  # fmt: skip


def square(west, east):
    return {"type": "Polygon", "coordinates": [[[west, 41], [west, 42], [east, 42], [east, 41], [west, 41]]]}  # fmt: skip


def boundaries(folder, **more):
    """The two districts side by side, their common rim at 123.5 degrees east."""
    shapes = {"210102": square(123, 123.5), "210103": square(123.5, 124), **more}
    features = [
        {"type": "Feature", "properties": {"code": code}, "geometry": shape}
        for code, shape in shapes.items()
    ]
    text = json.dumps({"crs_name": "wgs84", "features": features})
    (folder / "boundaries.geojson").write_text(text, "utf-8")


def checked(folder, **replaced):
    ledger(folder, **replaced)
    boundaries(folder)
    return check(read_census(folder).census)


@pytest.mark.parametrize(("kind", "table", "text", "place"), CASES)
def test_a_bad_census_gives_its_fault_and_place(tmp_path, kind, table, text, place):
    assert place in places(checked(tmp_path, **{table: text}), kind)


@pytest.mark.clause("DX-01", "DX-02", "DX-04")
def test_the_sound_census_has_no_fault(tmp_path):
    assert checked(tmp_path) == ()


@pytest.mark.parametrize("other", ["", "2025-12-30", CODES[1]])
def test_only_the_same_release_of_one_institution_is_told(tmp_path, other):
    again = FREED.splitlines()[1].replace("R1", "R2")
    at = CODES[0] if other == CODES[1] else "2025-12-31"
    text = FREED + again.replace(at, other or at) + "\n"
    found = kinds(checked(tmp_path, releases=text))
    assert (found["release_repeated"], found["release_another_year"]) == (0 if other else 2, 0)


def test_the_rim_of_a_district_is_inside_both(tmp_path):
    on_rim = INST.replace("123.4,", "123.5,").replace("123.6,", "123.5,")
    assert set(kinds(checked(tmp_path, institutions=on_rim))) == {"shared_point"}


def test_a_point_outside_says_where_it_lies(tmp_path):
    found = checked(tmp_path, institutions=INST.replace("123.4,", "123.6,"))
    assert found[0].fields["found_zh"] == "，落在乙县"


@pytest.mark.parametrize(("text", "found"), [("200,300,200", 2), ("500,300,200", 0), ("499,300,200", 1), ("167,300,200", 1), ("166,300,200", 2)])  # fmt: skip
def test_insured_against_resident_on_both_sides(tmp_path, text, found):
    # 500 insured: none at 500 residents; a note below; a warning below a third of it
    faults = kinds(checked(tmp_path, populations=P.replace("600,300,200", text)))
    note, warning = faults["insured_over_resident"], faults["insured_far_over_resident"]
    if found == 0:
        assert not note
        assert not warning
    elif text.startswith("166"):
        assert warning == 1
    else:
        assert note >= 1
        assert not warning


@pytest.mark.clause("DX-02")
def test_more_insured_than_residents_shows_for_the_whole_area_too(tmp_path):
    people = "region,year,resident,insured_employee,insured_resident\n210102,2024,600,500,101\n210103,2024,400,300,112\n"  # fmt: skip
    faults = [f for f in checked(tmp_path, populations=people) if f.kind == "insured_over_resident"]
    assert ("210100", "101.3") in {(f.fields["value"], f.fields["percent"]) for f in faults}


def test_two_on_one_point_are_no_crowd(tmp_path):
    two = "".join(CROWD.splitlines(keepends=True)[:-1])
    found = kinds(checked(tmp_path, institutions=two))
    assert found["shared_point"] == 2
    assert not found["crowded_point"]


def test_a_name_in_another_region_is_only_a_note(tmp_path):
    found = kinds(checked(tmp_path, institutions=INST.replace("乙诊所", "甲医院")))
    assert found["name_elsewhere"] == 2
    assert not found["repeated_name"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("凤城医院A号楼", True),
        ("中心卫生院-急诊", True),
        ("某社区卫生服务站输液室", True),
        ("某村卫生室牙科", True),
        ("某村卫生室", False),
        ("某医院", False),
        ("某社区卫生服务中心", False),
        ("某口腔门诊部", False),
    ],
)
def test_parts_of_institutions_are_told_by_their_names(tmp_path, name, part):
    found = kinds(checked(tmp_path, institutions=INST.replace("乙诊所", name)))
    assert bool(found["ward_listed"]) is part


def test_another_city_is_a_warning_unless_it_is_a_what_if(tmp_path):
    census = read(tmp_path).census
    assert kinds(check(census, place="230100")) == {"other_city": 1}
    assert not check(census, place=None)
    assert not check(census, place="210100")


def test_a_code_that_the_shelf_knows_from_elsewhere(tmp_path):
    found = check(read(tmp_path).census, former_codes={"210102": "旧区"})
    assert kinds(found) == {"reused_code": 1}
    assert found[0].fields["story"] == "原为旧区，现为甲区"


def test_a_boundary_of_no_region_is_told(tmp_path):
    ledger(tmp_path)
    boundaries(tmp_path, x=square(110, 111))
    assert kinds(check(read_census(tmp_path).census)) == {"boundary_of_nothing": 1}


def test_a_boundary_that_is_no_shape_is_told(tmp_path):
    ledger(tmp_path)
    boundaries(tmp_path, **{"210103": {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}})
    assert kinds(check(read_census(tmp_path).census))["boundary_malformed"] == 1


def test_a_weighted_sum_that_31_divides_gives_zero():
    assert "0" in uscc_check_digits(["9" + "0" * 15 + c for c in ALPHABET])
    assert uscc_check_digits(["0" * 17]) == ["0"]


def test_only_broken_keys_references_and_trees_stop_a_plan():
    assert stops(()) is False


def test_a_census_of_nothing_can_be_checked(tmp_path):
    none = dict.fromkeys(SOUND)
    reading = read(tmp_path, **{**none, "letters": "number,received_on\n"})
    assert kinds(check(reading.census)) == {"taken_on_missing": 1}
