"""The words of the census: every choice a cell may hold, with its Chinese and English names.

``zh`` is what a ledger shows and a template offers; ``also`` are further spellings that the
import accepts. The identifiers are the same in YAML, Python, columns and the command line.
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.coordinates.systems import DEGREES


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its identifier, Chinese and English name and accepted spellings."""

    id: str
    zh: str
    en: str
    also: tuple[str, ...] = ()


def _terms(*terms: Term) -> Mapping[str, Term]:
    return MappingProxyType({term.id: term for term in terms})


KINDS = _terms(
    Term("hospital", "医院", "hospital"),
    Term("maternal_child_hospital", "妇幼保健院", "maternal and child health hospital", ("妇幼保健所", "妇幼保健站", "妇幼保健计划生育服务中心")),
    Term("disease_institute", "专科疾病防治院", "specialised disease institute", ("专科疾病防治所", "专科疾病防治站")),
    Term("community_health_centre", "社区卫生服务中心", "community health centre", ("社区卫生服务站",)),
    Term("township_health_centre", "乡镇卫生院", "township health centre", ("中心卫生院", "街道卫生院", "卫生院")),
    Term("outpatient_department", "门诊部", "outpatient department", ("门诊", "综合门诊部")),
    Term("clinic", "诊所", "clinic", ("卫生所", "卫生站", "医务室", "个体诊所", "西医诊所", "综合诊所", "诊所（室）")),
    Term("village_clinic", "村卫生室", "village clinic", ("村卫生所", "卫生室", "村医务室", "村级卫生室")),
    Term("emergency_centre", "急救中心", "emergency centre", ("独立急救中心",)),
    Term("hospice", "安宁疗护中心", "hospice"),
    Term("dialysis_centre", "血液透析中心", "dialysis centre"),
    Term("nursing_home", "护理院", "nursing home (medical)"),
    Term("care_home_infirmary", "养老机构内设医疗机构", "infirmary of an elderly-care home"),
    Term("retail_pharmacy", "零售药店", "retail pharmacy", ("药店", "定点零售药店", "定点药店", "连锁药店", "单体药店", "连锁零售药店", "单体零售药店", "零售连锁药店", "药房", "大药房")),
)  # fmt: skip

LEVELS = _terms(
    Term("tertiary", "三级", "tertiary", ("三级甲等", "三级乙等", "三级丙等", "三甲", "三乙", "三级医院", "3")),
    Term("secondary", "二级", "secondary", ("二级甲等", "二级乙等", "二级丙等", "二甲", "二乙", "二级医院", "2")),
    Term("primary", "一级", "primary", ("一级甲等", "一级乙等", "一级丙等", "一甲", "一级及以下", "一级医院", "1")),
    Term("ungraded", "未定级", "ungraded", ("未评级", "无等级", "未定等级", "未定级医院", "其他", "9")),
)  # fmt: skip

TYPES = _terms(
    Term("general", "综合", "general", ("综合医院",)),
    Term("tcm", "中医", "traditional Chinese medicine", ("中医医院",)),
    Term("integrated_tcm", "中西医结合", "integrated TCM and western medicine"),
    Term("ethnic_medicine", "民族医", "ethnic medicine"),
    Term("psychiatric", "精神", "psychiatric", ("精神病", "精神病医院", "精神专科")),
    Term("infectious", "传染病", "infectious disease", ("传染", "传染病医院")),
    Term("rehabilitation", "康复", "rehabilitation", ("康复医院",)),
    Term("oncology", "肿瘤", "oncology", ("肿瘤医院",)),
    Term("maternal_child", "妇儿", "maternal and child", ("妇产", "儿童", "妇幼")),
    Term("stomatology", "口腔", "stomatology", ("口腔医院", "口腔科")),
    Term("nursing", "护理", "nursing", ("老年护理", "护理院")),
    Term("hospice_care", "安宁疗护", "hospice care"),
    Term("dialysis", "透析", "dialysis", ("血液透析",)),
    Term("other_specialty", "其他专科", "other specialty", ("专科", "专科医院")),
)  # fmt: skip

OWNERSHIPS = _terms(
    Term("public", "公立", "public", ("公办", "国有", "政府办", "公立医院")),
    Term(
        "private",
        "社会办",
        "privately run",
        ("民营", "私立", "社会办医", "民办", "私营", "非公立", "民营医院"),
    ),
)

