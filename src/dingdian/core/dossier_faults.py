"""Everything that may stand against a step of a plan, in one table."""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import FaultKind, Severity, Text


def _kind(zh: str, en: str, cure_zh: str, cure_en: str) -> FaultKind:
    return FaultKind(Severity.BLOCKING, Text(zh, en), Text(cure_zh, cure_en))


KINDS: Mapping[str, FaultKind] = MappingProxyType(
    {
        "step_unknown": _kind("没有“{step}”这个步骤", "there is no step “{step}”", "可用：{known}", "known: {known}"),
        "step_not_possible": _kind("处于“{stage_zh}”的规划不能“{step_zh}”", "“{step}” is not possible for a plan at “{stage}”", "此时可以：{possible_zh}", "possible now: {possible}"),
        "step_not_theirs": _kind("“{step_zh}”不由您的角色办理", "“{step}” is not for your role", "由{office_zh}办理", "it is for the {office}"),
        "step_same_hand": _kind("{by} 已在这份规划中起草、运行或以另一种身份办理过", "{by} drew up or ran this plan, or acted in another office for it", "换一个人办理：起草、审查、决定由不同的人负责", "somebody else takes this step: drafting, review and decision are kept apart"),
        "step_fact_missing": _kind("没有填写：{fact_zh}", "not stated: {fact}", "补填后再提交", "state it"),
        "step_fact_unknown": _kind("这个步骤没有“{fact}”这一项", "this step has no fact “{fact}”", "可填：{known}", "known: {known}"),
        "step_fact_wrong": _kind("{fact_zh}填写不正确：{value}", "{fact} cannot be “{value}”", "按旁边的说明填写", "see the help beside it"),
        "step_in_future": _kind("{fact_zh} {day} 还没有到（今天是 {limit}）", "{fact} {day} has not come (today is {limit})", "到日期后再登记", "record it when it has"),
        "step_too_early": _kind("{fact_zh} {day} 早于允许的日期 {limit}", "{fact} {day} is too early (limit: {limit})", "核对日期及其前一步的日期", "compare it with the day of the step before"),
        "step_no_version": _kind("这份规划没有版本 {number}", "the plan has no version {number}", "先测算出一个版本，再选用", "run a version first"),
        "step_what_if": _kind("版本 {number} 是假设测算，不能用于这一步，也不能印发", "version {number} is a what-if: it cannot be used here, and never issued", "选用真实台账测算的版本", "choose a version of the true census"),
        "step_files_changed": _kind("版本 {number} 的文件与测算时不同", "the files of version {number} are not what was written", "从备份恢复该版本的文件夹，或重新测算一个版本", "restore its folder from a backup, or run a new version"),
        "step_other_version": _kind("这是版本 {number}，选用的是版本 {chosen}", "this is version {number}, chosen is {chosen}", "用“更换版本”选用它；需要重新办理的步骤会列出", "choose it by “choose another version”, which says what is done again"),
        "plan_moved_on": _kind("这份规划已由 {by} 在您打开页面之后办理了“{step_zh}”", "the plan has moved on since you opened the page: {by} took the step “{step}”", "重新打开页面，看过最新情况再办理", "open the page again and look before you act"),
        "consultation_short": _kind("征求意见只有 {days} 天，不少于 {least} 天", "the consultation is open for {days} days; at least {least} are needed", "推迟截止日期", "choose a later last day"),
        "consultation_audience": _kind("医药机构、参保人员、专家学者没有都征求（DX-16）", "institutions, the insured and experts are not all asked (DX-16)", "三类都选上", "choose all three"),
        "consultation_before_version": _kind("{day} 开始征求意见，而该版本 {made} 才测算出来", "the consultation begins on {day}, but the version was made on {made}", "核对日期，或选用当时的版本", "check the day, or choose the version of that time"),
        "consultation_late": _kind("开始日期 {day} 已过", "the first day {day} has passed", "补录的写明原因，否则从今天起算", "say why it is recorded late, or begin today"),
        "consultation_open": _kind("征求意见到 {through} 为止，{day} 尚未期满", "comments may be made through {through}; on {day} it is still open", "期满后的第二天起再结束", "close it from the day after"),
        "comments_unanswered": _kind("还有 {n} 条意见没有答复", "{n} comments are not answered", "逐条答复：采纳、部分采纳或不采纳，并写明理由", "answer each: adopted, partly or not, with the reason"),
        "too_few_present": _kind("应到 {members} 人，实到 {present} 人，没有超过半数或人数有误", "{present} of {members} were present: not more than half, or the numbers are wrong", "核对人数；不足的另行开会", "check the numbers, or hold the meeting again"),
        "issue_without": _kind("还没有办理：{step_zh}", "not done: {step}", "办理后再继续", "do it first"),
        "submissions_missing": _kind("{n} 个区县没有申报", "{n} districts submitted nothing", "催报，或写明未申报的情况", "ask them, or say why they did not"),
        "amendment_begun": _kind("修订稿已经另立（{plan}）", "the amending plan is begun already ({plan})", "在修订稿上继续", "go on with it"),
        "amended_by_another": _kind("规划 {plan} 不是这份规划的修订稿（修订稿：{begun}）", "plan {plan} is not the one that amends this plan (that is: {begun})", "评估结论为修订后，从原规划的页面另立修订稿", "after a review that ends in an amendment, draw it up from the page of the old plan"),
        "still_valid": _kind("有效期至 {through}，还没有过", "it holds through {through}", "到期后再登记失效；提前废止的由修订稿替代", "record it after that day; an amending plan supersedes it earlier"),
        "same_version": _kind("版本 {number} 就是现在选用的版本", "version {number} is the one chosen now", "选另一个版本", "choose another one"),
        "consultation_unknown": _kind("没有征求意见“{id}”", "there is no consultation “{id}”", "核对公开站点的交换文件是否属于本系统", "check whether the file of the public site is meant for this system"),
        "comment_answered": _kind("这条意见已由 {by} 答复", "this comment has been answered by {by}", "重新打开页面查看", "open the page again"),
        "paper_changed": _kind("附件“{name}”与提交时不同，或已不在", "the attachment “{name}” is not what was handed in, or gone", "从备份恢复 uploads 文件夹", "restore the folder of uploads from a backup"),
        "paper_too_large": _kind("附件合计超过 {limit} MB", "the attachments are larger than {limit} MB together", "降低扫描分辨率，或分几次提交", "scan them at a lower resolution, or hand in fewer at once"),
        "paper_too_many": _kind("一次提交 {n} 个附件，最多 {most} 个", "{n} attachments at once, at most {most} are taken", "合并扫描件，或分几次提交", "put scans together, or hand in fewer at once"),
        "paper_wrong": _kind("文件“{name}”不是 pdf、docx、jpg、png 或 ofd", "“{name}” is no pdf, docx, jpg, png or ofd", "换成这些格式；只改后缀名不行", "save it in one of these; renaming it is not enough"),
    }
)  # fmt: skip
