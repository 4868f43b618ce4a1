"""Every kind of fault of the policy shelf: what is wrong, and a valid example as its cure.

All are blocking: a shelf with a fault is not read. The fields in braces are the details that
a fault of the kind carries.
"""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.errors import FaultKind, Severity, Text


def _kind(zh: str, en: str, cure_zh: str, cure_en: str) -> FaultKind:
    return FaultKind(Severity.BLOCKING, Text(zh, en), Text(cure_zh, cure_en))


_FILES = {
    "shelf_no_folder": _kind("找不到政策文件夹：{path}", "no such policy folder: {path}", "写随附政策的名称（{known}），或含有 place.yaml 的文件夹路径", "give the name of a shipped policy ({known}) or a folder that holds place.yaml"),
    "shelf_newer": _kind("政策文件夹的格式版本 {found} 比本程序（{known}）新", "the folder is written in form {found}, newer than this program's {known}", "升级程序", "upgrade the program"),
    "shelf_missing_file": _kind("缺少文件 {name}", "the file {name} is missing", "补上 {name}；可照抄随附文件夹中的同名文件", "add {name}; a shipped folder has one to copy"),
    "shelf_not_utf8": _kind("第 {byte} 个字节处不是 UTF-8 编码", "not UTF-8 at byte {byte}", "用 UTF-8 编码另存（不是 GBK、GB18030）", "save it again as UTF-8 (not GBK or GB18030)"),
    "shelf_not_yaml": _kind("不是有效的 YAML：{problem}", "not valid YAML: {problem}", "检查本行的缩进、冒号后的空格和引号；含“: ”的文字须加引号，例如 title: \"红线: 暂停新增\"", "check indent, the space after a colon, and quotes on this line; a text with \": \" needs quotes, such as title: \"red line: paused\""),
    "shelf_tab": _kind("本行用了制表符缩进", "this line is indented with a tab", "改用空格缩进，例如“    since: 2025-01-01”", "indent with spaces, such as \"    since: 2025-01-01\""),
    "shelf_empty_file": _kind("文件是空的", "the file is empty", "删去文件，或写入至少一节，例如 rules: []", "delete it, or write a section such as rules: []"),
    "shelf_wrong_suffix": _kind("文件名以 {suffix} 结尾，不会读取", "a file whose name ends in {suffix} is not read", "改为以 .yaml 结尾，例如 fund.yaml", "rename it to end in .yaml, such as fund.yaml"),
    "shelf_too_large": _kind("文件过大（{size} 字节，上限 {limit}）", "the file is too large ({size} bytes, at most {limit})", "按主题拆成几个文件", "split it by topic"),
    "shelf_too_deep": _kind("嵌套超过 {limit} 层", "nested more than {limit} levels deep", "政策文件不需要这样深的嵌套；检查括号", "no policy file needs that; check the brackets"),
    "shelf_reference": _kind("使用了 YAML 的锚点、别名或标签（{mark}）", "an anchor, alias or tag of YAML is used ({mark})", "把内容写全；以 & * ! 开头的文字须加引号", "write the content out; quote a text that begins with & * or !"),
    "shelf_several_places": _kind("文件夹里有几个地方：{places}", "the folder holds several places: {places}", "指明一个，例如 {example}", "name one, such as {example}"),
    "shelf_place_name": _kind("place.yaml 中的 place 是“{name}”，文件夹却叫“{folder}”", "place.yaml says “{name}” but the folder is called “{folder}”", "两处写成一样", "make them the same"),
}  # fmt: skip