#: The life of a designation as a ledger of one day shows it.
STANDINGS = _terms(
    Term("undesignated", "非定点", "not designated", ("未定点", "未签约")),
    Term("guidance", "政策辅导期", "guidance period", ("辅导期", "政策辅导")),
    Term("trial", "试运行", "trial year", ("试运营", "试运行期", "试运营期")),
    Term(
        "in_force",
        "正常",
        "agreement in force",
        (
            "协议有效",
            "定点",
            "在协",
            "正常运行",
            "已签约",
            "签约",
            "有效",
            "已定点",
            "协议期内",
            "正常营业",
        ),
    ),
    Term("suspended", "中止", "suspended", ("暂停", "中止协议", "协议中止", "已中止", "暂停协议")),
    Term(
        "expired",
        "到期终止",
        "expired",
        ("到期", "终止", "协议到期", "已到期", "协议终止", "已终止"),
    ),
    Term("terminated", "解除", "terminated", ("解除协议", "协议解除", "已解除")),
    Term("closed", "关闭", "closed", ("注销", "停业", "已关闭", "已注销", "已停业", "关停")),
)

#: Standings that count as designated stock; whether ``suspended`` counts is a reading.
DESIGNATED = ("guidance", "trial", "in_force")
#: Standings of an institution that exists and is not designated.
UNDESIGNATED = ("undesignated", "expired", "terminated")

SERVICES = _terms(
    Term("inpatient", "住院", "inpatient"),
    Term("outpatient_pooling", "门诊统筹", "outpatient pooling"),
    Term("outpatient_mutual_aid", "门诊共济", "outpatient mutual aid"),
    Term("personal_account", "个人账户", "personal account"),
    Term("outpatient_chronic", "门诊慢性病", "outpatient chronic disease"),
    Term("outpatient_chronic_special", "门诊慢特病", "outpatient chronic and special disease"),
    Term("dual_channel", "双通道", "dual channel"),
    Term("prescription_transfer", "处方流转", "prescription transfer"),
    Term("out_of_area", "异地就医", "out-of-area settlement"),
)

BED_CLASSES = _terms(
    Term("general", "普通", "general", ("综合", "普通床位", "普通床", "普通病床")),
    Term("dialysis", "透析", "dialysis", ("透析床", "透析床位", "血液透析")),
    Term("rehabilitation", "康复", "rehabilitation", ("康复床", "康复床位")),
    Term("psychiatric", "精神", "psychiatric", ("精神床", "精神床位", "精神科", "精神科床位")),
    Term("tcm", "中医", "TCM", ("中医床", "中医床位")),
    Term("oncology", "肿瘤", "oncology", ("肿瘤床", "肿瘤床位")),
    Term("maternal_child", "妇儿", "maternal and child", ("妇儿床", "妇儿床位", "妇产儿科")),
    Term(
        "nursing",
        "老年护理",
        "elderly nursing",
        ("护理", "护理床", "护理床位", "老年护理床", "老年护理床位"),
    ),
    Term(
        "dental_chair",
        "口腔牙椅",
        "dental chair",
        ("牙椅", "口腔椅", "口腔椅位", "牙科椅", "牙科治疗椅"),
    ),
)

#: Counted in chairs, never in bed totals.
CHAIR_CLASSES = ("dental_chair",)


def _bed_terms() -> Iterator[Term]:
    """Contracted beds of each class, as a resource and as a measure."""
    for term in BED_CLASSES.values():
        zh = f"医保{term.zh}" if term.id in CHAIR_CLASSES else f"{term.zh}医保床位"
        also = (f"医保床位：{term.zh}", f"医保床位（{term.zh}）", f"医保{term.zh}床位")
        yield Term(f"contracted_beds_{term.id}", zh, f"contracted beds: {term.en}", also)


def _named_service(service: Term, of: str) -> Term:
    """Institutions or pharmacies with a service, as the measures of the plan name them."""
    own = {
        "institutions": ("定点医疗机构", "institutions"),
        "pharmacies": ("定点药店", "pharmacies"),
    }
    zh, en = own[of]
    longer = zh.replace("药店", "零售药店")
    also = dict.fromkeys((f"{service.zh}{longer}", f"开通{service.zh}的{longer}"))
    return Term(f"{service.id}_{of}", f"{service.zh}{zh}", f"{service.en} {en}", tuple(also))


