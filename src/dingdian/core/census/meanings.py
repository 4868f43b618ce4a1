"""What each table and column means in Chinese, and how a Chinese reader writes its unit.

The English meanings stand beside the fields in ``schema``; ``meaning`` gives either.
"""

# ruff: noqa: E501 -- a sentence stands in one line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.census.schema import Field, TableSchema
from dingdian.core.census.vocabulary import SERVICES

#: Unit of a field -> how a Chinese heading writes it.
UNITS_ZH: Mapping[str, str] = MappingProxyType(
    {
        "": "",
        "person": "人",
        "bed": "张",
        "yuan": "元",
        "bed-day": "床日",
        "day": "天",
        "degree": "度",
        "metre": "米",
        "km²": "平方公里",
    }
)

#: Table -> what it holds.
TABLES_ZH: Mapping[str, str] = MappingProxyType(
    {
        "about": "台账的基本情况：一行一项。",
        "regions": "区划树：一行一个区划；统筹地区（全市）自己也占一行，上级区划代码留空。",
        "populations": "各区划年末人口和参保人数；取存量日之前最近一年的数。",
        "institutions": "一行一家机构，无论是否定点。",
        "beds": "各机构分类别的床位。一家机构只要有一行，就应列全所有类别；一行也没有的，床位未知。",
        "localities": "有人居住的点或网格。",
        "surveys": "现场实测的距离；签字的实测记录代替按坐标计算的距离。起点、终点写编号或坐标。",
        "fund": "各基金逐月收支；预测数写明预测日期。",
        "letters": "上级部门发来的基金运行预警函。",
        "red_line_decisions": "启动或解除红线的决定，须有日期。",
        "bed_use": "各机构逐年的占用床日。",
        "care_flows": "各区划参保人逐年的住院、异地就医和基金支出。",
        "demand": "参保人分年龄组的住院率和住院日：床位需求模型的输入。",
        "purchased_beds": "各地逐年的床位购买台账。",
        "submissions": "各区县对下一年的申报；列在配额旁边供参考，不决定配额。",
        "releases": "一年中释放的数量：某项服务的名额，或某类医保床位。某年一行也没有，释放量未知；没有释放的，写一行数量为 0。",
        "history": "台账之前各年末某项指标的存量，用于增长率和基期数。",
        "benchmarks": "医保部门自定的目标和要求：区域卫生规划千人床位数、采用的床位需要数、可支撑月数要求、床位利用率要求、定点总量。",
    }
)

_REGION = "所在区划的代码，可为任一层级；合计沿区划树逐级上卷"
_INSTITUTION = "机构的医保机构代码"
_LON = "经度（度），按“坐标系”一列所写的坐标系；投影坐标（EPSG）写东坐标（米）"
_LAT = "纬度（度），按“坐标系”一列所写的坐标系；投影坐标（EPSG）写北坐标（米）"
_YEAR = "年份"