_KEYS = {
    "shelf_option_not_carried_out": _kind("口径“{reading}”选了“{option}”，程序不会照此处理", "the reading “{reading}” stands on “{option}”, which the program does not carry out", "选“{carried_out}”；需要别的处理时先改程序", "choose “{carried_out}”; for another the program has to change first"),
    "shelf_duplicate_key": _kind("键“{key}”写了两次", "the key “{key}” stands twice", "只留一个", "keep one of them"),
    "shelf_unknown_key": _kind("没有“{key}”这个键", "there is no key “{key}” here", "可用的键：{known}", "the keys known here: {known}"),
    "shelf_missing_key": _kind("缺少键“{key}”", "the key “{key}” is missing", "补上，例如 {example}", "add it, such as {example}"),
    "shelf_value_without_clause": _kind("这个值没有写明依据条款", "this value names no clause", "每个值都写 clause，例如 clause: SY-12", "every value carries its clause, such as clause: SY-12"),
    "shelf_wrong_type": _kind("这里应是{expected_zh}", "{expected_en} is expected here", "例如 {example}", "such as {example}"),
    "shelf_empty": _kind("这里不能为空", "this may not be empty", "填写内容，或删去这一项", "fill it in, or leave the item out"),
    "shelf_not_a_day": _kind("不是日期：{value}", "not a day: {value}", "写成四位年、两位月、两位日，例如 2025-07-02", "write year, month and day with 4, 2 and 2 digits, such as 2025-07-02"),
    "shelf_not_days": _kind("既不是日期，也不是起止日期：{value}", "neither a day nor a run of days: {value}", "写成 2026-06-19 或 2026-06-19/2026-06-21", "write 2026-06-19 or 2026-06-19/2026-06-21"),
    "shelf_holiday_reversed": _kind("放假的最后一日早于第一日：{value}", "the last day off lies before the first: {value}", "先写第一日，再写最后一日，例如 2026-06-19/2026-06-21", "write the first day and then the last, such as 2026-06-19/2026-06-21"),
    "shelf_day_of_another_year": _kind("{day} 不属于 {year} 年的放假安排", "{day} does not belong to the calendar of {year}", "移到该日所在的年份；一年的通知只可写该年的日期和上一年最后 {reach} 日，例如 2026 年可写 2025-12-29", "move it to its own year; a year holds its own days and the last {reach} of the year before, such as 2025-12-29 in 2026"),
    "shelf_workday_on_holiday": _kind("{day} 既是调休上班日，又在“{holiday}”放假之内", "{day} is a make-up working day and also a day off of {holiday_en}", "对照通知，两处只留一处，例如放假 2026-10-01/2026-10-07、上班 2026-10-10", "keep one of the two, as the notice says, such as days off 2026-10-01/2026-10-07 and the working day 2026-10-10"),
    "shelf_workday_on_weekday": _kind("调休上班日 {day} 是{weekday_zh}，本来就上班", "the make-up working day {day} is a {weekday_en}, which is worked anyway", "workdays 只写通知中要上班的周六、周日，例如 2026-10-10", "workdays holds only Saturdays and Sundays that are worked, such as 2026-10-10"),
    "shelf_not_a_number": _kind("不是确切的数：{value}", "not an exact number: {value}", "写成 85%、0.85、17/20 或 1,000", "write 85%, 0.85, 17/20 or 1,000"),
    "shelf_not_an_identifier": _kind("标识写法不对：{value}", "not a well-formed identifier: {value}", "只用小写英文字母、数字和下划线，以字母开头，例如 bed_freeze；年份写四位，步骤写 2 至 9", "lower-case letters, digits and underscores, a letter first, such as bed_freeze; a year has 4 digits, a step is 2 to 9"),
    "shelf_not_a_choice": _kind("“{value}”不在可选的词里", "“{value}” is not one of the words allowed here", "可选：{choices}", "one of: {choices}"),
    "shelf_out_of_range": _kind("{value} 超出范围（{range}）", "{value} is out of range ({range})", "写在范围之内，例如疑点编号 1 至 42", "write a number within it, such as a doubt from 1 to 42"),
    "shelf_overlapping_dates": _kind("各个值的起始日重叠或次序颠倒", "the values overlap or are out of order", "每个 since 都要晚于前一个，例如 2025-01-01 之后写 2027-01-01", "each since is later than the one before, such as 2025-01-01 and then 2027-01-01"),
    "shelf_days_reversed": _kind("文件的 through 早于 since", "the document's through lies before its since", "through 是有效的最后一日，例如 since: 2025-01-01、through: 2027-12-31", "through is the last day of validity, such as since: 2025-01-01 and through: 2027-12-31"),
    "shelf_chosen_not_an_option": _kind("所选“{chosen}”不在选项里", "the chosen “{chosen}” is not among the options", "从 {options} 中选一个；尚未选定写 null", "choose one of {options}, or null while it is open"),
    "shelf_item_number": _kind("“{item}”按 {by} 判断，却没有数", "“{item}” is decided by {by} and has no number", "补上 at_least，例如 at_least: 3", "add at_least, such as at_least: 3"),
    "shelf_item_way": _kind("{purpose} 的“{item}”不能按 {by} 判断", "“{item}” of a {purpose} cannot be decided by {by}", "by 可用：{choices}", "by is one of: {choices}"),
    "shelf_inconsistent": _kind("前后不一致：{what_zh}", "it does not hold together: {what_en}", "改成一致；可对照随附政策的 assessment.yaml", "make it hold; assessment.yaml of the shipped shelf is an example"),
    "shelf_options_differ": _kind("options 与 options_en 的标识不一致", "options and options_en have different identifiers", "两处写同样的标识，例如 down、up", "use the same identifiers in both, such as down and up"),
}  # fmt: skip