#: What a bureau may release or be asked for: places of a service, and contracted beds.
RESOURCES = _terms(
    Term("medical_institutions", "定点医疗机构", "designated medical institutions", ("医疗机构",)),
    Term("inpatient_institutions", "住院定点医疗机构", "inpatient institutions", ("住院医疗机构", "开通住院的定点医疗机构")),
    Term("outpatient_pooling_institutions", "门诊统筹定点医疗机构", "outpatient-pooling institutions", ("门诊统筹医疗机构", "开通门诊统筹的定点医疗机构")),
    Term("personal_account_institutions", "个人账户定点医疗机构", "personal-account institutions", ("个人账户医疗机构", "开通个人账户的定点医疗机构")),
    Term("pharmacies", "定点零售药店", "designated pharmacies", ("零售药店", "定点药店", "药店")),
    Term("prescription_transfer_pharmacies", "处方流转定点药店", "prescription-transfer pharmacies", ("处方流转药店", "处方流转定点零售药店")),
    Term("dual_channel_pharmacies", "双通道定点药店", "dual-channel pharmacies", ("双通道药店", "双通道定点零售药店")),
    Term("contracted_beds", "医保床位", "contracted beds", ("床位", "医保床位数", "定点医疗机构床位")),
    *_bed_terms(),
    Term("dental_chairs", "口腔牙椅", "dental chairs", ("牙椅",)),
)  # fmt: skip

#: Measures whose stock of earlier years the plan may ask for: growth, base dates, caps.
PAST_MEASURES = _terms(
    Term("resident", "常住人口", "resident population", ("常住人口数",)),
    Term("insured", "参保人数", "insured people", ("参保人口", "基本医保参保人数")),
    Term("insured_employee", "职工医保参保人数", "insured, employees' scheme", ("职工参保人数",)),
    Term("insured_resident", "居民医保参保人数", "insured, residents' scheme", ("居民参保人数",)),
    Term("institutions", "定点医药机构", "designated institutions", ("定点医药机构数", "医药机构")),
    *(RESOURCES[name] for name in ("medical_institutions", "pharmacies", "contracted_beds")),
    Term("contracted_beds_general_pool", "医保床位（不含单独管理类别）", "contracted beds, classes managed apart left out"),
    *_bed_terms(),
    Term("approved_beds", "编制床位", "approved beds of designated institutions", ("核定床位", "编制床位数", "核定床位数")),
    Term("open_beds", "开放床位", "open beds of designated institutions", ("开放床位数",)),
    *(_named_service(term, "institutions") for term in SERVICES.values()),
    *(_named_service(term, "pharmacies") for term in SERVICES.values() if term.id != "inpatient"),
)  # fmt: skip

#: Benchmarks that only a bureau sets; a policy folder may name others.
OWN_BENCHMARKS = _terms(
    Term("health_plan_beds", "区域卫生规划千人床位数", "beds per 1,000 in the regional health plan", ("区域卫生规划床位数", "卫生规划千人床位数")),
    Term("national_beds_plan", "国家规划千人床位数", "beds per 1,000 in the national plan", ("全国规划千人床位数",)),
    Term("provincial_beds_plan", "省级规划千人床位数", "beds per 1,000 in the provincial plan", ("全省规划千人床位数",)),
    Term("insurer_needed_beds", "医保需要的千人床位数", "beds per 1,000 that the insurer needs", ("医保需要床位数", "医保需要千人床位数")),
    Term("required_reserve_months", "基金可支撑月数要求", "required reserve months", ("可支撑月数要求", "要求的可支撑月数")),
    Term("required_bed_use", "床位利用率要求", "required bed use", ("床位使用率要求", "要求的床位使用率")),
    Term("designated_total_pharmacies", "定点零售药店总量", "total of designated pharmacies", ("定点药店总量",)),
    Term("designated_total_medical_institutions", "定点医疗机构总量", "total of designated medical institutions"),
)  # fmt: skip

REGION_LEVELS = _terms(
    Term(
        "prefecture",
        "市（地）级",
        "prefecture",
        ("地级", "市级", "地区", "市", "地级市", "设区的市", "自治州", "盟"),
    ),
    Term(
        "county",
        "县（市、区）",
        "county or district",
        (
            "县级",
            "区县",
            "区",
            "县",
            "县级市",
            "市辖区",
            "县区",
            "县（区）",
            "区（县）",
            "自治县",
            "旗",
        ),
    ),
    Term(
        "township",
        "乡镇",
        "township",
        ("乡", "镇", "民族乡", "乡级", "乡镇街道", "乡镇（街道）", "街镇"),
    ),
    Term("subdistrict", "街道", "subdistrict", ("街道办事处", "街道办")),
    Term("community", "社区", "urban community", ("居委会", "社区居委会")),
    Term("village", "行政村", "village", ("村", "屯", "村委会")),
)