#: Table -> column -> what it means. The columns of the services are made below.
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "about": {
        "item": "城市（名称）、区划代码、台账截止日、制作、是否虚构（虚构的数据填“是”）、审图号（边界的）、备注",
        "value": "该项的内容；台账截止日写成 2025-12-31",
    },
    "regions": {
        "code": "统计用区划代码；也可用任何不重复的文字",
        "name": "区划名称",
        "parent": "上一级区划的代码；只有统筹地区（全市）自己的一行留空",
        "level": "在区划树中的层级",
        "code_system": "代码出自哪里：统计用区划代码、GB/T 2260 或自编",
        "aliases": "曾用的代码和名称，用分号隔开",
        "zone": "确定配额时所属的医保区域",
        "zone_since": "所属医保区域从哪天起算",
        "main_urban_area": "按最低配置要求是否算作主城区",
        "density": "人口密度类别（DX-44）",
        "area_km2": "土地面积",
        "since": "区划设立的第一天",
        "until": "区划撤销之日，即不再存在的第一天",
    },
    "populations": {
        "region": _REGION,
        "year": "哪一年年末的数",
        "resident": "常住人口，不是居民医保参保人数",
        "insured_employee": "参加职工医保的人数",
        "insured_resident": "参加居民医保的人数，不是常住人口",
        "aged_0_14": "0—14 岁常住人口",
        "aged_60": "60 岁及以上常住人口",
        "aged_65": "65 岁及以上常住人口",
        "aged_80": "80 岁及以上常住人口",
        "source": "数据出处",
    },
    "institutions": {
        "code": "国家医保机构代码：H（医疗机构）或 P（零售药店）＋6 位区划＋5 位序号；尚无代码的用自编代码",
        "name": "登记的机构名称",
        "uscc": "18 位；村卫生室可以没有，也可以与他人共用",
        "kind": "机构类别，按《医疗机构医疗保障定点管理暂行办法》（国家医保局令第 2 号）第五条；或零售药店",
        "level": "医院等级",
        "type": "综合、中医或专科类型",
        "ownership": "公立或社会办",
        "region": _REGION,
        "address": "登记地址",
        "lon": _LON,
        "lat": _LAT,
        "crs": "经纬度所用的坐标系：可选项之一，或投影坐标如 EPSG:4550（CGCS2000 为 EPSG:4491—4554，WGS84 UTM 为 EPSG:32643—32653）；不作推测",
        "position_error_m": "真实位置与坐标最多相差多少；留空为未知，按口径 position_error 取",
        "standing": "台账截止日的定点状态",
        "standing_since": "该状态从哪天开始",
        "opened_on": "开业的日期",
        "designated_since": "首份协议的第一天",
        "designated_until": "不再定点的第一天；留空：没有终止日期",
        "pharmacy_class": "普通、门诊统筹或双通道",
        "pharmacy_class_since": "药店类别从哪天开始",
        "pharmacy_grade": "分级管理评定的级别",
        "pharmacy_grade_since": "级别从哪天开始",
        "integrated_village_clinic": "是否实行一体化管理的村卫生室（SY-24）",
        "university_clinic": "是否设在高等院校内（SY-24）",
        "key_project": "是否列入重点建设项目（SY-23、DX-32）",
        "family_doctor": "是否提供家庭医生签约和社区服务（DX-32）",
        "combined_care": "是否医养结合机构内设的医疗机构（SY-23）",
        "emphasis_rural": "是否位于乡镇（村）区域（DX-19）",
    },
    "beds": {
        "institution": _INSTITUTION,
        "bed_class": "床位的类别；口腔牙椅另计，不算床位",
        "approved": "编制（核定）床位",
        "open": "实际开放床位",
        "contracted": "协议约定的医保床位",
    },
    "localities": {
        "code": "任何不重复的文字",
        "name": "名称；网格可留空",
        "region": _REGION,
        "kind": "所代表的地方属于哪一层级",
        "persons": "居住人口",
        "insured_employee": "其中参加职工医保的人数",
        "insured_resident": "其中参加居民医保的人数，不是常住人口",
        "insured": "参保人数合计；留空：两项都填的，取两项之和。填了参保人数，服务圈覆盖按参保人数计算，否则按居住人口",
        "lon": _LON,
        "lat": _LAT,
        "crs": "经纬度所用的坐标系：可选项之一，或投影坐标如 EPSG:4550；不作推测",
    },
    "surveys": {
        "number": "实测记录的编号；任何不重复的文字",
        "from_code": "一端的机构或申请的编号",
        "from_lon": "这一端的经度（度），按“坐标系”一列；投影坐标写东坐标（米）",
        "from_lat": "这一端的纬度（度），按“坐标系”一列；投影坐标写北坐标（米）",
        "to_code": "另一端的机构或申请的编号",
        "to_lon": "另一端的经度（度）",
        "to_lat": "另一端的纬度（度）",
        "crs": "两端坐标所用的坐标系",
        "service": "该距离针对的服务类型；留空：适用于所有服务",
        "distance_m": "现场实测的距离，精确到毫米",
        "measured_on": "测量的日期",
        "by": "由谁测量",
        "document": "签字记录的文书编号",
        "signed": "记录是否签字；只有签字的才代替计算的距离",
    },
    "fund": {
        "fund": "哪一项基金",
        "year": _YEAR,
        "month": "月份，1 至 12",
        "entry": "实际数或预测数",
        "forecast_on": "预测数是哪天作出的",
        "income": "当月收入",
        "spending": "当月支出",
        "balance": "月末累计结余",
    },
    "letters": {
        "number": "预警函的文号",
        "issuer": "发文机关",
        "received_on": "收到的日期",
        "withdrawn_on": "撤回或情形消除的日期",
        "note": "预警的内容",
    },
    "red_line_decisions": {
        "number": "决定或会议纪要的文号",
        "trigger": "针对哪种红线情形",
        "decision": "启动或解除",
        "decided_on": "作出决定的日期",
        "clause": "针对哪一条红线（条款编号）；留空表示有此情形的每条红线",
        "lifts": "解除的是哪个决定（文号）；留空表示该情形下未解除的全部决定",
        "by": "由谁决定",
        "evidence": "所依据的材料",
    },
    "bed_use": {
        "institution": _INSTITUTION,
        "year": _YEAR,
        "occupied_bed_days": "实际占用总床日数（不是出院者占用床日数）",
        "open_bed_days": "实际开放总床日数",
    },
    "care_flows": {
        "region": _REGION,
        "year": _YEAR,
        "bed_days_out": "本地参保人在外地住院的床日",
        "bed_days_in": "外地参保人在本地住院的床日",
        "spending_total": "全年基金支出",
        "spending_out_of_area": "基金用于异地就医的支出",
        "inpatient_budget": "全年住院的基金预算",
        "cost_per_bed_day": "平均每床日的基金支付",
    },
    "demand": {
        "region": _REGION,
        "age_group": "年龄组",
        "persons": "该组参保人数",
        "admissions_per_1000": "每千人每年住院人次",
        "mean_stay_days": "平均住院天数",
    },
    "purchased_beds": {
        "region": _REGION,
        "year": _YEAR,
        "beds": "用基金购买的床位数",
        "amount": "购买金额",
    },
    "submissions": {
        "region": _REGION,
        "year": "申报的名额用于哪一年",
        "resource": "申报的是什么",
        "asked": "申报的名额或床位数",
        "reason": "为什么申报",
        "document": "申报文件的文号",
    },
    "releases": {
        "number": "任何不重复的文字",
        "region": _REGION,
        "year": "在哪一年释放",
        "released_on": "从哪天起释放",
        "institution": _INSTITUTION,
        "cause": "为什么释放",
        "resource": "释放的是什么：某项服务的名额，或医保床位",
        "bed_class": "释放的床位属于哪一类",
        "amount": "释放的名额或床位数；0 表示该年没有释放",
    },
    "history": {
        "region": _REGION,
        "year": "哪一年年末的数",
        "measure": "是哪项指标的存量；写其他指标的标识也保留，并作提示",
        "amount": "数量",
        "source": "数据出处",
    },
    "benchmarks": {
        "benchmark": "可选项之一，或政策规则写明的标识；写其他的也保留，并作提示",
        "region": "适用于哪个区划；留空：适用于台账中的所有区划",
        "value": "数值，单位与所对照的指标相同（比例写成 0.85）",
        "year": "是哪一年的数",
        "denominator": "每多少什么人口",
        "adopted_on": "医保部门采用的日期",
        "source": "出自哪份文件",
    },
}  # fmt: skip


