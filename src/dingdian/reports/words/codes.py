"""Sentences for the codes of ``workings.reason``: why a number is undefined, what a rule notes.

Fields are filled from the details of the reason, already turned into words (a key into the
name of its number, a reading into its question); see ``wording.DETAILS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text
from dingdian.reports.words import admission, assessment, panel, retention

#: Code -> its sentence.
SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        **admission.SENTENCES,
        **assessment.SENTENCES,
        **panel.SENTENCES,
        **retention.SENTENCES,
        # why a number is undefined
        "rows_unknown": Text(
            "台账中有{unsure}行是否计入或数值不明（已知{known}行，合计{part}）{first}",
            "{unsure} rows of the ledger are unknown ({known} known rows give {part}){first}",
        ),
        "input_undefined": Text("需要的数无法计算：{keys}", "it needs what is undefined: {keys}"),
        "not_located": Text(
            "{institutions}家机构、{localities}个居民点没有可用坐标，圈内家数不足的居民点无法断定"
            "（可以断定的合计{part}）{borders}",
            "{institutions} institutions and {localities} localities have no usable position, so "
            "localities with too few are undecided (those decided sum to {part}){borders}",
        ),
        "off_streets": Text(
            "{institutions}家机构、{localities}个居民点没有可用坐标，或离道路500米以上，圈内家数不足的居民点"
            "无法断定（可以断定的合计{part}）{borders}",
            "{institutions} institutions and {localities} localities have no usable position, or "
            "are over 500 m from every street, so localities with too few are undecided (those "
            "decided sum to {part}){borders}",
        ),
        "area_along_streets": Text(
            "覆盖面积只按直线量；本规划沿路网量服务圈",
            "covered area is measured straight only; this plan measures circles along streets",
        ),
        "people_zero": Text("人口为零", "it has no people"),
        "no_outline": Text("没有{region}可用的边界", "no usable boundary of {region}"),
        "area_unsure": Text(
            "至多{institutions}家机构没有可用坐标或是否计入不明（可以断定的面积{part}）",
            "up to {institutions} institutions have no usable position or may not count (the area "
            "that is decided is {part})",
        ),
        "no_circle": Text(
            "没有规则给“{measure}”划定服务圈", "no rule draws a circle around: {measure}"
        ),
        "no_standard": Text(
            "没有规则规定服务圈内几家“{measure}”算足够",
            "no rule says how many are enough within the circle: {measure}",
        ),
        "grid_refused": Text(
            "居民点人口合计为常住人口的{share}，相差超过{limit}，按口径不予计算",
            "localities sum to {share} of the residents, which differs by more than {limit}: "
            "refused by the reading",
        ),
        "division_by_zero": Text("分母为0", "the denominator is 0"),
        "log_of_zero": Text(
            "有人口而没有资源的地区使对数无意义：{regions}",
            "people without any resource make the logarithm infinite: {regions}",
        ),
        "not_whole_places": Text("不是整数，不能分配", "not whole places, so not shared out"),
        "reading_open": Text("口径未定：{reading}", "open reading: {reading}"),
        "reading_sets_aside": Text(
            "按所选口径不适用：{reading}", "set aside by the reading chosen: {reading}"
        ),
        "option_unknown": Text(
            "口径“{reading}”所选的“{option}”没有对应的算法",
            'the option "{option}" of the reading "{reading}" stands for no computation',
        ),
        "road_graph_needed": Text(
            "口径“{reading}”要沿路网计算，路网在第9步载入；此前无法判断",
            "the reading “{reading}” asks for a way along a road graph, which comes in step 9; "
            "until then nobody can say",
        ),
        "not_given": Text(
            "台账“{table}”没有填{region}的“{column}”",
            'the ledger "{table}" does not give "{column}" for {region}',
        ),
        "no_history": Text(
            "“历年数量”没有{year}年末的{measure}",
            "the history table has no {measure} at the end of {year}",
        ),
        "no_benchmark": Text(
            "没有填写对标值“{benchmark}”",
            'no value is given for the benchmark "{benchmark}"',
        ),
        "no_parts": Text(
            "范围内没有可比较的{parts}", "there are no {parts} to compare inside the area"
        ),
        "no_units": Text("区划中没有这一类单元", "the region tree has no such units"),
        "whole_area_only": Text("只对全域计算", "computed for the whole area only"),
        "not_all_reported": Text(
            "应报{expected}，已报{reported}，未报齐",
            "{reported} of {expected} reported: not complete",
        ),
        "condition_unknown": Text(
            "“{rule}”的条件无法判断", 'the conditions of "{rule}" cannot be decided'
        ),
        "limit_of_whole_unknown": Text(
            "各区之和是否超出全域上限无法判断",
            "whether the districts together exceed the limit of the whole area is undecided",
        ),
        "months_missing": Text(
            "{fund}{year}年缺{missing}个月的数",
            "{missing} months of {year} are missing for {fund}",
        ),
        "balance_not_of_year_end": Text(
            "最近的累计结余是{through}的，不是{month}的，不能推算本年末",
            "the last balance known is of {through}, not of {month}: the year's end cannot be told",
        ),
        "not_adopted": Text(
            "医保局尚未采用（测算值：{modelled}，不作依据）",
            "not adopted by the bureau (modelled: {modelled}, which decides nothing)",
        ),
        "model_not_shown": Text("口径选定不显示测算值", "the reading chosen shows no model"),
        "table_empty": Text("台账“{table}”没有任何行", 'the ledger "{table}" has no rows'),
        "no_rows_for_year": Text(
            "台账“{table}”没有{year}年的行；当年确实没有的，请填一行数量为0的记录",
            'the ledger "{table}" has no row of {year}; a year of none is stated by a row of 0',
        ),
        "not_submitted": Text(
            "{resource}{year}年没有申报", "nothing was submitted for {resource} in {year}"
        ),
        "zone_unknown": Text("所属医保区域不明", "the zone of the district is unknown"),
        "measures_undefined": Text("无法计算：{keys}", "undefined: {keys}"),
        "red_line_unknown": Text(
            "证据不全，红线是否触发无法判断（后果：{consequence}）",
            "the evidence is incomplete, so the red line is undecided (consequence: {consequence})",
        ),
        "red_line_unknown_limit": Text(
            "“{rule}”是否触发无法判断，触发时为：{consequence}",
            'whether "{rule}" acts cannot be told; if it does: {consequence}',
        ),
        # what a rule notes
        "over": Text("高于：按较低比例", "over: the lower share applies"),
        "not_over": Text(
            "不高于：按另一比例或只受前置条件限制",
            "not over: the other share or preconditions only",
        ),
        "over_unknown": Text(
            "是否高于无法判断", "whether it is over the other number cannot be told"
        ),
        "red_line_on": Text("红线已触发：{consequence}", "the red line acts: {consequence}"),
        "red_line_off": Text(
            "红线未触发（触发时：{consequence}）",
            "the red line does not act (if it did: {consequence})",
        ),
        "trigger": Text("{trigger}", "{trigger}"),
        "trigger_decided": Text(
            "{trigger}{ground}；{decided_on}{decision}（{number}）",
            "{trigger}{ground}; {decision} on {decided_on} ({number})",
        ),
        "trigger_lifted": Text(
            "{trigger}{ground}；{decided_on}启动（{number}），{lifted_on}解除（{lift}）",
            "{trigger}{ground}; set on {decided_on} ({number}), lifted on {lifted_on} ({lift})",
        ),
        "managed_apart": Text("{bed_class}床位（牙椅）单独管理", "{bed_class} is managed apart"),
        "circle_straight": Text("直线{metres}米以内", "within {metres} m in a straight line"),
        "circle_path": Text(
            "步行{metres}米；载入路网之前按直线{metres}米量取，覆盖人口偏多",
            "{metres} m on foot; until a street graph is loaded {metres} m in a straight line, "
            "which covers more people",
        ),
        "circle_walking": Text(
            "沿路网步行{metres}米以内", "within {metres} m on foot along the streets"
        ),
        "circle_driving": Text(
            "沿路网驾车{metres}米以内", "within {metres} m by car along the streets"
        ),
        "area_classes": Text("按{measure}认定", "by {measure}"),
        "spacing_stock": Text(
            "现有机构中圈内另有同类的家数；间距只约束新增，不作评判",
            "how many of the stock have their like within the distance; the rule binds new ones "
            "only, so this is not judged",
        ),
        "spacing_stock_none": Text(
            "现有机构中没有圈内另有同类的", "none of the stock has its like within the distance"
        ),
        # what a spacing rule says of a site
        "spacing_other_kind": Text("本规则不涉及这类机构", "the rule is not about this kind"),
        "spacing_other_service": Text(
            "本规则不涉及所申请的服务类型", "the rule is not about these services"
        ),
        "spacing_other_zone": Text("本规则不适用于所在区域", "the rule does not hold in this zone"),
        "spacing_exempt": Text(
            "属于不受限机构（{rule}）", "among the institutions that are not limited ({rule})"
        ),
        "spacing_inpatient": Text(
            "按口径，住院机构不受间距限制", "by the reading, inpatient institutions are free of it"
        ),
        "spacing_not_new": Text(
            "台账中已是定点机构且未迁址，间距只约束新增",
            "designated already and not moved: the rule binds new ones only",
        ),
        "spacing_moved": Text(
            "按口径，迁址不按新增处理", "by the reading, a moved address is not new"
        ),
        "spacing_no_service": Text("没有写服务类型", "no service is named"),
        "spacing_district_unknown": Text(
            "所在区县不明，而间距只在本区内计算",
            "the district is unknown, and only the same district counts",
        ),
        "spacing_unplaced": Text(
            "有{n}家可能同类的机构没有可用坐标",
            "{n} institutions that may be of the same type have no usable coordinates",
        ),
        "spacing_faulty": Text(
            "同批有{n}件申请填写有错、没有判断，可能排在其前且相距过近；不计它们则符合",
            "{n} applicants of the round have faults, are not decided, and may stand too near and "
            "come first; without them it would be kept",
        ),
        "spacing_neighbour_unsure": Text(
            "近旁机构的状态、类别或服务类型不明",
            "standing, kind or services of an institution nearby are unknown",
        ),
        "spacing_depends": Text(
            "取决于排序在先的申请 {applicant}，其结论未定",
            "it depends on applicant {applicant}, who ranks first and is undecided",
        ),
        "spacing_rank_open": Text(
            "与申请 {applicant} 相距过近而没有先后排序",
            "too near applicant {applicant}, and no ranking says who is first",
        ),
        "spacing_order_decides": Text(
            "名次相同或没有排序：有的先后下符合，有的不符合",
            "ranks are equal or missing: in some orders it would be kept, in others not",
        ),
        "spacing_every_order": Text(
            "名次相同或没有排序，但无论先后结论都一样",
            "ranks are equal or missing, but every order comes to the same",
        ),
        "spacing_no_rule": Text(
            "当日没有有效的间距规定", "no spacing rule is in force on the day"
        ),
        "encouraged_met": Text("鼓励项：已有", "encouraged: present"),
        "encouraged_missing": Text(
            "鼓励项：尚无，列入引导", "encouraged: none yet, to be guided"
        ),
        "stated_exemption": Text(
            "不受规划限制的机构，另行评估", "institutions that the plan does not limit"
        ),
        "stated_priority": Text("优先考虑的机构", "institutions that are preferred"),
        "stated_scope": Text("计算范围", "the areas at which quotas are weighed"),
        "stated_checklist": Text("规定如此，逐件判断", "stated; decided case by case"),
        "stated_eligibility": Text("可以申请的机构，逐件判断", "who may apply, case by case"),
        "stated_evaluation": Text(
            "评估内容，逐件判断", "what an evaluation looks at; decided case by case"
        ),
        "stated_panel": Text(
            "评估小组的组成，逐件抽取", "who evaluates; drawn by lot for each case"
        ),
        "stated_survey": Text(
            "满意度调查的问题，开展调查时采用", "what a survey asks; taken when one is made"
        ),
        "stated_ranking": Text("申请人之间的排序", "the order among applicants"),
        "stated_assessment": Text(
            "规定如此，年度考核时办理", "stated; acted on in an assessment"
        ),
        "stated_bottom_rank": Text(
            "末位的分组和处理步骤，考核时逐家判断", "groups and steps for the last; case by case"
        ),
        "stated_grade_moves": Text(
            "药店升降级，考核时逐家判断", "grades of pharmacies; case by case"
        ),
        "stated_person_points": Text(
            "人员记分，逐人计算", "points of persons; counted person by person"
        ),
        "stated_score_sheet": Text(
            "考核评分表，逐家评分", "a score sheet; scored institution by institution"
        ),
        "stated_service_gate": Text("规定如此，按阶段执行", "stated; carried out by stage"),
        "stated_clock": Text("时限，逐件计算", "a time limit, counted case by case"),
        "stated_duty": Text("规定如此，办理时逐件存档", "stated; put on record case by case"),
        "stated_resources": Text("年度配置的资源", "the resources handed out each year"),
    }
)  # fmt: skip

#: Code -> its sentence without what differs from area to area, for the notes of a table.
SHORT: Mapping[str, Text] = MappingProxyType(
    {
        "rows_unknown": Text(
            "台账中有行是否计入或数值不明，明细见“数据说明”",
            'rows of the ledger are unknown, see "Data notes"',
        ),
        "off_streets": Text(
            "有机构或居民点没有可用坐标，或离道路500米以上",
            "institutions or localities have no usable position, or are over 500 m from any street",
        ),
        "area_along_streets": Text("覆盖面积只按直线量", "covered area is measured straight only"),
        "not_located": Text(
            "有机构或居民点没有可用坐标，明细见“数据说明”",
            'institutions or localities have no usable position, see "Data notes"',
        ),
        "no_outline": Text("没有可用的边界", "no usable boundary"),
        "area_unsure": Text(
            "有机构没有可用坐标或是否计入不明，明细见“数据说明”",
            'institutions have no usable position or may not count, see "Data notes"',
        ),
        "not_given": Text(
            "台账“{table}”没有填“{column}”", 'the ledger "{table}" does not give "{column}"'
        ),
        "not_all_reported": Text("未报齐，明细见“数据说明”", 'not all reported, see "Data notes"'),
        "not_submitted": Text("没有申报", "nothing was submitted"),
        "log_of_zero": Text(
            "有人口而没有资源的地区使对数无意义", "people without any resource in a region"
        ),
    }
)

#: Details whose text is a term of the census vocabulary -> the choice it belongs to.
TERMS: Mapping[str, str] = MappingProxyType(
    {"trigger": "trigger", "decision": "decision", "bed_class": "bed_class", "fund": "fund"}
)

#: Details that are codes of their own -> code -> words.
CODES: Mapping[str, Mapping[str, Text]] = MappingProxyType(
    {
        "consequence": MappingProxyType(
            {
                "pause": Text("原则上暂停新增定点", "new designations are paused in principle"),
                "steady": Text(
                    "总量平衡、稳慎新增：新增不超过释放量",
                    "the total stays in balance: no more new ones than were released",
                ),
                "cap_total": Text("不能超出定点数量", "the designated number may not be exceeded"),
            }
        ),
        "parts": MappingProxyType(
            {"districts": Text("区县", "districts"), "zones": Text("医保区域", "zones")}
        ),
    }
)