ZONES = _terms(
    Term("main_urban", "医保主城区", "main urban zone", ("主城区",)),
    Term("suburban", "医保城郊区", "suburban zone", ("城郊区",)),
    Term("county", "医保县市区", "county zone", ("县市区",)),
)

DENSITIES = _terms(
    Term("dense", "人群密集", "dense", ("密集", "主城区或人群密集区")),
    Term("ordinary", "一般", "ordinary"),
    Term("sparse", "偏远或人口稀少", "remote or sparse", ("偏远", "稀少", "偏远地区或人口稀少区域")),
)  # fmt: skip

#: Systems of degrees. A cell may also hold the identifier of a projected grid (``EPSG:4547``,
#: ``coordinates.systems.grids``).
CRS = _terms(*(Term(each.id, each.zh, each.en, each.also) for each in DEGREES.values()))

#: Choice -> what it admits besides its list, as an example that may be written.
OPEN: Mapping[str, Term] = MappingProxyType(
    {
        "crs": Term("EPSG:4550", "EPSG:4550 等投影坐标（单位为米）", "a projected grid such as EPSG:4550 (metres)"),
        "past_measure": Term("medical_tertiary", "其他指标的标识，如 medical_tertiary", "the identifier of another measure, such as medical_tertiary"),
        "benchmark": Term("national_beds_2024", "政策文件夹写明的其他标识，如 national_beds_2024", "another identifier that the policy folder names, such as national_beds_2024"),
    }
)  # fmt: skip

#: Choice -> the form of further words that are kept as they are written, with a warning.
FURTHER: Mapping[str, str] = MappingProxyType(
    {"past_measure": r"[a-z][a-z0-9_]*", "benchmark": r".+"}
)

PHARMACY_CLASSES = _terms(
    Term("ordinary", "普通", "ordinary", ("普通药店",)),
    Term("pooling", "门诊统筹", "outpatient pooling", ("门诊统筹药店",)),
    Term("dual_channel", "双通道", "dual channel", ("双通道药店",)),
)

GRADES = _terms(
    Term("a", "A级", "grade A", ("A", "a")),
    Term("b", "B级", "grade B", ("B", "b")),
    Term("c", "C级", "grade C", ("C", "c")),
    Term("d", "D级", "grade D", ("D", "d")),
)

FUNDS = _terms(
    Term("employee_pool", "职工统筹基金", "employees' pooled fund", ("职工统筹", "职工医保统筹基金", "职工基本医疗保险统筹基金")),
    Term("employee_account", "职工个人账户", "employees' personal accounts", ("个账", "个人账户", "职工医保个人账户")),
    Term("resident_pool", "居民医保基金", "residents' scheme fund", ("居民", "居民医保", "城乡居民医保", "城乡居民医保基金", "居民统筹基金")),
)  # fmt: skip

ENTRY_KINDS = _terms(
    Term("actual", "实际", "actual", ("实绩", "实际数", "实际值")),
    Term("forecast", "预测", "forecast", ("预计", "预测数", "预测值")),
)

RELEASE_CAUSES = _terms(
    Term("termination", "解除", "termination", ("解除协议", "协议解除")),
    Term("expiry", "到期终止", "expiry", ("到期不续", "到期", "协议到期")),
    Term("closure", "关闭注销", "closure", ("关闭", "注销")),
    Term("service_closed", "停止服务类型", "service closed", ("停止服务", "关闭服务")),
    Term("bed_reduction", "核减床位", "bed reduction", ("核减", "床位核减")),
    Term("downgrade", "降级", "downgrade"),
    Term("trial_failure", "试运行不合格", "trial failed"),
    Term("suspension", "中止", "suspension", ("协议中止", "中止协议")),
)

DECISIONS = _terms(
    Term("set", "启动", "set", ("触发", "开启")),
    Term("lift", "解除", "lift", ("取消", "撤销")),
)

BED_BASES = _terms(
    Term("approved", "编制（核定）床位", "approved beds", ("核定床位", "编制床位")),
    Term("open", "开放床位", "open beds"),
    Term("contracted", "医保床位", "contracted beds"),
)

#: What a person is to an applicant.
ROLES = _terms(
    Term("legal_person", "法定代表人", "legal person", ("法人", "法人代表")),
    Term("head", "主要负责人", "head", ("负责人",)),
    Term("controller", "实际控制人", "controller", ("控制人",)),
)

