"""Everything that may be wrong with an assessment workbook, in one table.

None but the first few stops an assessment: a row that cannot be used is told, with its cure, and
left out; the institution is assessed with what else is known of it.
"""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import FaultKind, Severity, Text

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE


def _kind(severity: Severity, *texts: str) -> FaultKind:
    zh, en, cure_zh, cure_en = texts
    return FaultKind(severity, Text(zh, en), Text(cure_zh, cure_en))


KINDS: Mapping[str, FaultKind] = MappingProxyType(
    {
        # ---- what stops
        "assessment_table_missing": _kind(B, "缺少“{table_zh}”表（{table}）", "the table {table} is missing", "补上这张表；dingdian template assessment 可写出空表", "add it; dingdian template assessment writes an empty workbook"),
        "assessment_without_day": _kind(B, "没有写考核日期", "the day of the assessment is not stated", "在“考核”表中写明，或用 --on，例如 --on 2026-02-10", "state it in the table assessment, or by --on, such as --on 2026-02-10"),
        "assessment_other_year": _kind(B, "工作簿写明考核{found}年度，不是{wanted}年度", "the workbook is of {found}, not of {wanted}", "核对 --year 和“考核”表的考核年度", "compare --year with the year in the table assessment"),
        "assessment_other_day": _kind(B, "工作簿写明考核日期为{found}，不是{wanted}", "the workbook says that it was assessed on {found}, not on {wanted}", "核对 --on 和“考核”表的考核日期", "compare --on with the day in the table assessment"),
        "assessment_before_year_end": _kind(B, "考核日期{day}在{year}年度结束之前", "the day {day} lies before the end of {year}", "年度结束以后再考核，或改正年度", "assess after the year has ended, or mend the year"),
        "census_before_year_end": _kind(W, "台账截至{day}，早于{year}年末：其后的协议变化看不到", "the census is of {day}, before the end of {year}: later changes of agreements are not seen", "换用年末的台账", "use the census of the year's end"),
        "unknown_assessed": _kind(B, "考核结果中没有机构“{name}”", "nobody of code “{name}” was assessed", "相近的：{nearest}", "the nearest: {nearest}"),
        "assessed_nobody": _kind(B, "没有一家机构得到分数：工作簿中的机构都不在本台账，或都没有协议", "nobody was scored: no institution of the workbook is in this ledger with an agreement", "核对是不是本市这一年度的工作簿；下列各行写明原因", "see whether it is the workbook of this place and year; the rows below say why"),
        "assessed_ahead": _kind(B, "考核日期{day}还没有到", "the day of assessment {day} is still to come", "改正“考核”表的考核日期，或到那一天再考核", "mend the day in the table assessment, or assess on that day"),
        "assessed_too_early": _kind(B, "{year}年度还没有结束", "{year} is not over yet", "年度结束以后再开展考核", "open it after the year has ended"),
        "assessed_open_already": _kind(B, "{year}年度考核已经开展", "the assessment of {year} is open already", "在年度考核列表中打开", "open it from the list"),
        "assessed_none_yet": _kind(B, "{year}年度考核还没有考核结果", "{year} has no result yet", "先上传得分工作簿", "upload the workbook of scores first"),
        "assessed_under_way": _kind(B, "{year}年度考核有一个版本正在考核", "a version of {year} is being assessed", "等它结束再提交", "wait until it has ended"),
        # ---- what is recorded on the pages
        "hearing_held": _kind(B, "这次陈述申辩已于{day}听取并登记", "this hearing was recorded as held on {day}", "再次告知的，以另一告知日期登记", "record another one with its own day of notice"),
        "appeal_too_late": _kind(B, "得分没有开放复核，或复核申请已于{through}截止", "scores are not open to appeals, or the term ended on {through}", "期限有误的，请联系医保局", "ask the bureau if the term is wrong"),
        "appeal_without_points": _kind(B, "项目“{value}”没有得分，无从复核", "the item “{value}” has no points to appeal against", "选择有得分的项目", "choose an item that has points"),
        "appeal_open_already": _kind(B, "对这一项目的复核申请尚未决定", "an appeal against this item is not decided yet", "等待答复", "wait for its answer"),
        "appeal_points_wrong": _kind(B, "复核得分须在0至满分{full}分之间，至多三位小数", "points lie between 0 and the full {full}, with three decimals at most", "改正得分；维持原得分的留空", "mend them; leave them empty where the points stay"),
        "step_not_ready": _kind(B, "按现行版本，这一步的条件不齐，或已经确认", "by the version that holds this step lacks something, or is confirmed already", "查看还缺什么；登记陈述申辩等之后先重新考核", "see what is missing; assess again after a hearing was recorded"),
        "deposit_without_grade": _kind(B, "没有等次，退还比例不明", "without a grade the share to return is not known", "等次确定以后再结算", "settle it when there is a grade"),
        "deposit_settled": _kind(B, "这一年度的保证金已经结算", "the deposit of this year is settled", "查看已确认的结算", "look at the settlement that was confirmed"),
        "measure_waits": _kind(B, "同一事项正等待复核", "the same waits to be confirmed already", "请复核人先办理，或由经办人撤回", "let it be confirmed first, or withdraw it"),
        "version_superseded": _kind(B, "已有更新的版本", "another version holds by now", "打开现行版本办理", "open the version that holds"),
        "version_entered": _kind(B, "这一版已经登入台账", "this version is entered in the ledger already", "有改正的，先生成新的版本", "make another version where something is to be corrected"),
        "points_none": _kind(B, "没有一行人员记分", "there is no line about a person", "填写“人员记分”“暂停决定”或“记分修复”表", "fill in the tables of points, pauses or repairs"),
        "points_line_open": _kind(B, "{where}：没有写人员、日期或分数", "{where}: the person, the day or the points are not stated", "补齐后整份重新报送", "complete it and hand all in again"),
        "points_elsewhere": _kind(B, "有的机构不在您负责的区县", "an institution is not of your districts", "由该区县的监管员或全市的考核负责人报送", "let the supervisor of that district, or of the whole place, hand it in"),
        "points_number_taken": _kind(B, "编号“{value}”已经登记", "the number “{value}” is on record already", "核对编号；同一次记分不重复登记", "check the number; an entry is not recorded twice"),
        "points_number_unknown": _kind(B, "没有编号为“{value}”的记分", "there is no entry of the number “{value}”", "核对要撤销的记分编号", "check the number of the entry that is withdrawn"),
        "points_day_to_come": _kind(B, "日期{day}还没有到", "the day {day} is still to come", "改正日期", "mend the day"),
        # ---- whom a row is about
        "assessed_unknown": _kind(W, "台账中没有机构“{value}”，此行未用", "the census has no institution “{value}”; the row is not used", "核对医保机构代码；台账漏登的先补登", "check the code; add the institution to the census if it lacks there"),
        "assessed_without_agreement": _kind(W, "机构“{value}”在{year}年没有协议，此行未用", "institution “{value}” had no agreement in {year}; the row is not used", "核对机构和年度；台账的定点起止日期有误的改正台账", "check code and year; mend the days of its designation in the census if they are wrong"),
        "assessment_item_unknown": _kind(W, "政策中没有“{value}”这一项，未用", "the policy has no item “{value}”; not used", "写评分表或处理步骤中的文字或标识，例如 fund_use", "write an identifier or wording of the sheet or ladder, such as fund_use"),
        "day_after_assessment": _kind(W, "日期 {value} 在考核日期 {day} 之后，到这一天还不算", "the day {value} lies after the assessment of {day}: it does not count yet", "改正日期，或以后再考核", "mend the day, or assess later"),
        # ---- scores
        "item_not_of_sheet": _kind(W, "这家机构的评分表没有“{value}”这一项，未用", "the sheet of this institution has no item “{value}”; not used", "写它自己评分表中的项目", "write an item of its own sheet"),
        "item_does_not_apply": _kind(W, "“{value}”不适用于这家机构（没有开通该服务或类别不符），未用", "“{value}” does not apply to this institution (service not open, or another kind); not used", "删去此行，或改正台账中的服务", "delete the row, or mend the services in the census"),
        "points_over_full": _kind(W, "得分 {value} 高于满分 {full}，读作未知", "{value} points are over the full {full}; unknown", "改正得分", "mend the points"),
        "scored_twice": _kind(W, "“{value}”有两个得分（另一个：{first}），不一致的读作未知", "“{value}” is scored twice (also: {first}); unknown unless alike", "只留一行", "keep one row"),
        "item_not_by_survey": _kind(W, "“{value}”不按调查或评价计分，未用", "“{value}” is not scored by a survey or a third party; not used", "写在“得分”表，或改为按调查计分的项目", "write it in the table scores, or name an item that rests on surveys"),
        "result_over_hundred": _kind(W, "结果 {value} 超过100，读作未知", "the result {value} is over 100; unknown", "改为百分制", "state it of a hundred"),
        # ---- appeals
        "appeal_of_nothing": _kind(W, "对“{value}”申请复核，却没有这一项的得分，未用", "an appeal against “{value}”, which has no score; not used", "先录入原得分，或改正项目", "enter the score first, or mend the item"),
        "appeal_decided_early": _kind(W, "决定日期 {value} 早于申请日期 {filed}，按尚未决定处理", "decided on {value}, before it was filed on {filed}; taken as open", "改正日期", "mend the days"),
        "appeal_undecided": _kind(W, "“{value}”有复核得分却没有决定日期，按尚未决定处理", "“{value}” has new points but no day of decision; taken as open", "填写决定日期", "state the day of the decision"),
        # ---- steps
        "heard_before_told": _kind(W, "听取日期 {value} 早于告知日期 {told}，视为没有听取", "heard on {value}, before it was told on {told}; taken as not heard", "改正日期", "mend the days"),
        "confirmation_incomplete": _kind(W, "“{value}”的确认缺少确认人或日期，不起作用", "the confirmation of “{value}” lacks a person or a day; it has no effect", "补全后才起作用", "it has an effect once both are there"),
        "confirmed_unheard": _kind(W, "{value} 已确认，却没有听取陈述申辩，不起作用", "confirmed on {value} without a hearing; it has no effect", "先听取陈述申辩，再确认", "hold the hearing, then confirm"),
        "confirmed_before_hearing": _kind(W, "确认日期 {value} 早于听取陈述申辩的 {heard}，不起作用", "confirmed on {value}, before the hearing of {heard}; it has no effect", "听取以后重新确认", "confirm again after the hearing"),
        "confirmed_twice": _kind(W, "“{value}”确认了两次（另一个：{first}），只用第一行", "“{value}” is confirmed twice (also: {first}); the first row is used", "只留一行", "keep one row"),
        "confirmed_not_in_bottom": _kind(W, "确认了“{value}”，而这家机构不能断定在末位，不起作用", "“{value}” is confirmed, but the institution is not surely in the bottom; it has no effect", "核对机构；名次因缺分未定的先补齐得分", "check the institution; where the rank is open for want of scores, complete them first"),
        "term_without_clause": _kind(W, "“{value}”没有写协议条款，视为协议没有约定", "“{value}” names no clause of the agreement; taken as not agreed", "填写协议条款，例如 第四十五条", "name the clause of the agreement, such as 45"),
        # ---- other years and grades
        "past_year_not_past": _kind(W, "往年考核写了 {value} 年，不早于考核年度 {year}，未用", "a past score of {value}, not before {year}; not used", "改正年度；本年度的得分写在“得分”表", "mend the year; this year's points belong in the table scores"),
        "past_year_twice": _kind(W, "{value} 年有两行（另一行：{first}），读作未知", "{value} stands twice (also: {first}); unknown", "只留一行", "keep one row"),
        "upgrade_of_no_pharmacy": _kind(W, "“{value}”不是药店，没有服务分级，未用", "“{value}” is no pharmacy and has no service grade; not used", "删去此行，或改正代码", "delete the row, or mend the code"),
        "upgrade_twice": _kind(W, "升级申请有两行（{value}；另一行：{first}），只用第一行", "an upgrade is asked for twice ({value}; also: {first}); the first row is used", "只留一行", "keep one row"),
        # ---- points of persons
        "event_twice": _kind(W, "编号“{value}”有两行（另一行：{first}），只计一次", "number “{value}” stands twice (also: {first}); counted once", "改正编号，或删去重复的一行", "mend the number, or delete the row"),
        "event_out_of_range": _kind(W, "一次记分 {value} 不在1至{most}之内，读作未知", "{value} points for one act are not within 1 and {most}; unknown", "改正记分", "mend the points"),
        "event_without_day": _kind(W, "“{value}”没有记分日期，不知道计入哪一年", "“{value}” has no day: the year that it counts in is not known", "填写记分日期", "state the day"),
        "pause_out_of_range": _kind(W, "暂停 {value} 个月，不在{least}至{most}个月之内，读作未知", "a pause of {value} months is not within {least} and {most}; unknown", "改正月数", "mend the months"),
        "person_without_points": _kind(W, "“{value}”没有记分记录", "“{value}” has no points on record", "核对人员编码，或补录记分", "check the code, or add the points"),
        "repair_without_day": _kind(W, "“{value}”的修复没有日期，不减分", "the repair of “{value}” has no day; nothing is taken off", "填写修复日期", "state the day"),
        "no_person_points_rule": _kind(B, "{day}没有生效的人员记分规定", "no rule on points of persons is in force on {day}", "换一个日期或政策", "choose another day or policy"),
    }
)  # fmt: skip
