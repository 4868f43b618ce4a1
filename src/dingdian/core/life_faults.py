"""Everything that may be wrong with a move of a life, or with its ledger, in one table."""
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
        # ---- a move that cannot be
        "move_unknown": _kind(B, "没有“{move}”这种办理事项", "there is no move “{move}”", "可用：{known}", "known: {known}"),
        "move_role_unknown": _kind(B, "没有“{role}”这种身份", "there is no role “{role}”", "可用：{known}", "known: {known}"),
        "move_of_nobody": _kind(B, "没有写{column_zh}", "no {column} is given", "写明{column_zh}", "state the {column}"),
        "control_character": _kind(B, "文字中有不可见的控制字符：{value}", "a text holds control characters: {value}", "删去控制字符", "delete them"),
        "case_unknown": _kind(B, "台账里没有“{case}”这一件", "the ledger has no case “{case}”", "核对编号；新申请先登记“提出申请”", "check it; a new one begins with the move apply"),
        "case_exists": _kind(B, "“{case}”已经登记过，处于“{stage_zh}”", "case “{case}” is there already, at {stage}", "换一个编号；同一机构再次申请另立一件", "choose another id: who applies again gets a case of its own"),
        "move_not_possible": _kind(B, "处于“{stage_zh}”的不能“{move_zh}”（{clauses}）", "“{move}” is not possible at {stage} ({clauses})", "此时可以：{possible_zh}", "possible now: {possible}"),
        "move_not_theirs": _kind(B, "“{move_zh}”不由{role_zh}办理", "“{move}” is not for the role {role}", "由{roles_zh}办理", "for: {roles}"),
        "move_once_only": _kind(B, "“{move_zh}”只能办理一次，已于{day}办理（{clauses}）", "“{move}” can be made once, and was on {day} ({clauses})", "一次性告知须一次写全；其他情况核对是否重复登记", "a notice has to name everything at once; else check whether it is recorded twice"),
        "move_before_last": _kind(B, "{day}早于这一件上次登记的日期{last}", "{day} lies before the last entry of the case, {last}", "核对日期；上次登记有误的先撤销（annul），再按实际日期登记", "check the day; where the last entry is wrong, annul it first"),
        "move_in_future": _kind(B, "{day}还没有到（今天是{today}）", "{day} has not come (today is {today})", "到日期后再登记", "record it when it has"),
        "clock_went_back": _kind(B, "本机时间{now}早于台账最后一次登记的时间{last}", "this machine's clock says {now}, the last entry was made at {last}", "校准本机时间", "set the clock right"),
        "case_moved_meanwhile": _kind(B, "这一件已有新的登记（第{seq}号），不是所看到的第{seen}号", "the case has moved on (entry {seq}, not {seen})", "重新查看这一件，再决定是否办理", "look at the case again before you decide"),
        "fact_missing": _kind(B, "“{move_zh}”缺少：{fact_zh}", "“{move}” lacks {fact}", "补上，例如 {fact}={example}", "add it, such as {fact}={example}"),
        "fact_unknown": _kind(B, "“{move_zh}”没有“{fact}”这一项", "“{move}” has no fact “{fact}”", "可填：{known}", "known: {known}"),
        "fact_wrong": _kind(B, "{fact_zh}的写法不对：{value}", "{fact} cannot be “{value}”", "例如 {fact}={example}", "such as {fact}={example}"),
        "nothing_to_annul": _kind(B, "只能撤销这一件最后一次有效登记（第{last}号）", "only the last entry in effect, number {last}, can be annulled", "写 entry={last}；更早的从后往前逐一撤销", "write entry={last}; earlier ones are annulled from the end, one by one"),
        "annul_without_reason": _kind(B, "撤销登记须写明理由", "an annulment needs its reason", "写明理由和依据", "state reason and document"),
        # ---- a letter
        "letter_none": _kind(B, "第{seq}号登记没有可以制发的“{kind_zh}”", "entry {seq} has no letter of the kind {kind}", "回到该件，选有文书的登记", "go back to the case and choose an entry that has one"),
        "letter_annulled": _kind(B, "第{seq}号登记已经撤销，不能再制发文书", "entry {seq} was annulled: no letter is made of it", "已送达的，另行告知当事人", "where one was served, tell the institution so"),
        "letter_made": _kind(B, "这份文书已经制发：{number}", "this letter is made already: {number}", "打开它；写错的先作废，再重新制发", "open it; where it is wrong, make it void and make another"),
        "letter_moved_on": _kind(B, "{number}在您打开页面之后已被办理过", "{number} was worked on since you opened the page", "重新打开页面再决定", "open the page again and decide"),
        "letter_void": _kind(B, "{number}已经作废", "{number} is void", "需要的话重新制发一份", "make another where one is needed"),
        "served_before_made": _kind(B, "送达日期{day}早于文书日期{made}", "served on {day}, before the letter's own day, {made}", "核对送达回证上的日期", "check the day on the receipt"),
        "served_in_future": _kind(B, "送达日期{day}还没有到（今天是{today}）", "{day} has not come (today is {today})", "送达后再登记", "record it when it was served"),
        "served_already": _kind(B, "已登记于{day}送达；更正须写明理由", "recorded as served on {day} already; a correction needs its reason", "写明为什么更正", "say why it is corrected"),
        "void_without_reason": _kind(B, "作废{number}须写明理由", "making {number} void needs its reason", "写明理由", "state it"),
        # ---- the hand-over of patients
        "handover_without_receiver": _kind(B, "有{n}名患者，没有写由哪家机构接收", "{n} patients, and nobody takes them over", "写明接收机构", "name the institutions that do"),
        "handover_without_day": _kind(B, "有{n}名患者，没有写完成期限", "{n} patients, and no day by which they are handed over", "写明期限", "state the day"),
        "handover_in_future": _kind(B, "{day}还没有到（今天是{today}）", "{day} has not come (today is {today})", "全部转接后再填完成日期", "fill in the day once all are handed over"),
        "handover_moved_on": _kind(B, "在您打开页面之后已有人登记过转接情况", "somebody recorded the hand-over since you opened the page", "重新打开页面再登记", "open the page again"),
        # ---- files of licences
        "licences_none": _kind(B, "文件中没有证照清单", "the file holds no table of licences", "按页面列出的列名整理后再上传", "head its columns as the page lists them"),
        "licences_none_chosen": _kind(B, "没有选中要办结的事项", "no finding was chosen", "在列表中勾选", "tick them in the list"),
        "licences_moved_on": _kind(B, "所选事项中有的已被他人办结", "one of the chosen findings was settled by somebody else", "重新查看列表", "look at the list again"),
        # ---- changes on the national platform
        "platform_none_chosen": _kind(B, "没有选中要确认的变更", "no change was chosen", "在列表中勾选", "tick them in the list"),
        "platform_in_future": _kind(B, "{day}还没有到（今天是{today}）", "{day} has not come (today is {today})", "在平台办结后再确认", "confirm it once it was made"),
        "platform_moved_on": _kind(B, "台账又有新的登记，这项变更已不是所看到的那样", "the ledger has moved on, and the change is another than the one that was seen", "重新查看列表再确认", "look at the list again"),
        "platform_made": _kind(B, "已有人确认于{day}办理", "it was confirmed already, as made on {day}", "无需再办；有误的，先撤回", "nothing is left to be done; take it back first where it is wrong"),
        "platform_dropped": _kind(B, "台账已撤回这项变更", "the ledger took this change back", "重新查看列表", "look at the list again"),
        "platform_not_last": _kind(B, "这项变更没有确认过，或同一事项之后又有新的变更", "it is not confirmed, or a later change of the same item rests on it", "从最后一项变更起逐一撤回", "take the later one back first"),
        "platform_without_reason": _kind(B, "撤回确认须写明理由", "taking a confirmation back needs its reason", "写明理由", "state it"),
        # ---- a move that the rules refuse
        "too_early": _kind(B, "“{move_zh}”须在{last}之后（{rule}，{clause}{provisional_zh}）", "“{move}” may come after {last} only ({rule}, {clause}{provisional})", "到{first}再办", "wait until {first}"),
        "no_end_known": _kind(B, "不知道期限到哪一天，不能“{move_zh}”", "the end of the period is not known, so “{move}” cannot be recorded", "先登记协议届满日期（续签、变更或撤销重录）", "record first through which day it runs"),
        "appeal_pending": _kind(B, "{day}的申诉（第{seq}号）尚未答复", "the appeal of {day} (entry {seq}) is not answered yet", "先登记答复", "record the answer to it first"),
        "not_appealable": _kind(B, "第{value}号不是本件中可以申诉的登记", "entry {value} is none of this case that may be appealed against", "写明经办机构或医保行政部门的一项决定的序号", "give the number of a decision of the agency or the bureau"),
        "no_appeal_pending": _kind(B, "没有待答复的申诉", "no appeal waits for an answer", "核对件号", "check the case"),
        "still_waiting": _kind(B, "{day}评估合格时没有名额，列入等候（第{seq}号），名额未定，不能公示", "it passed on {day} while no place was left and waits (entry {seq}): no place is allotted yet", "由以后批次的决定确定名额（ledger enter），或由有权机构决定后登记“确定纳入名额”", "a later round allots one (ledger enter), or record the decision that does (allot)"),
        "no_place_left": _kind(B, "{scope_zh}{year}年{resource_zh}名额{quota}（{plan}，{clauses}），已给出{taken}：{cases}{more_zh}；本件需{wanted}，没有名额", "{scope} has {quota} places of {resource} in {year} ({plan}, {clauses}); {taken} are given, to {cases}{more}; this case needs {wanted}", "等候下一年度，或收回的名额；由有权机构作出例外决定的写明 exception=规则 并附文件（可用：{allowed}）；不受规划限制的写明 exemption", "wait for the next year, or for a place that comes back; an exception that was decided is named with its document, exception=RULE (possible: {allowed}); one that the plan does not limit, exemption=RULE"),
        "places_unknown": _kind(B, "{plan}算不出{scope_zh}{year}年{resource_zh}的名额（{clauses}）：不是零，也不是不限", "{plan} could not work out the places of {resource} in {scope} for {year} ({clauses}): neither none nor any number", "补齐规划缺少的数据，修订并印发后再给名额", "complete what the plan lacks, amend and issue it, then give the place"),
        "plan_of_year_twice": _kind(B, "给出了两个{year}年的规划", "two plans of {year} were given", "只写当年印发的那一个", "give the one that was issued"),
        "exemption_unknown": _kind(B, "{day}没有“{rule}”这条不受规划限制的规则", "on {day} no rule “{rule}” frees from the plan", "可用：{known}", "known: {known}"),
        "place_without_document": _kind(B, "不受规划限制或例外给出名额，须有文件", "an exemption or an exception needs its document", "写明文件号，或附上文件", "state the document, or attach it"),
        "places_exceeded_by_decision": _kind(W, "{scope_zh}{year}年{resource_zh}名额{quota}（{plan}，{clauses}）已给出{taken}，依据例外决定（{rule}）再给{wanted}", "{scope} has {quota} places of {resource} in {year} ({plan}, {clauses}); {taken} are given, and {wanted} more by an exception ({rule})", "例外决定列入年度执行情况", "tell the exception in the review of the year"),
        "plan_of_year_not_issued": _kind(W, "{year}年工作计划没有印发，不知道名额是多少，未核对", "no work plan of {year} is issued: how many places there are is not known, and was not checked", "印发年度工作计划后，已给出的名额计入其中", "issue the work plan of the year: what was given then counts in it"),
        "agreement_exists": _kind(B, "机构{institution}已有协议（“{other}”，{stage_zh}），不能再签", "institution {institution} has an agreement already (case “{other}”, {stage})", "先办结那一件；中止的先恢复、终止或解除", "end that one first; one that is suspended is resumed, expires or is terminated"),
        "public_may_not_ask": _kind(B, "公立医疗机构不得主动提出中止、解除或不续签（{clause}）", "a public medical institution may not ask to suspend, end or not renew ({clause})", "按协议另行处理", "deal with it under the agreement"),
        "resumption_pending": _kind(B, "{day}已申请恢复，不能按超期自动终止", "resumption was asked for on {day}: the agreement does not lapse", "先对恢复申请作出决定", "decide on that request first"),
        "lapsed_already": _kind(B, "中止已于{last}满最长期限，期内没有申请恢复，协议自动终止（{clause}）", "the suspension ran to its longest on {last} without a request to resume: the agreement ended by itself ({clause})", "登记“中止超期，协议自动终止”；期内申请过的，先撤销以后的登记再补登", "record that it lapsed; where it was asked for in time, annul what came later and record the request"),
        "not_failed_before": _kind(B, "没有登记过评估不合格和整改，不能登记“再次评估不合格”（{clause}）", "no first failure with rectification is on record, so it cannot fail again ({clause})", "第一次不合格登记“评估不合格”", "a first failure is the move fail_evaluation"),
        "serious_not_extended": _kind(B, "情节严重的不适用延长辅导期（{clause}）", "serious cases are not extended ({clause})", "按规定或协议处理，直至解除", "they follow the rules or the agreement, up to termination"),
        "second_extension": _kind(B, "辅导期已延长过，按口径 guidance_second_extension 不再延长（{clause}）", "guidance was extended already; the reading guidance_second_extension allows no second time ({clause})", "按规定或协议处理，或由医保局更改口径", "deal with it under the agreement, or change the reading"),
        "no_such_period": _kind(B, "{day}没有规定{what_zh}（{side_zh}）", "on {day} no rule lays down {what} for {side}", "核对政策库和所在地", "check the shelf and the place"),
        "non_renewal_stands": _kind(B, "{day}已决定不续签", "on {day} it was decided not to renew", "决定有误的先撤销", "annul that decision first if it is wrong"),
        "begins_later": _kind(B, "协议{since}才开始，“{move_zh}”到那一天再登记", "the agreement begins on {since}: record “{move}” on that day", "到协议起始日登记；续签可先登记，床位、服务类型到起始日另行登记", "record it on its first day; a renewal may be recorded ahead, its beds and services from that day on"),
        "days_reversed": _kind(B, "{fact_zh}{value}早于{first}", "{fact} {value} lies before {first}", "核对日期", "check the days"),
        "day_ahead": _kind(B, "{fact_zh}{value}在办理日期{day}之后", "{fact} {value} lies after the day of the move, {day}", "核对日期", "check the days"),
        "longer_than_allowed": _kind(B, "中止到{value}，超过规定的最后一日{last}（{rule}，{clause}）", "suspended through {value}, beyond {last} ({rule}, {clause})", "改为规定期限以内；原则上的例外须有记录在案的决定（文书）", "stay within it; an exception to 'in principle' takes a recorded decision (a document)"),
        "clause_of_agreement_missing": _kind(B, "按协议约定中止的，须写明协议条款", "a measure as agreed names the clause of the agreement", "用文书（document）写明协议编号和条款", "name agreement and clause as a document"),
        "cause_unknown": _kind(B, "“{cause}”不在{day}有效的清单中（{purpose_zh}）", "“{cause}” is in no list in force on {day} ({purpose})", "可填：{known}", "known: {known}"),
        "service_not_open": _kind(B, "没有开通“{service_zh}”", "{service} is not open", "核对服务类型", "check the service"),
        "service_open_already": _kind(B, "“{service_zh}”已经开通", "{service} is open already", "核对服务类型", "check the service"),
        "service_closed_by_stage": _kind(B, "“{stage_zh}”期间不开通“{service_zh}”（{rule}，{clause}）", "{service} stays closed at {stage} ({rule}, {clause})", "原则上的例外须有记录在案的决定：写明理由和文书", "an exception takes a recorded decision: state reason and document"),
        "not_designated_here": _kind(B, "协议期已于{day}届满，不能恢复", "the agreement ended on {day} and cannot be resumed", "办理到期终止", "record that it expired"),
        "pharmacy_only": _kind(B, "只有零售药店有分级", "only pharmacies have a grade", "核对机构", "check the institution"),
        # ---- what is odd and stops nothing: kept with the entry
        "term_over": _kind(W, "协议已于{day}届满，仍登记“{move_zh}”", "the agreement ended on {day}; “{move}” is recorded all the same", "届满的先续签，或登记到期终止", "renew it, or record that it expired"),
        "longer_by_decision": _kind(W, "中止到{value}，超过规定的最后一日{last}；按记录的例外决定（{rule}，{clause}）", "suspended through {value}, beyond {last}, by a recorded exception ({rule}, {clause})", "例外决定存档", "keep the decision on file"),
        "late": _kind(W, "超过期限：应在{last}以前（{rule}，{clause}{provisional_zh}），由{who_zh}办理", "late: it was due by {last} ({rule}, {clause}{provisional}), by the {who}", "照实登记；记明超期的原因", "record it as it was, with the reason"),
        "out_of_area_exception": _kind(N, "“{service_zh}”在“{stage_zh}”原则上不开通；按记录的例外决定开通（{clause}）", "{service} is in principle closed at {stage}; opened by a recorded exception ({clause})", "例外决定存档", "keep the decision on file"),
        "two_suspensions_not_found": _kind(W, "原因写“累计两次中止”，台账中本协议期只有{n}次", "the cause says two suspensions; the ledger has {n} in this term", "核对中止登记", "check the suspensions"),
        "bar_not_stated": _kind(N, "没有写明由此不予受理的情形，以后批次不会据此限制申请", "no ground on which it bars is stated: later rounds are not barred by it", "违法、严重违约的，用 bar=… 写明情形，限制1年、3年、5年由此起算", "where it was for a breach, state it with bar=…: the 1, 3 and 5 years are counted from it"),
        "review_not_requested": _kind(W, "没有登记试运行考核申请（{clause}）", "no request for the review of the trial is on record ({clause})", "补登申请，或记明由经办机构组织", "record it, or say that the agency organised it"),
        "renewal_not_requested": _kind(N, "没有登记续签申请，视为经办机构统一组织（O2-41）", "no request for renewal is on record: taken as organised by the agency (O2-41)", "机构提出过申请的，先登记申请", "record the request where there was one"),
        "applicant_barred": _kind(W, "同一机构的“{other}”{what_zh}，{last}以前不得再次申请（{clause}）", "the same institution's case “{other}” {what}: it may not apply again until after {last} ({clause})", "核对后按不予受理办理", "check it; then refuse to accept"),
        "provisional_limit": _kind(N, "期限{last}为暂定：官方日历还没有那一年", "the limit {last} is provisional: its year's official calendar is not known", "日历公布后补入政策库再核对", "add the calendar when it is published, and check again"),
        "no_moves": _kind(B, "{path} 里没有办理事项", "{path} holds no moves", "空表：dingdian template moves --out 文件；首行列名，其下每行一项", "an empty sheet: dingdian template moves --out FILE; headings first, one move a row below"),
        "entry_unknown": _kind(B, "台账里没有第{seq}号登记（最后一号是{last}）", "the ledger has no entry {seq} (the last is {last})", "核对序号：dingdian ledger show 件号", "check the number: dingdian ledger show CASE"),
        "entry_without_notice": _kind(B, "第{seq}号登记（{move_zh}）没有对应的文书", "no notice goes with entry {seq} ({move})", "有文书的办理事项见 docs/guide/notices.zh-CN.md", "docs/guide/notices.md names the moves that have one"),
        # ---- an assessment that is entered
        "assessed_without_case": _kind(W, "机构{value}有考核得分，台账里没有它的有效协议，未登记", "institution {value} has a score and no live agreement in the ledger: not recorded", "核对机构代码；先登记协议", "check the code; record its agreement first"),
        "step_by_hand": _kind(N, "机构{value}已确认的措施“{step}”要选定内容，请另行登记", "the confirmed step {step} of institution {value} needs a choice: record it by hand", "暂停部分服务写明停止哪项服务：dingdian ledger move … close_service", "say which service closes: dingdian ledger move … close_service"),
        "entered_already": _kind(N, "考核“{paper}”的{n}项此前已经登记，本次不再登记", "{n} entries of the assessment {paper} are in the ledger already: not recorded again", "登记有误的先撤销（annul），再登记", "where one is wrong, annul it, then enter again"),
        "assessed_anew": _kind(W, "机构{value}同一年度已有考核结果（第{seq}号：{was}），本次按更正登记：{now}", "institution {value} has a result of that year (entry {seq}: {was}); recorded as a correction: {now}", "核对两份考核，通知机构以后一次为准；登错的撤销", "compare both assessments and tell the institution that the later one holds; annul one recorded by mistake"),
        "entered_ahead": _kind(W, "机构{value}上次登记的日期{last}还没有到，考核结果未登记", "the last entry of institution {value} holds from {last}, which has not come: its result is not recorded", "到那一天再登记一次（ledger assess），已登记的不会重复", "enter the assessment again on that day; nothing is recorded twice"),
        # ---- the opening load
        "opening_lacks": _kind(W, "机构{value}缺少{lacking}，没有登入台账", "institution {value} lacks {lacking}: no case was opened", "补全后再次存入", "fill it in and load again"),
        "opening_without_end": _kind(N, "机构{value}的协议届满日期未知，到期、续签无法提示", "the end of the agreement of {value} is not known: renewal and expiry cannot be told", "在“协议”表填写届满日期，或办理续签时登记", "state it in the table agreements, or with the renewal"),
        "standing_differs": _kind(W, "机构{value}普查为“{census_zh}”，台账为“{stage_zh}”", "institution {value} is {census} in the census and at {stage} in the ledger", "核对两处；台账以登记为准", "compare both; the ledger goes by its entries"),
        # ---- the ledger
        "ledger_gap": _kind(B, "第{seq}号登记缺失", "entry {seq} is missing", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "ledger_changed": _kind(B, "第{seq}号登记被改动过：内容和链不符", "entry {seq} was changed: its bytes do not fit the chain", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "ledger_wrong_case": _kind(B, "第{seq}号登记被挪到别的件上", "entry {seq} was moved to another case", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "ledger_shortened": _kind(B, "台账末尾被截断：只到第{seq}号，导出的链头或索引还在后面", "the end was cut off: {seq} entries are left, an exported head or the index lies after them", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "ledger_other_history": _kind(B, "第{seq}号登记和导出的链头不是同一段历史", "at entry {seq} an exported head has another history", "核对链头属于哪个台账；从备份恢复", "check which ledger the head is of; restore a backup"),
        "ledger_projection": _kind(B, "索引中“{case}”和登记不符", "the index of case “{case}” does not fit its entries", "运行 dingdian ledger verify --mend 按登记重建索引", "rebuild it from the entries: dingdian ledger verify --mend"),
        "ledger_census_changed": _kind(B, "{day}的普查（{known}存入）和存入时不同", "the census of {day}, kept at {known}, is not as it was kept", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "journal_gap": _kind(B, "第{seq}号操作记录缺失", "note {seq} of the journal is missing", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "journal_changed": _kind(B, "第{seq}号操作记录被改动过：内容和链不符", "note {seq} of the journal was changed: its bytes do not fit the chain", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "journal_wrong_case": _kind(B, "第{seq}号操作记录被挪到别的对象上", "note {seq} of the journal was moved to another subject", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "journal_shortened": _kind(B, "操作记录末尾被截断：只到第{seq}号，导出的链头还在后面", "the end of the journal was cut off: {seq} notes are left, an exported head lies after them", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "journal_other_history": _kind(B, "第{seq}号操作记录和导出的链头不是同一段历史", "at note {seq} of the journal an exported head has another history", "核对链头属于哪个台账；从备份恢复", "check which ledger the head is of; restore a backup"),
        "journal_columns": _kind(B, "第{seq}号操作记录的检索列和内容不符", "the columns beside note {seq} of the journal do not say what it says", "从备份恢复，并报告安全审计管理员", "restore a backup and report it"),
        "head_unreadable": _kind(B, "链头文件无法读取：{why}", "the head cannot be read: {why}", "用 dingdian ledger head 导出的文件", "give a file that dingdian ledger head wrote"),
        "head_of_another": _kind(B, "链头属于另一个台账（{id}）", "the head is of another ledger ({id})", "核对文件", "check the file"),
        "ledger_exists": _kind(B, "{url} 里已有台账", "{url} holds a ledger already", "换一个位置", "choose another place"),
        "ledger_missing": _kind(B, "{url} 里没有台账", "{url} holds no ledger", "先建立：dingdian ledger init", "make one: dingdian ledger init"),
        "ledger_busy": _kind(B, "台账正被别人写入，等了{seconds}秒", "the ledger was held by another writer for {seconds} s", "稍后再试", "try again"),
        "ledger_newer": _kind(B, "台账的格式版本{found}比本程序（{known}）新", "the ledger is of version {found}, newer than this program's {known}", "升级程序", "upgrade the program"),
        "ledger_older": _kind(B, "台账的格式版本比本程序旧：还有{n}步升级没有做", "the ledger is older than this program: {n} upgrades are to be made", "先备份，再运行 dingdian ledger upgrade", "back it up, then run dingdian ledger upgrade"),
        "ledger_unreachable": _kind(B, "无法打开台账 {url}：{why}", "the ledger {url} cannot be opened: {why}", "核对 DATABASE_URL、文件权限和数据库服务", "check DATABASE_URL, permissions and the server"),
        "ledger_place": _kind(B, "台账是“{found}”的，不是“{wanted}”的", "the ledger is of {found}, not of {wanted}", "核对台账和政策", "check ledger and policy"),
        "ledger_url": _kind(B, "“{value}”不是台账的地址", "“{value}” is no address of a ledger", "写成 sqlite:///台账.db、sqlite:////绝对/路径/台账.db 或 postgresql://用户:口令@主机:5432/库名", "write sqlite:///ledger.db, sqlite:////absolute/path/ledger.db or postgresql://user:password@host:5432/name"),
        "ledger_without": _kind(B, "缺少台账数据库所需的程序包：{names}", "packages that the ledger's database needs are not installed: {names}", "pip install 'dingdian[database]'", "pip install 'dingdian[database]'"),
        "ledger_encoding": _kind(B, "{url} 的编码是 {found}，不是 UTF8", "the database {url} is encoded in {found}, not in UTF8", "新建 UTF8 编码的库：createdb --encoding UTF8 --template template0 库名", "make one that is: createdb --encoding UTF8 --template template0 NAME"),
        "census_newer": _kind(B, "存入的普查台账含有本程序不认识的表或列：{found}", "the census that was kept has tables or columns that this program does not know: {found}", "升级程序", "upgrade the program"),
        "census_without_day": _kind(B, "台账（普查）没有写明截止日，无法存入", "the census does not say which day it describes", "在“说明”表写台账截止日", "state taken_on in the table about"),
        "census_known_before": _kind(B, "登记时间{known}早于已有版本的时间{last}", "{known} lies before the moment of what is there, {last}", "校准本机时间", "set the clock right"),
        "no_census_then": _kind(B, "{day}以前没有存入任何普查台账", "no census was kept up to {day}", "先存入：dingdian ledger load", "keep one first: dingdian ledger load"),
    }
)  # fmt: skip
