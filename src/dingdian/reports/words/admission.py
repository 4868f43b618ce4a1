"""Sentences of admission: why a condition stands as it does, and what would turn it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import Text

#: Reasons of what only the applicant can tell: a letter asks for it.
ASKED = frozenset(
    {"kind_unknown", "fact_missing", "beds_unknown", "opening_unknown", "site_unknown"}
    | {"district_unknown"}
)

#: Code -> why a condition stands as it does. Those of what would turn it begin with ``change_``.
SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        # who applies, for what
        "kind_unknown": Text("没有写机构类别", "the kind of institution is not stated"),
        "kind_may_not_apply": Text(
            "{kind}不在可以申请的机构之列", "{kind} is not among those that may apply"
        ),
        "service_not_of_kind": Text(
            "{kind}不能开通{service}", "{kind} cannot have the service {service}"
        ),
        "applied_twice": Text(
            "同一机构在本批已有申请 {first}",
            "the same institution has application {first} in this round already",
        ),
        # checklists
        "fact_missing": Text("没有核查结果", "nothing was found out yet"),
        "item_optional": Text("其他情形，没有提出", "an open item; nobody raised it"),
        "beds_fewer": Text("床位不到此数，不适用", "fewer beds than that: it does not apply"),
        "services_unknown": Text(
            "没有说明申请哪些服务", "it does not say which services it asks for"
        ),
        "people_unknown": Text(
            "没有登记相关人员，无法与既往记录比对",
            "it is not said who leads it: the records cannot be compared",
        ),
        "materials_unknown": Text(
            "本批没有“材料”表，不知道交了哪些材料",
            "the round has no table of materials: which were handed in is not known",
        ),
        "beds_unknown": Text("申请的床位数不明", "the number of beds asked for is unknown"),
        "bars_only_together": Text(
            "按口径须两项都缺才不纳入", "by the reading only both together are a bar"
        ),
        "material_missing": Text("没有提交", "not handed in"),
        "material_after_decision": Text(
            "材料日期 {day} 晚于决定之日，不能作为依据",
            "dated {day}, after the day of decision: it cannot be relied on",
        ),
        "clause_unchecked": Text(
            "条款 {clause} 的原文或条号尚未核对，不作为拒绝依据",
            "clause {clause} is not held against its text and number yet: no refusal rests on it",
        ),
        # records
        "records_missing": Text("没有查询既往记录", "nobody looked into the records of the bureau"),
        "record_without_day": Text(
            "记录 {number} 没有发生日期，期限无法计算",
            "entry {number} has no day, so its years cannot be counted",
        ),
        "liability_open": Text(
            "期限已满，但记录 {number} 的责任没有履行完毕",
            "the years are over, but what entry {number} asks is not yet met",
        ),
        "tied_by_number": Text("代码相同：{number}", "the same code: {number}"),
        "tied_by_person": Text(
            "{role}{name}的证件号码相同", "the identity number of {name} ({role}) is the same"
        ),
        "tied_by_other_name": Text(
            "{role}{name}的证件号码与记录中的{known_as}相同：姓名不同，同一人",
            "the identity number of {name} ({role}) is that of {known_as} in the records: another "
            "name, the same person",
        ),
        "tied_perhaps": Text(
            "与{name}同名而没有号码可比，是否同一主体须核实",
            "the same name, {name}, and no number to compare: whether it is the same must be found "
            "out",
        ),
        # area, red line, exemption
        "area_class": Text(
            "属{area}，圈内药店{count}家", "{area}: {count} pharmacies in the circle"
        ),
        "area_class_unsure": Text(
            "附近有机构的位置或状态不明，区域类别无法断定",
            "institutions nearby have no known place or standing: the class of the area is open",
        ),
        "opened_before_plan": Text(
            "属{area}，但不是规划期内新开设", "{area}, but not opened within the plan period"
        ),
        "opening_unknown": Text("开业日期不明", "the day of opening is unknown"),
        "red_line_in_places": Text(
            "红线的限制已计入新增数量", "what the red line limits is in the places already"
        ),
        "exempt": Text("按“{rule}”不受限制", "not limited, by the rule {rule}"),
        # evaluation
        "not_evaluated": Text("尚未评估", "not yet evaluated"),
        # spacing and places
        "site_unknown": Text("位置不明", "where it would stand is not known"),
        "district_unknown": Text("所在区县不明", "the district is not known"),
        "quota_unknown": Text("新增数量无法计算", "the number of places is undefined"),
        "no_number": Text(
            "没有数量限制，只受前置条件约束", "no number is given; only the preconditions limit"
        ),
        "no_place_left": Text("已没有剩余数量", "no place is left"),
        "places_held": Text(
            "排序在先而尚未定案的申请可能占用{held}",
            "applicants ahead whose cases are open may take {held}",
        ),
        "larger_than_left": Text(
            "申请数大于剩余数{left}，按口径不拆分", "more than the {left} left, and not split"
        ),
        "carried_over": Text(
            "申请数大于剩余数{left}，剩余数保留到下一年度",
            "more than the {left} left, which are kept for the next year",
        ),
        "admitted_in_part": Text("按剩余数{part}部分纳入", "admitted for the {part} that are left"),
        # exceptions
        "exception_not_whole": Text("例外决定缺少：{missing}", "the exception lacks: {missing}"),
        "exception_too_late": Text(
            "例外决定的日期 {day} 晚于本批决定之日",
            "the exception of {day} is later than the day of decision",
        ),
        "exception_touches_nothing": Text(
            "没有因“{rule}”受阻的条件", "nothing that stands in the way comes of: {rule}"
        ),
        "exception_not_allowed": Text(
            "“{rule}”没有“原则上”，不得例外",
            "{rule} leaves no exception: it does not say 'in principle'",
        ),
        # what would turn it: advice for staff
        "change_find_out": Text("核实后再定", "find out, then decide"),
        "change_meet": Text("达到该项条件", "meet the condition"),
        "change_more": Text("再增加{more}", "{more} more"),
        "change_wait": Text("到 {day} 即符合", "from {day} on it is met"),
        "change_supply": Text("补交该项材料", "hand in the paper"),
        "change_remedy": Text("消除该情形并提供证明", "remedy it and prove it"),
        "change_withdraw": Text(
            "撤回其中一件（另一件为 {first}）", "withdraw one of the two (the other is {first})"
        ),
        "change_leave_out": Text("不申请{service}", "leave out the service {service}"),
        "change_other_area": Text(
            "改在服务盲区或相对不足区域", "choose an unserved or insufficient area"
        ),
        "change_ask_reading": Text(
            "如医保局改变口径：{reading}", "if the bureau changes the reading: {reading}"
        ),
        "change_red_line_lifted": Text("“{rule}”解除后", "once it is lifted: {rule}"),
        "change_evaluate": Text("完成评估", "have it evaluated"),
        "change_rectify": Text(
            "整改后，自 {day} 起可再次评估",
            "rectify; a second evaluation is possible from {day} on",
        ),
        "change_other_site": Text(
            "换到与{n}家机构相距超过{metres}米之处",
            "move to where {n} institutions are farther than {metres} m",
        ),
        "change_other_spot": Text("换到{metres}米外的{locality}", "move {metres} m to {locality}"),
        "change_survey": Text("实测距离并签字", "have the distance measured and signed"),
        "change_places_freed": Text("再有{more}个名额或床位", "{more} more places or beds"),
        "change_ask_less": Text("申请数减到{most}以内", "ask for at most {most}"),
    }
)