EVALUATION_PARTS = _terms(
    Term("qualitative", "定性", "qualitative", ("定性评估",)),
    Term("quantitative", "定量", "quantitative", ("定量评估", "量化")),
)

#: Where the points of an assessment come from.
ASSESSMENT_SOURCES = _terms(
    Term("agency_record", "经办记录", "record of the agency", ("经办机构记录", "检查记录", "稽核")),
    Term("system_data", "系统数据", "data of the system", ("信息系统", "系统采集")),
    Term("survey", "满意度调查", "satisfaction survey", ("问卷调查",)),
    Term("third_party", "第三方评价", "third party", ("第三方", "第三方机构")),
)

#: Whom an assessment is about.
ASSESSED_SIDES = _terms(
    Term("medical_institutions", "定点医疗机构", "medical institutions", ("医疗机构",)),
    Term("pharmacies", "定点零售药店", "pharmacies", ("零售药店", "药店", "定点药店")),
)

#: How far a person answers for an act (N23-01).
RESPONSIBILITIES = _terms(
    Term("general", "一般责任", "general", ("一般",)),
    Term("important", "重要责任", "important", ("重要",)),
    Term("main", "主要责任", "main", ("主要",)),
)

#: Licences that the health and the market authorities give.
LICENCE_KINDS = _terms(
    Term("practice_licence", "医疗机构执业许可证", "licence to practise", ("执业许可证",)),
    Term("clinic_filing", "诊所备案凭证", "filing of a clinic", ("备案凭证", "备案")),
    Term("drug_licence", "药品经营许可证", "drug licence", ("经营许可证",)),
    Term("business_licence", "营业执照", "business licence", ()),
)

#: Whether a licence holds.
LICENCE_STATUSES = _terms(
    Term("valid", "有效", "valid", ("正常", "存续", "在业")),
    Term("suspended", "暂扣", "suspended", ("停业", "责令停业")),
    Term("revoked", "吊销", "revoked", ("撤销",)),
    Term("cancelled", "注销", "cancelled", ("已注销",)),
)

#: What the ``about`` table may say.
ABOUT_ITEMS = _terms(
    Term("city", "城市", "city", ("统筹地区", "地区")),
    Term("region_code", "区划代码", "region code", ("行政区划代码",)),
    Term("taken_on", "台账截止日", "taken on", ("截止日期", "统计日期", "截止日", "数据日期")),
    Term("made_by", "制作", "made by", ("填报单位", "制作单位")),
    Term("invented", "是否虚构", "invented", ("虚构", "虚构数据")),
    Term("map_approval", "审图号", "map approval number", ("地图审图号",)),
    Term("overlay", "假设改动", "what-if changes"),
    Term("note", "备注", "note", ("附注",)),
)

#: Choice name, as ``schema`` fields use it -> its terms.
CHOICES: Mapping[str, Mapping[str, Term]] = MappingProxyType(
    {
        "kind": KINDS,
        "level": LEVELS,
        "type": TYPES,
        "ownership": OWNERSHIPS,
        "standing": STANDINGS,
        "service": SERVICES,
        "bed_class": BED_CLASSES,
        "region_level": REGION_LEVELS,
        "zone": ZONES,
        "density": DENSITIES,
        "crs": CRS,
        "pharmacy_class": PHARMACY_CLASSES,
        "grade": GRADES,
        "fund": FUNDS,
        "entry_kind": ENTRY_KINDS,
        "release_cause": RELEASE_CAUSES,
        "resource": RESOURCES,
        "past_measure": PAST_MEASURES,
        "benchmark": OWN_BENCHMARKS,
        "decision": DECISIONS,
        "role": ROLES,
        "evaluation_part": EVALUATION_PARTS,
        "assessment_source": ASSESSMENT_SOURCES,
        "assessed_side": ASSESSED_SIDES,
        "responsibility": RESPONSIBILITIES,
        "licence_kind": LICENCE_KINDS,
        "licence_status": LICENCE_STATUSES,
        "trigger": _terms(
            Term("deficit_last_year", "上一年度当期赤字", "deficit last year"),
            Term("shortfall_forecast", "预计当期收不抵支", "forecast shortfall"),
            Term("warning_letter", "基金运行预警函", "warning letter"),
            Term("bed_use_below", "床位利用率不达标", "bed use below the requirement"),
            Term("reserve_months_below", "可支撑月数不足", "reserve months too few"),
            Term("other", "其他情形", "other circumstance", ("等情形",)),
        ),
    }
)