def meaning(schema: TableSchema, field: Field | None = None, lang: str = "zh") -> str:
    """What a column of a table means, or without ``field`` what the table holds.

    Raises:
        KeyError: no Chinese meaning is written for it.

    >>> from dingdian.core.census.schema import POPULATIONS
    >>> meaning(POPULATIONS, POPULATIONS["resident"])
    '常住人口，不是居民医保参保人数'
    """
    told = (field or schema).meaning_zh if lang == "zh" else (field or schema).meaning
    if told:
        return told
    if field is None:
        return TABLES_ZH[schema.name]
    own = _FIELDS[schema.name]
    return own[field.name] if field.name in own else _of_service(field.name)


def _of_service(column: str) -> str:
    """What a column of a service means."""
    name, _, end = column.rpartition("_")
    if end == "since" and name in SERVICES:
        return f"{SERVICES[name].zh}开通的日期；留空：未知，视为在所问之日以前"
    if end == "until" and name in SERVICES:
        return f"{SERVICES[name].zh}停止服务的第一天；留空：没有停止日期"
    return f"是否开通{SERVICES[column].zh}；没有开通的填“否”，留空为未知"


def unit(field: Field, lang: str = "zh") -> str:
    """The unit of a column as a reader of ``lang`` writes it; empty text where it has none."""
    return UNITS_ZH[field.unit] if lang == "zh" else field.unit
