"""The data contract: every table and column that a census may hold, in one place.

The import, the template, the quality report and docs/reference/data-contract.md are all
made from ``TABLES``. A field's ``also`` are headings that the import accepts besides
``name``, ``zh`` and ``en`` (among them the names of the national platform).
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from dingdian.core.census.vocabulary import SERVICES


class Kind(StrEnum):
    """What a column holds.

    ``TEXT`` and ``CODE`` are text (a code has its spaces and full-width forms normalised);
    ``CHOICE`` is a term of the vocabulary; ``NUMBER`` is exact, fixed-point with the field's
    ``scale``; ``DAY`` a calendar day; ``FLAG`` yes, no or unknown; ``DEGREE`` a float: degrees,
    or metres where the row's system is a grid.
    """

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"
    DEGREE = "degree"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: identifier, names, kind, unit, whether it must be filled, and what it means.

    ``scale`` is the number of decimals kept (0: whole numbers). ``choice`` names the
    vocabulary of a ``CHOICE``. ``refers`` is ``table.column`` of the row it points to.
    ``required`` means that the column must be there; ``filled`` that no cell may be empty;
    ``wanted`` that an empty cell is warned of.
    An empty cell anywhere else means *unknown*, never zero and never "no". ``signed`` numbers
    may be negative. ``meaning_zh``: what it means in Chinese, where ``meanings`` has no entry.
    """

    name: str
    zh: str
    en: str
    kind: Kind
    meaning: str
    example: str = ""
    unit: str = ""
    required: bool = False
    filled: bool = False
    wanted: bool = False
    scale: int = 0
    choice: str = ""
    refers: str = ""
    also: tuple[str, ...] = ()
    signed: bool = False
    meaning_zh: str = ""


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: its fields, the ones that identify a row, and whether a census must have it.

    ``also``: other names of its sheet or file that are read.
    """

    name: str
    zh: str
    en: str
    meaning: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    required: bool = False
    meaning_zh: str = ""
    also: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> Field:
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(f"table {self.name} has no column {name}")

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)


T, C, H, N, D, F, G = (
    Kind.TEXT,
    Kind.CODE,
    Kind.CHOICE,
    Kind.NUMBER,
    Kind.DAY,
    Kind.FLAG,
    Kind.DEGREE,
)


def _services() -> tuple[Field, ...]:
    """Three columns a service: whether it is open, since when, until when."""
    return tuple(
        field
        for term in SERVICES.values()
        for field in (
            Field(term.id, term.zh, term.en, F, f"{term.zh} is open (是/否)", "是"),
            Field(f"{term.id}_since", f"{term.zh}开通日期", f"{term.en} since", D, f"the day {term.zh} was opened; empty: unknown, taken as before the day asked for", "2023-05-01"),
            Field(f"{term.id}_until", f"{term.zh}停止日期", f"{term.en} until", D, f"the first day on which {term.zh} is closed; empty: no end known"),
        )
    )  # fmt: skip


def _region(refers: str = "regions.code", *, filled: bool = True) -> Field:
    return Field("region", "所属区划代码", "region code", C, "code of the region, at any level of the tree; sums go up the tree", "210102", required=True, filled=filled, refers=refers, also=("区划代码", "insuplc_admdvs", "admdvs"))  # fmt: skip


ABOUT = TableSchema("about", "说明", "about", "What this census is: one row a fact.", (
    Field("item", "项目", "item", C, "city (name), region_code, taken_on (the day it describes), made_by, invented (是 for made-up data), map_approval (审图号 of the boundaries), note", "台账截止日", required=True, filled=True),
    Field("value", "内容", "value", T, "the fact", "2025-12-31", required=True),
), ("item",), required=True)  # fmt: skip

REGIONS = TableSchema("regions", "区划", "regions", "The region tree: one row a region; the root has no parent.", (
    Field("code", "区划代码", "region code", C, "statistical code; any text that is unique", "210102", required=True, filled=True),
    Field("name", "名称", "name", T, "name of the region", "和平区", required=True, filled=True),
    Field("parent", "上级区划代码", "parent code", C, "code of the region above; empty only for the root", "210100", required=True, refers="regions.code"),
    Field("level", "层级", "level", H, "level in the tree", "县（市、区）", required=True, filled=True, choice="region_level"),
    Field("code_system", "代码系统", "code system", T, "whose code it is: statistical code, GB/T 2260, own", "统计用区划代码"),
    Field("aliases", "曾用代码或名称", "aliases", T, "former codes and names, separated by ;"),
    Field("zone", "医保区域", "zone", H, "zone in which quotas are weighed", "医保主城区", choice="zone"),
    Field("zone_since", "区域起始日期", "zone since", D, "since when the zone holds"),
    Field("main_urban_area", "是否主城区", "main urban area", F, "whether the unit counts as main urban area (主城区) for minimum presence", "否"),
    Field("density", "人口密度类别", "density class", H, "density class of the area (DX-44)", "一般", choice="density"),
    Field("area_km2", "面积", "area", N, "land area", "59.2", unit="km²", scale=6, also=("面积（平方公里）", "面积(平方公里)")),
    Field("since", "设立日期", "since", D, "first day of the region"),
    Field("until", "撤销日期", "until", D, "first day on which it no longer exists"),
), ("code",), required=True)  # fmt: skip

POPULATIONS = TableSchema("populations", "人口参保", "populations", "People by region and year end; the latest year up to the stock day is used.", (
    _region(),
    Field("year", "年份", "year", N, "year at whose end the numbers hold", "2024", required=True, filled=True),
    Field("resident", "常住人口", "resident population", N, "resident population (常住), not the residents' scheme", "720000", unit="person"),
    Field("insured_employee", "职工医保参保人数", "insured, employees' scheme", N, "insured in the employees' scheme", unit="person"),
    Field("insured_resident", "居民医保参保人数", "insured, residents' scheme", N, "insured in the residents' scheme (居民医保)", unit="person"),
    Field("aged_0_14", "0-14岁人口", "aged 0-14", N, "residents of 0-14", unit="person"),
    Field("aged_60", "60岁及以上人口", "aged 60+", N, "residents of 60 and over", unit="person"),
    Field("aged_65", "65岁及以上人口", "aged 65+", N, "residents of 65 and over", unit="person"),
    Field("aged_80", "80岁及以上人口", "aged 80+", N, "residents of 80 and over", unit="person"),
    Field("source", "来源", "source", T, "where the numbers come from", "第七次全国人口普查"),
), ("region", "year"), required=True)  # fmt: skip

INSTITUTIONS = TableSchema("institutions", "机构", "institutions", "One row an institution, designated or not.", (
    Field("code", "医保机构代码", "institution code", C, "national code: H (medical) or P (pharmacy) + 6 region digits + 5; own text where there is none yet", "H21010200001", required=True, filled=True, also=("fixmedins_code", "机构编码", "医药机构编码")),
    Field("name", "机构名称", "name", T, "registered name", "示例医院", required=True, filled=True, also=("fixmedins_name", "名称", "医药机构名称")),
    Field("uscc", "统一社会信用代码", "unified social credit code", C, "18 characters; village clinics may have none or share one", also=("社会信用代码",)),
    Field("kind", "机构类别", "kind", H, "kind after order 2, article 5, or retail pharmacy", "医院", required=True, choice="kind", also=("fixmedins_type", "类别")),
    Field("level", "等级", "level", H, "hospital level", "三级", choice="level", also=("hosp_lv", "医院等级", "级别")),
    Field("type", "类型", "type", H, "general, TCM, or the specialty", "综合", choice="type", also=("专科类型",)),
    Field("ownership", "办医性质", "ownership", H, "public or privately run", "公立", choice="ownership"),
    _region(),
    Field("address", "地址", "address", T, "registered address"),
    Field("lon", "经度", "longitude", G, "longitude in degrees in the system of crs; where crs is a grid (EPSG), the easting in metres", "123.42", unit="degree", also=("lng", "longitude", "X", "横坐标", "东坐标", "easting")),
    Field("lat", "纬度", "latitude", G, "latitude in degrees in the system of crs; where crs is a grid (EPSG), the northing in metres", "41.79", unit="degree", also=("latitude", "Y", "纵坐标", "北坐标", "northing")),
    Field("crs", "坐标系", "coordinate system", H, "system of the coordinates, one of the list or a projected grid such as EPSG:4550 (CGCS2000 EPSG:4491-4554, WGS84 UTM EPSG:32643-32653); never guessed", "CGCS2000", choice="crs"),
    Field("position_error_m", "坐标误差", "position error", N, "how far the true place may lie from the coordinates; empty: unknown, the reading position_error holds", "10", unit="metre", scale=3),
    Field("standing", "定点状态", "standing", H, "state of the designation on the day of the census", "正常", required=True, choice="standing", also=("状态", "协议状态")),
    Field("standing_since", "状态起始日期", "standing since", D, "since when the state holds"),
    Field("opened_on", "开业日期", "opened on", D, "the day the institution opened"),
    Field("designated_since", "定点起始日期", "designated since", D, "first day of the first agreement", "2019-01-01"),
    Field("designated_until", "定点终止日期", "designated until", D, "first day on which it is no longer designated; empty: no end known"),
    *_services(),
    Field("pharmacy_class", "药店类别", "pharmacy class", H, "ordinary, outpatient pooling or dual channel", choice="pharmacy_class"),
    Field("pharmacy_class_since", "药店类别起始日期", "pharmacy class since", D, "since when the class holds"),
    Field("pharmacy_grade", "药店分级", "pharmacy grade", H, "grade under graded management (分级管理)", "C级", choice="grade"),
    Field("pharmacy_grade_since", "药店分级起始日期", "pharmacy grade since", D, "since when the grade holds"),
    Field("integrated_village_clinic", "一体化村卫生室", "integrated village clinic", F, "village clinic under integrated management (SY-24)"),
    Field("university_clinic", "高校内设医疗机构", "university clinic", F, "inside a university (SY-24)"),
    Field("key_project", "重点建设项目", "key project", F, "listed as a key construction project (SY-23, DX-32)"),
    Field("family_doctor", "家庭医生签约服务", "family-doctor service", F, "provides contracted family-doctor and community services (DX-32)"),
    Field("combined_care", "医养结合", "combined medical and elderly care", F, "infirmary of a combined-care institution (SY-23)"),
    Field("emphasis_rural", "乡镇（村）区域", "township or village area", F, "stands in a township or village area (DX-19)"),
), ("code",), required=True)  # fmt: skip

BEDS = TableSchema("beds", "床位", "beds", "Beds by institution and class. An institution with any row lists all its classes; one without a row has unknown beds.", (
    Field("institution", "医保机构代码", "institution code", C, "code of the institution", "H21010200001", required=True, filled=True, refers="institutions.code", also=("fixmedins_code", "机构编码")),
    Field("bed_class", "床位类别", "bed class", H, "class of the beds; dental chairs are counted apart", "普通", required=True, filled=True, choice="bed_class"),
    Field("approved", "核定床位", "approved beds", N, "approved (编制、核定) beds", "500", unit="bed", also=("编制床位",)),
    Field("open", "开放床位", "open beds", N, "beds actually open", "520", unit="bed"),
    Field("contracted", "医保床位", "contracted beds", N, "beds that the agreement covers (医保床位)", "500", unit="bed"),
), ("institution", "bed_class"))  # fmt: skip

LOCALITIES = TableSchema("localities", "居民点", "localities", "Points or grid cells of people.", (
    Field("code", "居民点编号", "locality code", C, "any unique text", "L000001", required=True, filled=True),
    Field("name", "名称", "name", T, "name; empty for grid cells"),
    _region(),
    Field("kind", "类型", "kind", H, "level of the place it stands for", "社区", choice="region_level"),
    Field("persons", "人口", "persons", N, "people living there", "850", unit="person", scale=3),
    Field("insured_employee", "职工医保参保人数", "insured, employees' scheme", N, "people there insured in the employees' scheme", unit="person", scale=3),
    Field("insured_resident", "居民医保参保人数", "insured, residents' scheme", N, "people there insured in the residents' scheme (居民医保)", unit="person", scale=3),
    Field("insured", "参保人数", "insured", N, "people there insured in either scheme; empty: the sum of the two schemes where both are given. Where it is given coverage counts the insured, else the persons", unit="person", scale=3),
    Field("lon", "经度", "longitude", G, "longitude in degrees in the system of crs; where crs is a grid (EPSG), the easting in metres", "123.42", unit="degree", also=("lng", "longitude", "X", "横坐标", "东坐标", "easting")),
    Field("lat", "纬度", "latitude", G, "latitude in degrees in the system of crs; where crs is a grid (EPSG), the northing in metres", "41.79", unit="degree", also=("latitude", "Y", "纵坐标", "北坐标", "northing")),
    Field("crs", "坐标系", "coordinate system", H, "system of the coordinates, one of the list or a projected grid such as EPSG:4550; never guessed", "CGCS2000", choice="crs"),
), ("code",))  # fmt: skip

SURVEYS = TableSchema("surveys", "实测距离", "surveys", "Distances measured on site; a signed one overrides what is computed from coordinates. An end is named by code or by coordinates.", (
    Field("number", "编号", "number", C, "number of the survey record; any unique text", "C2026001", required=True, filled=True),
    Field("from_code", "起点编号", "from code", C, "code of the institution or application at one end"),
    Field("from_lon", "起点经度", "from longitude", G, "longitude in degrees of that end, in the system of crs; for a grid the easting in metres", unit="degree"),
    Field("from_lat", "起点纬度", "from latitude", G, "latitude in degrees of that end, in the system of crs; for a grid the northing in metres", unit="degree"),
    Field("to_code", "终点编号", "to code", C, "code of the institution or application at the other end"),
    Field("to_lon", "终点经度", "to longitude", G, "longitude in degrees of the other end", unit="degree"),
    Field("to_lat", "终点纬度", "to latitude", G, "latitude in degrees of the other end", unit="degree"),
    Field("crs", "坐标系", "coordinate system", H, "system of the coordinates of both ends", "CGCS2000", choice="crs"),
    Field("service", "服务类型", "service", H, "service that the distance is for; empty: every one", choice="service"),
    Field("distance_m", "实测距离（米）", "measured distance", N, "distance measured on site, to the millimetre", "812.5", unit="metre", required=True, scale=3),
    Field("measured_on", "测量日期", "measured on", D, "the day it was measured", "2026-03-01", required=True, filled=True),
    Field("by", "测量人", "measured by", T, "who measured"),
    Field("document", "文书编号", "document", T, "the signed record"),
    Field("signed", "是否签字", "signed", F, "whether the record is signed; only a signed one overrides", "是", required=True),
), ("number",))  # fmt: skip

FUND = TableSchema("fund", "基金", "fund", "The fund by fund and month; forecasts carry the day they were made.", (
    Field("fund", "基金", "fund", H, "which fund", "职工统筹基金", required=True, filled=True, choice="fund"),
    Field("year", "年份", "year", N, "year", "2025", required=True, filled=True),
    Field("month", "月份", "month", N, "month, 1 to 12", "1", required=True, filled=True),
    Field("entry", "性质", "entry", H, "actual or forecast", "实际", required=True, filled=True, choice="entry_kind"),
    Field("forecast_on", "预测日期", "forecast on", D, "the day a forecast was made"),
    Field("income", "收入", "income", N, "income of the month", unit="yuan", scale=2, signed=True),
    Field("spending", "支出", "spending", N, "spending of the month", unit="yuan", scale=2, signed=True),
    Field("balance", "累计结余", "accumulated balance", N, "accumulated balance at the end of the month", unit="yuan", scale=2, signed=True),
), ("fund", "year", "month", "entry", "forecast_on"))  # fmt: skip

LETTERS = TableSchema("letters", "预警函", "warning letters", "Warning letters from the superior bureau.", (
    Field("number", "文号", "number", C, "number of the letter", "示例函〔2025〕1号", required=True, filled=True),
    Field("issuer", "发文机关", "issuer", T, "who sent it"),
    Field("received_on", "收到日期", "received on", D, "the day it was received", "2025-09-01", required=True, filled=True),
    Field("withdrawn_on", "解除日期", "withdrawn on", D, "the day it was withdrawn or its ground ended"),
    Field("note", "说明", "note", T, "what it says"),
), ("number",))  # fmt: skip

RED_LINE_DECISIONS = TableSchema("red_line_decisions", "红线决定", "red-line decisions", "Dated decisions that set or lift a red line.", (
    Field("number", "文号", "number", C, "number of the decision or minute", required=True, filled=True),
    Field("trigger", "情形", "trigger", H, "the trigger it is about", "上一年度当期赤字", required=True, filled=True, choice="trigger"),
    Field("decision", "决定", "decision", H, "set or lifted", "启动", required=True, filled=True, choice="decision"),
    Field("decided_on", "决定日期", "decided on", D, "the day it was decided", required=True, filled=True),
    Field("clause", "红线条款", "clause", C, "clause of the red line it is about; empty: every red line with this trigger", "DX-31"),
    Field("lifts", "解除的文号", "lifts", C, "number of the decision that it lifts; empty: all that stand about the trigger", refers="red_line_decisions.number"),
    Field("by", "决定机关", "by", T, "who decided"),
    Field("evidence", "依据", "evidence", T, "the evidence it rests on"),
), ("number", "trigger"))  # fmt: skip

BED_USE = TableSchema("bed_use", "床位使用", "bed use", "Occupied bed-days by institution and year.", (
    Field("institution", "医保机构代码", "institution code", C, "code of the institution", required=True, filled=True, refers="institutions.code", also=("fixmedins_code",)),
    Field("year", "年份", "year", N, "year", "2025", required=True, filled=True),
    Field("occupied_bed_days", "实际占用总床日数", "occupied bed-days", N, "occupied bed-days (not discharged patients' days)", unit="bed-day"),
    Field("open_bed_days", "实际开放总床日数", "open bed-days", N, "open bed-days", unit="bed-day"),
), ("institution", "year"))  # fmt: skip

CARE_FLOWS = TableSchema("care_flows", "就医与异地", "care flows", "Inpatient care and spending of a region's insured, by year.", (
    _region(),
    Field("year", "年份", "year", N, "year", "2024", required=True, filled=True),
    Field("bed_days_out", "流出住院床日", "bed-days out", N, "bed-days of own insured in other areas", unit="bed-day"),
    Field("bed_days_in", "流入住院床日", "bed-days in", N, "bed-days of other areas' insured here", unit="bed-day"),
    Field("spending_total", "基金总支出", "total spending", N, "fund spending of the year", unit="yuan", scale=2),
    Field("spending_out_of_area", "异地就医基金支出", "out-of-area spending", N, "fund spending on care outside the area", unit="yuan", scale=2),
    Field("inpatient_budget", "住院基金预算", "inpatient budget", N, "fund budget for inpatient care of the year", unit="yuan", scale=2),
    Field("cost_per_bed_day", "次均床日基金支付", "fund cost per bed-day", N, "mean fund payment per bed-day", unit="yuan", scale=2),
), ("region", "year"))  # fmt: skip

DEMAND = TableSchema("demand", "住院需求", "inpatient demand", "Admissions and stay of the insured by age group: the input of the bed-need model.", (
    _region(),
    Field("age_group", "年龄组", "age group", T, "age group", "0-14岁", required=True, filled=True),
    Field("persons", "人数", "persons", N, "insured people in the group", unit="person"),
    Field("admissions_per_1000", "千人住院率", "admissions per 1,000", N, "admissions per 1,000 people and year", "200", scale=6),
    Field("mean_stay_days", "平均住院日", "mean stay", N, "mean length of stay", "9", unit="day", scale=6),
), ("region", "age_group"))  # fmt: skip

PURCHASED_BEDS = TableSchema("purchased_beds", "床位购买", "purchased beds", "The purchased-bed ledger (床位购买) by area and year.", (
    _region(),
    Field("year", "年份", "year", N, "year", "2025", required=True, filled=True),
    Field("beds", "购买床位数", "beds purchased", N, "beds bought from the fund", unit="bed"),
    Field("amount", "金额", "amount", N, "amount", unit="yuan", scale=2),
), ("region", "year"))  # fmt: skip

SUBMISSIONS = TableSchema("submissions", "区县申报", "county submissions", "What counties ask for next year (申报); shown beside the quota, never decides it.", (
    _region(),
    Field("year", "规划年份", "plan year", N, "year the places are asked for", "2026", required=True, filled=True),
    Field("resource", "资源", "resource", H, "what is asked for", "定点零售药店", required=True, wanted=True, choice="resource"),
    Field("asked", "申报数量", "asked for", N, "places or beds asked for"),
    Field("reason", "理由", "reason", T, "why"),
    Field("document", "文号", "document", T, "document of the submission"),
), ("region", "year", "resource"), also=("县区申报",))  # fmt: skip

RELEASES = TableSchema("releases", "释放量", "releases", "What was released in a year: places of a service, or contracted beds of a class. A year without any row is unknown; a year in which nothing was released is stated by a row with the amount 0.", (
    Field("number", "编号", "number", C, "any unique text", "R0001", required=True, filled=True),
    _region(),
    Field("year", "年份", "year", N, "year of the release", "2025", required=True, filled=True),
    Field("released_on", "释放日期", "released on", D, "the day it took effect"),
    Field("institution", "医保机构代码", "institution code", C, "code of the institution", refers="institutions.code", also=("fixmedins_code",)),
    Field("cause", "原因", "cause", H, "why it was released", "解除", required=True, filled=True, choice="release_cause"),
    Field("resource", "资源", "resource", H, "what was released: places of a service, or contracted beds", "定点零售药店", required=True, filled=True, choice="resource"),
    Field("bed_class", "床位类别", "bed class", H, "class of released beds", choice="bed_class"),
    Field("amount", "数量", "amount", N, "places or beds released; 0 states that the year released none", "1", required=True),
), ("number",))  # fmt: skip

HISTORY = TableSchema("history", "历年数量", "history", "Stock of a measure at year ends before the census, for growth and base dates.", (
    _region(),
    Field("year", "年份", "year", N, "year at whose end it held", "2024", required=True, filled=True),
    Field("measure", "指标", "measure", H, "the measure whose stock it is; the identifier of another measure is kept and reported", "定点零售药店", required=True, filled=True, choice="past_measure"),
    Field("amount", "数量", "amount", N, "the number", "300", required=True),
    Field("source", "来源", "source", T, "where it comes from"),
), ("region", "year", "measure"))  # fmt: skip

BENCHMARKS = TableSchema("benchmarks", "对标值", "benchmarks", "The bureau's own targets and requirements: health-plan beds per 1,000, adopted bed need, required reserve months, required bed use, designated total.", (
    Field("benchmark", "对标编号", "benchmark", H, "one of the list, or the identifier that a rule of the policy names; another one is kept and reported", "区域卫生规划千人床位数", required=True, filled=True, choice="benchmark", also=("对标", "对标名称", "对标值名称")),
    Field("region", "适用区划代码", "region code", C, "region it holds for; empty: every region of the census", refers="regions.code"),
    Field("value", "数值", "value", N, "the number, in the unit of the measure (a share as 0.85)", "7.2", required=True, scale=6),
    Field("year", "年份", "year", N, "year the number is for"),
    Field("denominator", "分母", "denominator", T, "what it is per", "常住人口"),
    Field("adopted_on", "采用日期", "adopted on", D, "the day the bureau adopted it"),
    Field("source", "来源", "source", T, "document it comes from", "示例文件"),
), ("benchmark", "region"))  # fmt: skip

AGREEMENTS = TableSchema("agreements", "协议", "agreements", "Agreements that stand on the day of the census, one row an institution: what the life cycle begins with.", (
    Field("institution", "医保机构代码", "institution code", C, "code of the institution", "H21010200001", required=True, filled=True, refers="institutions.code", also=("fixmedins_code", "机构编码"), meaning_zh="机构的医保机构代码"),
    Field("number", "协议编号", "agreement number", T, "number of the agreement", "2026-H-0001", required=True, meaning_zh="协议的编号"),
    Field("since", "协议起始日期", "agreement since", D, "its first day", "2026-01-01", meaning_zh="协议的第一日"),
    Field("through", "协议届满日期", "agreement through", D, "its last day; empty: unknown, its end cannot be told", "2026-12-31", meaning_zh="协议的最后一日；留空：未知，到期无法提示"),
    Field("guidance_through", "辅导期届满日期", "guidance through", D, "last day of the guidance period, for one that is in it", meaning_zh="政策辅导期的最后一日，只填辅导期内的"),
    Field("trial_through", "试运行期届满日期", "trial through", D, "last day of the trial, for one that is in it", meaning_zh="试运行期的最后一日，只填试运行的"),
    Field("suspended_on_request", "是否主动申请中止", "suspended on request", F, "of a suspended one: whether it asked for it itself; empty: taken as imposed", "否", meaning_zh="中止的：是否自己申请；留空：按处理中止"),
    Field("suspended_through", "中止届满日期", "suspended through", D, "last day of the suspension", meaning_zh="中止的最后一日"),
    Field("chain", "所属连锁企业", "chain", T, "chain that a pharmacy belongs to", meaning_zh="药店所属的连锁企业"),
    Field("person", "负责人证件号码", "number of the responsible person", C, "identity number of the legal person or head, or its digest; compared as text", meaning_zh="法定代表人或负责人的证件号码或其摘要；按文字比对"),
), ("institution",), meaning_zh="台账截止日的协议，一行一家机构：建立协议台账时由此起步。")  # fmt: skip

RECORDS = TableSchema("records", "既往记录", "records", "The bureau's records of what bars, about anybody. A table that is there and empty states that there are none.", (
    Field("number", "编号", "number", C, "number of the entry; any unique text", "J2024001", required=True, filled=True, meaning_zh="记录的编号；任何不重复的文字"),
    Field("item", "情形", "item", T, "identifier or wording of a ground of refusal", "被行政处罚尚未完全履行处罚责任", required=True, filled=True, also=("项目", "事项"), meaning_zh="政策中不予受理情形一项的标识或文字"),
    Field("uscc", "统一社会信用代码", "unified social credit code", C, "18 characters; village clinics may have none or share one", also=("社会信用代码",), meaning_zh="18 位；村卫生室可以没有，或与他人共用"),
    Field("institution", "医保机构代码", "institution code", C, "code of the institution", also=("fixmedins_code", "机构编码"), meaning_zh="机构的医保机构代码"),
    Field("id_number", "证件号码", "identity number", C, "identity number of the person, or its digest", also=("身份证号", "证件号"), meaning_zh="人员的证件号码或其摘要"),
    Field("name", "名称或姓名", "name", T, "name of the institution or person", "示例诊所", meaning_zh="机构名称或人员姓名"),
    Field("other_names", "曾用名", "other names", T, "former and other names, separated by ；", meaning_zh="曾用名和其他名称，用分号隔开"),
    Field("happened_on", "发生日期", "happened on", D, "the day from which years are counted: finding, termination", "2024-05-10", meaning_zh="起算年限的日期：发现、解除之日"),
    Field("met_on", "履行完毕日期", "met on", D, "the day on which penalty or liability was met", meaning_zh="处罚或责任履行完毕的日期"),
    Field("lifted_on", "撤销日期", "lifted on", D, "the day on which the entry was withdrawn", meaning_zh="记录撤销的日期"),
    Field("document", "文书编号", "document", T, "the decision it rests on", meaning_zh="所依据的决定"),
), ("number",), meaning_zh="医保部门掌握的不予受理情形，不限于申请人。有表而没有行，表示没有这样的记录。")  # fmt: skip

PAST_SCORES = TableSchema("past_scores", "往年考核", "past scores", "Results of earlier years' assessments.", (
    Field("institution", "医保机构代码", "institution code", C, "code of the institution", "H21010200001", required=True, filled=True, also=("fixmedins_code", "机构编码", "机构代码"), meaning_zh="机构的医保机构代码"),
    Field("year", "年度", "year", N, "year", "2024", required=True, filled=True, meaning_zh="年度"),
    Field("points", "得分", "points", N, "points of the year, of a hundred", "93.5", scale=3, meaning_zh="该年得分，百分制"),
    Field("clean", "是否无违规", "clean", F, "whether the year was without a one-vote finding", "是", meaning_zh="该年有没有一票否决等违规：没有填“是”"),
    Field("bottom", "是否末位", "bottom", F, "whether it was in the bottom of its group", "否", meaning_zh="该年是否列入末位"),
), ("institution", "year"), meaning_zh="以前各年的考核结果，建账时一并录入。")  # fmt: skip

TABLES: Mapping[str, TableSchema] = MappingProxyType(
    {
        table.name: table
        for table in (
            ABOUT,
            REGIONS,
            POPULATIONS,
            INSTITUTIONS,
            BEDS,
            LOCALITIES,
            SURVEYS,
            FUND,
            LETTERS,
            RED_LINE_DECISIONS,
            BED_USE,
            CARE_FLOWS,
            DEMAND,
            PURCHASED_BEDS,
            SUBMISSIONS,
            RELEASES,
            HISTORY,
            BENCHMARKS,
            AGREEMENTS,
            RECORDS,
            PAST_SCORES,
        )
    }
)
