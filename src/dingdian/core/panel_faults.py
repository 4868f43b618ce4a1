"""Everything that may stand against a step of an evaluation panel, in one table."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import FaultKind, Severity, Text


def _kind(zh: str, en: str, cure_zh: str, cure_en: str) -> FaultKind:
    return FaultKind(Severity.BLOCKING, Text(zh, en), Text(cure_zh, cure_en))


KINDS: Mapping[str, FaultKind] = MappingProxyType(
    {
        "panel_moved_on": _kind("这件评估已由 {by} 在您打开页面之后办理了“{act_zh}”", "the panel has moved on since you opened the page: {by} recorded “{act}”", "重新打开页面，看过最新情况再办理", "open the page again and look before you act"),
        "panel_case_elsewhere": _kind("申请 {case} 目前是“{stage_zh}”，不在评估中", "case {case} is “{stage}”, not under evaluation", "评估中的申请才能抽取专家、评分和作出结论", "experts are drawn for, score and conclude a case under evaluation"),
        "panel_sheet_of_user": _kind("专家“{expert}”有自己的账号，评分由其本人填报", "expert “{expert}” has an account and fills in the sheet in person", "请其登录后在“我的评估”中填报", "have them sign in and fill it in under My evaluations"),
        "panel_not_concluded": _kind("已抽取评估专家，评估小组还没有作出结论", "experts are drawn, and the panel has not concluded yet", "先由评估小组作出结论，再登记评估结果", "have the panel conclude first, then record the evaluation"),
        "panel_verdict_differs": _kind("评估小组的结论是“{verdict_zh}”，与要登记的“{move_zh}”不符", "the panel concluded “{verdict}”, which is not “{move}”", "按评估小组的结论登记；结论有误的按申诉办理", "record what the panel concluded; a wrong conclusion is a matter of appeal"),
        "panel_user_unknown": _kind("没有可用的评估专家账号“{user}”", "there is no user “{user}” with the role of an evaluator", "先由管理员建立账号并授予评估专家角色，或留空", "have the administrators make the user and give the role, or leave it empty"),
        "panel_user_taken": _kind("账号“{user}”已是专家“{other}”的", "user “{user}” is that of expert “{other}”", "一个账号只对应一名专家", "one user is one expert"),
        "panel_district_unknown": _kind("专家“{expert}”的区县“{district}”不在台账中", "district “{district}” of expert “{expert}” is none of the ledger", "填区县的代码，几个用分号隔开；留空表示全市", "give codes of districts, separated by semicolons; empty means everywhere"),
        "panel_expert_elsewhere": _kind("专家“{expert}”的评估区县超出您的权限", "expert “{expert}” evaluates in districts that are not yours", "只能维护本区县的专家；全市的由市级维护", "keep the experts of your own districts; those of the whole place are kept there"),
        "panel_expert_missing": _kind("专家“{expert}”不在专家库，也不在文件中", "expert “{expert}” is neither in the register nor in the file", "核对编号，或在专家表中加上", "check the code, or add the expert to the sheet of experts"),
        "panel_relation_alone": _kind("关系表有专家“{expert}”，专家表没有", "the sheet of relations has expert “{expert}”, the sheet of experts has not", "在专家表中写上这名专家的一行", "add the row of this expert to the sheet of experts"),
        "panel_days_crossed": _kind("专家“{expert}”的退出日期 {through} 早于入库日期 {since}", "expert “{expert}” leaves on {through}, before joining on {since}", "改正日期", "mend the days"),
        "panel_no_experts": _kind("文件中没有专家", "the file has no experts", "在模板的“专家”表中填写", "fill in the sheet of experts of the template"),
        "panel_drawn_already": _kind("评估专家已由 {by} 于 {day} 抽取，一件只抽一次", "the experts were drawn by {by} on {day}; a case is drawn once", "有人要回避的登记回避，由同一次抽签的下一位递补", "where one has to keep away record that; the next of the same lot takes the seat"),
        "panel_not_drawn": _kind("还没有抽取评估专家", "no experts are drawn yet", "先抽取评估专家", "draw them first"),
        "panel_closed": _kind("案件已于 {day} 因“{move_zh}”离开评估，评估小组已终止", "the case left its evaluation on {day} by “{move}”, and the panel is closed", "该登记误登的，作废后自动恢复", "where that entry was a mistake, annul it: the panel opens again by itself"),
        "panel_not_closed": _kind("评估小组没有终止", "the panel is not closed", "查看小组的现状", "look where the panel stands"),
        "panel_concluded": _kind("评估已于 {day} 作出结论，不能再改", "the evaluation was concluded on {day}; nothing changes any more", "有异议的按申诉或整改后再次评估办理", "an appeal, or a new evaluation after rectification, is a case of its own"),
        "panel_reading_open": _kind("评估小组的口径“{reading}”没有选定，或选了程序不认识的做法", "reading “{reading}” of the panel is open, or chosen as the program does not act", "在政策库中选定这项口径", "choose it on the shelf"),
        "panel_reading_without_number": _kind("评估小组的口径“{reading}”没有写数", "reading “{reading}” of the panel lacks its number", "在政策库中写上这个数", "state it on the shelf"),
        "panel_no_rule": _kind("政策库在规则之日没有关于这类机构评估小组和评估内容的规则（{side}）", "on the day of the rules the shelf has none on panel and evaluation of {side}", "核对规则之日，或补上规则", "check the day, or add the rules"),
        "panel_too_small": _kind("评估小组只有 {seats} 人，去掉最高和最低后没有剩余", "of {seats} sheets none is left without the highest and the lowest", "增加人数，或改用全体平均（口径 panel_points）", "have more members, or take the mean of all (reading panel_points)"),
        "panel_fact_missing": _kind("没有填写：{fact_zh}", "not stated: {fact}", "补填后再提交", "state it"),
        "panel_applicant_unknown": _kind("申请中没有写{what_zh}，无法核对专家与申请机构的关系", "the application does not state {what}: whether an expert is related to it cannot be told", "在申请中补上，再抽取", "add it to the application, then draw"),
        "panel_code_unfit": _kind("编号“{value}”不能用：为空，或含空格、分号、控制字符", "“{value}” cannot stand as a code: it is empty or holds a blank, a semicolon or a control character", "改用字母、数字、汉字和短横，例如 ZJ-012", "use letters, digits and hyphens, such as ZJ-012"),
        "panel_seed_unfit": _kind("抽签种子有换行、控制字符或首尾空格", "the seed has a line break, a control character, or a blank at an end", "写成一行，例如 03-11-19-24-30-33+07", "write it in one line, such as 03-11-19-24-30-33+07"),
        "panel_text_unfit": _kind("{fact_zh}中有文书不能使用的字符", "{fact} has signs that no document may hold", "删去后重新填写，不要从别处直接粘贴", "type it again rather than pasting it"),
        "panel_seed_late": _kind("种子的公布日期 {day} 晚于抽取日期 {limit}", "the seed is published on {day}, after the draw on {limit}", "先公布种子，再抽取", "publish the seed first, then draw"),
        "panel_expert_twice": _kind("专家库中“{expert}”有两条", "the register has expert “{expert}” twice", "只留一条", "keep one"),
        "panel_field_unknown": _kind("专家“{expert}”的专业“{field}”不在规则之内", "field “{field}” of expert “{expert}” is none of the rule", "可用：{known}", "known: {known}"),
        "panel_ground_unknown": _kind("专家“{expert}”的回避情形“{ground}”不在规则之内", "ground “{ground}” of expert “{expert}” is none of the rule", "可用：{known}", "known: {known}"),
        "panel_too_few": _kind("{field_zh}：需要 {needed} 人，可以抽取的只有 {free} 人（另有 {barred} 人须回避或不能参加）", "{field}: {needed} needed, {free} can be drawn ({barred} more keep away or cannot come)", "在专家库中增补该专业的专家，或向上级、邻近地区借用，再抽取", "add experts of the field to the register, or borrow some from another place, then draw"),
        "panel_no_vacancy": _kind("没有空缺的席位", "no seat is free", "有人要回避的先登记回避", "record first who keeps away"),
        "panel_not_theirs": _kind("申请 {case} 没有抽中专家“{expert}”，或其已回避", "expert “{expert}” was not drawn for case {case}, or keeps away from it", "只能办理抽中的评估", "an expert sees and scores the cases drawn for them only"),
        "panel_related": _kind("专家“{expert}”与申请机构有关系（{ground_zh}：{of}），不能评分", "expert “{expert}” is related to the applicant ({ground}: {of}) and cannot score it", "登记回避，由同一次抽签的下一位递补；关系有误的更正专家库", "record that they keep away, or mend the register where it is wrong"),
        "panel_related_person": _kind("专家“{expert}”与申请机构的{role_zh}证件号码相同，或同名而证件号码不全，不能评分", "expert “{expert}” has the identity number of the {role} of the applicant, or the name without both numbers, and cannot score it", "登记回避，由同一次抽签的下一位递补；只是同名的补上双方证件号码", "record that they keep away, or state both identity numbers where only the name is the same"),
        "panel_employer_unknown": _kind("专家“{expert}”的工作单位不明，无法排除与申请机构的关系，不能评分", "the employer of expert “{expert}” is not known: a relation to the applicant cannot be ruled out", "在专家库中补上工作单位（没有的写明没有）", "state it in the register, or that there is none"),
        "panel_day_outside": _kind("日期 {day} 不在抽取之日 {first} 至今天 {last} 之间", "{day} does not lie between the draw on {first} and today, {last}", "核对日期", "check the day"),
        "panel_seats_free": _kind("还有 {n} 个席位空缺", "{n} seats are free", "增补专家库后补抽", "add experts to the register and draw again"),
        "panel_sheet_missing": _kind("专家“{expert}”还没有填评分表（{n} 项）", "expert “{expert}” has filled in nothing of the sheet ({n} items)", "请其填完；没有填不等于零分", "have it filled in; an open item is not zero"),
        "panel_sheet_open": _kind("专家“{expert}”还有 {n} 项没有填：{items_zh}", "expert “{expert}” has left {n} items open: {items}", "请其填完；没有填不等于零分", "have them filled in; an open item is not zero"),
        "panel_sheet_later": _kind("专家“{expert}”的评估日期 {day} 晚于结论日期 {limit}", "expert “{expert}” evaluated on {day}, after the conclusion on {limit}", "核对日期", "check the days"),
        "panel_lot_differs": _kind("第 {seq} 号记录的抽签结果与按种子重算的不同（记录：{found}，重算：{again}）", "note {seq}: what was drawn is not what the seed draws (recorded: {found}, again: {again})", "从备份核对日志；日志的链条另用 verify 核对", "compare the journal with a backup; its chain is verified apart"),
        "panel_result_differs": _kind("第 {seq} 号记录的结论与按评分重算的不同（记录：{found}，重算：{again}）", "note {seq}: the conclusion is not what the sheets come to (recorded: {found}, again: {again})", "从备份核对日志；日志的链条另用 verify 核对", "compare the journal with a backup; its chain is verified apart"),
        "sheet_item_unknown": _kind("评分表没有“{item}”这一项", "the sheet has no item “{item}”", "可填：{known}", "known: {known}"),
        "sheet_vote_wrong": _kind("“{item_zh}”只能填合格或不合格，不能是“{value}”", "“{item}” is passed (yes) or not (no), not “{value}”", "填合格或不合格；还不能判断的留空", "say yes or no; leave it empty where it cannot be said yet"),
        "sheet_points_wrong": _kind("“{item_zh}”的得分不是数：{value}", "the points of “{item}” are no number: “{value}”", "填不小于0、最多三位小数的数，例如 25 或 12.5", "give a number from 0 with at most three decimals, such as 25 or 12.5"),
        "sheet_over_full": _kind("“{item_zh}”得分 {value} 高于满分 {full}", "“{item}”: {value} points are over the full {full}", "改正得分", "mend the points"),
        "sheet_without_opinion": _kind("有项目判为不合格，却没有写意见", "an item is not passed, but no opinion is given", "写明不合格的事实和理由", "say what was found and why"),
    }
)  # fmt: skip