_REFERENCES = {
    "shelf_unknown_family": _kind("没有“{family}”这类规则", "there is no family of rules “{family}”", "可用的类：{known}", "one of: {known}"),
    "shelf_unknown_clause": _kind("没有条款“{clause}”", "there is no clause “{clause}”", "写 clauses.yaml 中有的编号{nearest_zh}", "use an id of clauses.yaml{nearest_en}"),
    "shelf_unknown_document": _kind("没有文件“{document}”", "there is no document “{document}”", "写 documents.yaml 中有的编号{nearest_zh}", "use an id of documents.yaml{nearest_en}"),
    "shelf_unknown_reading": _kind("没有口径“{reading}”", "there is no reading “{reading}”", "写 readings.yaml 中有的标识{nearest_zh}", "use an id of readings.yaml{nearest_en}"),
    "shelf_unknown_benchmark": _kind("没有对标值“{benchmark}”", "there is no benchmark “{benchmark}”", "写 benchmarks.yaml 中有的，或医保局自填的标识{nearest_zh}", "use one of benchmarks.yaml or one the bureau fills in{nearest_en}"),
    "shelf_unknown_rule": _kind("没有规则“{rule}”", "there is no rule “{rule}”", "写本地或上级文件夹中有的规则{nearest_zh}", "use a rule of this folder or a layer above{nearest_en}"),
    "shelf_unknown_layer": _kind("没有“{layer}”这一层", "there is no layer “{layer}”", "layers 写文件夹名，例如 layers: [national, shenyang]", "layers names folders, such as layers: [national, shenyang]"),
    "shelf_own_layer_last": _kind("layers 的最后一层不是本地“{name}”", "the last of layers is not the place itself, “{name}”", "例如 layers: [national, {name}]", "such as layers: [national, {name}]"),
    "shelf_unknown_measure": _kind("没有指标“{name}”", "there is no measure “{name}”", "写指标表中有的标识{nearest_zh}", "use an id of the register of measures{nearest_en}"),
    "shelf_unknown_resource": _kind("没有资源“{name}”", "there is no resource “{name}”", "写资源表中有的标识{nearest_zh}", "use an id of the resources{nearest_en}"),
    "shelf_unknown_term": _kind("词表“{vocabulary}”中没有“{name}”", "“{name}” is not in the vocabulary {vocabulary}", "写词表中有的标识{nearest_zh}", "use a term of the vocabulary{nearest_en}"),
    "shelf_duplicate_id": _kind("{what_zh}“{id}”有两个", "two {what_en} are called “{id}”", "改其中一个的标识，或只留一个", "rename one of them, or keep one"),
    "shelf_clause_idle": _kind("条款 {clause} 没有规则、对标值或口径引用，也没有写 no_rule", "no rule, benchmark or reading cites clause {clause}, and it has no no_rule", "让一条规则引用它，或写明 no_rule: 原因", "cite it, or write no_rule: the reason"),
    "shelf_clause_excused": _kind("条款 {clause} 写了 no_rule，却又被引用", "clause {clause} has a no_rule and is cited all the same", "删去 no_rule，或删去引用", "drop the no_rule or the citation"),
    "shelf_case_rule": _kind("算例所说的规则“{rule}”不在本文件夹", "the worked case is about “{rule}”, which is no rule of this folder", "写本文件夹中有的规则{nearest_zh}", "name a rule of this folder{nearest_en}"),
}  # fmt: skip

#: Kind -> severity, what is wrong, how to mend it.
KINDS: Mapping[str, FaultKind] = MappingProxyType({**_FILES, **_KEYS, **_REFERENCES})
