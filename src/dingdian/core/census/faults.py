"""Every kind of data fault of a census: how far it reaches, what is wrong, how to mend it.

Only ``blocking`` stops a plan. A cell that a fault of severity ``warning`` speaks of is read
as unknown unless the sentence says that it was kept. The sentences' ``{fields}`` are the
details that a fault of the kind carries.
"""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from dingdian.core.errors import Fault, FaultKind, Severity, Text

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE


def _kind(severity: Severity, zh: str, en: str, *cure: str) -> FaultKind:
    return FaultKind(severity, Text(zh, en), Text(*cure))


_FILES = {
    "no_file": _kind(B, "找不到文件或文件夹：{path}", "no such file or folder: {path}", "检查路径", "check the path"),
    "wrong_encoding": _kind(B, "第 {byte} 个字节处既不是 UTF-8 也不是 GB18030 编码", "neither UTF-8 nor GB18030 at byte {byte}", "在 Excel 或 WPS 中另存为“CSV UTF-8”", "save it again as “CSV UTF-8”"),
    "unreadable_file": _kind(B, "文件无法读取：{reason}", "the file cannot be read: {reason}", "重新导出文件；加密的文件先取消密码", "export it again; take off any password"),
    "not_a_workbook": _kind(B, "不是 xlsx 工作簿", "not an xlsx workbook", "另存为“Excel 工作簿（.xlsx）”", "save it as an Excel workbook (.xlsx)"),
    "file_too_large": _kind(B, "文件过大：{what} 为 {size}，上限 {limit}", "too large: {what} is {size}, the limit is {limit}", "删去表格右侧和下方的空白格式，或拆成几个文件", "delete formatted empty rows and columns, or split the file"),
    "extra_missing": _kind(B, "读取 parquet 需要可选组件 data", "reading parquet needs the optional extra data", "安装 dingdian[data]，或改用 csv、xlsx", "install dingdian[data], or use csv or xlsx"),
    "no_table": _kind(B, "没有认出任何一张台账表", "no table of the census was recognised", "工作表（或文件）用数据规范中的表名命名，如“机构”“区划”；可用 dingdian template 取得空表", "name the sheets (or files) as the data contract does; dingdian template writes an empty workbook"),
    "unknown_file": _kind(N, "文件未读取：{name}", "file not read: {name}", "需要读取时改用数据规范中的表名", "give it the name of a table if it should be read"),
    "unknown_sheet": _kind(N, "工作表“{name}”未读取{guess_zh}", "sheet “{name}” not read{guess_en}", "需要读取时改用数据规范中的表名", "give it the name of a table if it should be read"),
}  # fmt: skip

_SHEETS = {
    "missing_table": _kind(B, "缺少必需的表“{table_zh}”（{table}）", "the required table {table} is missing", "补上这张表", "add the table"),
    "empty_table": _kind(B, "必需的表“{table_zh}”（{table}）没有数据行", "the required table {table} has no rows", "填写这张表；示例行不算", "fill it in; the example row does not count"),
    "no_headings": _kind(B, "没有找到表头行（前 {rows} 行中没有一行含两个以上已知列名）", "no row of headings among the first {rows} rows (two known headings are needed)", "表头使用数据规范中的列名", "use the headings of the data contract"),
    "missing_column": _kind(B, "缺少必需的列“{column_zh}”（{column}）{guess_zh}", "the required column {column} is missing{guess_en}", "补上这一列", "add the column"),
    "duplicate_column": _kind(B, "列“{value}”与“{other}”是同一项", "columns “{value}” and “{other}” are the same field", "只留一列", "keep one of them"),
    "heading_unit": _kind(B, "列“{value}”的单位不是规范要求的“{unit_zh}”，未读取", "column “{value}” is not in {unit} as the contract asks; not read", "换算成“{unit_zh}”，并改列名", "convert it to {unit} and rename the column"),
    "unknown_column": _kind(N, "列“{value}”不在数据规范中，未读取{guess_zh}", "column “{value}” is not in the contract; not read{guess_en}", "需要读取时改用规范中的列名", "rename it if it should be read"),
    "title_rows": _kind(N, "表头以上 {n} 行视为标题，未读取", "the {n} rows above the headings were taken as a title; not read", "无需处理", "nothing to do"),
    "example_row": _kind(N, "示例行未读取", "the example row was not read", "填报完成后可删除", "delete it when done"),
    "two_line_headings": _kind(N, "表头有两行，合起来读取：{value}", "two lines of headings, read together: {value}", "无需处理；写成一行更稳妥", "nothing to do; one line is safer"),
    "no_number_column": _kind(W, "有 {rows} 行，但没有一列数字被读取（可用的列：{columns_zh}）", "{rows} rows, but not one column of numbers was read (known: {columns})", "改用规范中的列名；两行的表头合并成一行", "use the headings of the data contract; join headings of two lines into one"),
    "merged_cells": _kind(W, "合并单元格 {range}：只有左上角有值，其余读作空", "merged cells {range}: only the first holds a value, the others were read as empty", "取消合并，并逐格填写", "unmerge and fill each cell"),
    "formula": _kind(N, "{n} 个公式单元格，采用文件中保存的计算结果", "{n} formula cells; the values saved in the file were used", "确认保存前已重新计算", "make sure they were recalculated before saving"),
    "formula_without_value": _kind(W, "公式没有保存计算结果，读作未知", "a formula without a saved value; read as unknown", "用 Excel 或 WPS 打开并保存，或粘贴为数值", "open and save it in a spreadsheet program, or paste values"),
    "error_value": _kind(W, "公式出错（{value}），读作未知", "a formula error ({value}); read as unknown", "改正公式或填写数值", "mend the formula or type the value"),
}  # fmt: skip

_CELLS = {
    "empty_required": _kind(B, "必填项为空", "a cell that must be filled is empty", "填写，或删去整行", "fill it in, or delete the row"),
    "required_unreadable": _kind(B, "必填项的内容无法采用：{value}", "a cell that must be filled holds what cannot be used: {value}", "{cure_zh}", "{cure_en}"),
    "empty_wanted": _kind(W, "没有填写“{column_zh}”，此行用不上", "“{column}” is empty: the row cannot be used", "填写，或删去整行", "fill it in, or delete the row"),
    "unlisted_word": _kind(W, "“{value}”不在已知之列，按原样保留；只有政策规则写明它时才会用到", "“{value}” is not among the known ones; kept as written, used only where a rule of the policy names it", "核对写法；已知的：{choices}", "check the spelling; known: {choices}"),
    "required_choice": _kind(B, "必填项“{value}”不在可选项中", "“{value}”, in a cell that must be filled, is not among the choices", "可选：{choices}", "choose from: {choices}"),
    "placeholder": _kind(N, "“{value}”表示没有内容，读作未知", "“{value}” stands for nothing; read as unknown", "留空或填写实际内容", "leave it empty or fill it in"),
    "normalised": _kind(N, "“{value}”按“{read}”读取（全角字符、千分位、百分号、撇号或空格）", "“{value}” was read as “{read}” (full-width forms, separators, percent, apostrophe or spaces)", "无需处理", "nothing to do"),
    "code_from_number": _kind(N, "编号按数字保存：{value}，按“{read}”读取", "a code stored as a number: {value}, read as “{read}”", "把该列设为文本格式", "format the column as text"),
    "code_digits_lost": _kind(W, "长编号按数字保存，末几位已丢失：{value}，读作未知", "a long code stored as a number has lost its last digits: {value}; read as unknown", "把该列设为文本格式后重新填写", "format the column as text and type it again"),
    "formula_like_text": _kind(N, "文字以 = + - @ 开头：{value}，按文字保留", "text that begins with = + - @: {value}; kept as text", "确认不是未计算的公式", "make sure that it is not a formula"),
    "private_character": _kind(W, "有自造字（私用区编码 {codes}）：{value}，按原样保留，在别的电脑上多显示为空框", "characters of private use ({codes}): {value}; kept, most computers show them as empty boxes", "改用国家标准（GB 18030）里的字", "write the character that the national standard GB 18030 has"),
    "not_a_number": _kind(W, "不是数字：{value}，读作未知", "not a number: {value}; read as unknown", "只写数字，不带单位", "write digits only, no unit"),
    "magnitude_suffix": _kind(W, "带“万”“亿”等量词：{value}，不作推测，读作未知", "a number with 万 or 亿: {value}; not guessed, read as unknown", "写出完整数字，如 335600", "write the whole number, such as 335600"),
    "number_too_large": _kind(W, "数字过大：{value}，读作未知", "number too large: {value}; read as unknown", "检查单位和位数", "check unit and digits"),
    "negative": _kind(B, "不能为负数：{value}", "must not be negative: {value}", "改正；不清楚时留空", "correct it; leave it empty when not known"),
    "not_whole": _kind(W, "应为整数：{value}，读作未知", "should be a whole number: {value}; read as unknown", "改为整数", "write a whole number"),
    "too_many_decimals": _kind(N, "小数位数过多：{value}，按 {places} 位小数取 {read}", "too many decimals: {value}; rounded to {places} places, {read}", "无需处理；需要时自行取舍", "nothing to do, or round it yourself"),
    "not_a_day": _kind(W, "不是日期：{value}，读作未知", "not a day: {value}; read as unknown", "写成 2025-01-05", "write it as 2025-01-05"),
    "serial_day": _kind(N, "日期列中的数字 {value} 按 Excel 日期 {read} 读取", "the number {value} in a column of days was read as the Excel day {read}", "把该列设为日期格式", "format the column as dates"),
    "unknown_choice": _kind(W, "“{value}”不在可选项中，读作未知", "“{value}” is not among the choices; read as unknown", "可选：{choices}", "choose from: {choices}"),
    "several_choices": _kind(W, "一格中有几个选项：{value}，读作未知", "several choices in one cell: {value}; read as unknown", "只填一项", "give one"),
    "choice_inside_text": _kind(N, "“{value}”中只有“{read}”可识别，按此读取", "only “{read}” was recognised in “{value}” and was used", "改填“{read}”", "write “{read}”"),
    "type_inside_kind": _kind(N, "“{value}”按机构类别“{read}”读取，其中的类型“{type}”未填入", "“{value}” was read as the kind “{read}”; its type “{type}” was not filled in", "把“{type}”填入“类型”列", "write “{type}” into the column of types"),
    "level_inside_type": _kind(W, "等级写在类型里：{value}，等级读作未知", "the level stands inside the type: {value}; the level is unknown", "把等级填入“等级”列", "write the level into its own column"),
    "not_a_flag": _kind(W, "应填“是”或“否”：{value}，读作未知", "should be 是 or 否: {value}; read as unknown", "填“是”或“否”，不清楚时留空", "write 是 or 否, or leave it empty"),
    "crs_other_datum": _kind(W, "“{value}”不能换算成 CGCS2000（参数不公开或不支持），坐标系读作未知", "“{value}” cannot be converted to CGCS2000 (parameters not public, or not supported); the system is unknown", "由测绘部门换算成 CGCS2000，或填写支持的坐标系：{choices}", "have it converted to CGCS2000 by a surveying office, or state one of {choices}"),
    "degrees_minutes": _kind(W, "度分秒写法：{value}，不作换算，读作未知", "degrees and minutes: {value}; not converted, read as unknown", "写成十进制度；如确为度分秒，应写 {read}", "write decimal degrees; if these are degrees, minutes and seconds, {read}"),
    "not_a_degree": _kind(W, "不是度数：{value}，读作未知", "not degrees: {value}; read as unknown", "写成十进制度，如 123.42", "write decimal degrees such as 123.42"),
    "region_by_name": _kind(N, "“{value}”是名称或曾用代码，按区划代码 {read} 读取", "“{value}” is a name or former code; read as region {read}", "改填区划代码", "write the region code"),
    "unknown_item": _kind(N, "“{value}”不是已知的项目", "“{value}” is no known item of this table", "可用：{choices}", "known items: {choices}"),
    "taken_on_not_a_day": _kind(B, "台账截止日不是日期：{value}", "the day of the census is not a day: {value}", "写成 2025-12-31", "write it as 2025-12-31"),
    "taken_on_before_stock_day": _kind(B, "台账截止日 {taken_on} 早于规划的存量日 {stock_day}：其后的变化不在台账中", "the census describes {taken_on}, before {stock_day}, whose stock the plan counts: what changed since is not in it", "用存量日 {stock_day} 的台账；确为旧年规划的，改用相应的规划年份", "use a ledger of {stock_day}; for an older plan name its year"),
    "taken_on_before_what_if": _kind(W, "台账截止日 {taken_on} 早于规划的存量日 {stock_day}：其后的变化不在台账中，假设测算以台账为存量", "the census describes {taken_on}, before {stock_day}, whose stock the plan counts: what changed since is not in it; the what-if takes it as the stock", "不作假设时用存量日 {stock_day} 的台账", "without a what-if use a ledger of {stock_day}"),
    "taken_on_another_day": _kind(W, "台账截止日 {taken_on} 晚于规划的存量日 {stock_day}：存量按台账中的定点和状态起止日期倒推", "the census describes {taken_on}, after {stock_day}, whose stock the plan counts: who was designated then is told by the dates of designations and standings", "换用 {stock_day} 的台账", "use a ledger of {stock_day}"),
    "taken_on_missing": _kind(W, "没有写明台账截止日（taken_on）", "the census does not say which day it describes (taken_on)", "在“说明”表中填写截止日", "state it in the about table"),
    "import_without_day": _kind(B, "没有写明台账截止日，不能写入台账", "the census does not say which day it describes and cannot be kept", "在“说明”表中填写截止日", "state it in the about table"),
    "import_of_a_coming_day": _kind(B, "台账截止日 {taken_on} 还没有到（今天是 {today}）", "the census describes {taken_on}, which has not come (today is {today})", "改正“说明”表中的截止日", "mend the day in the about table"),
}  # fmt: skip

_KEYS_AND_TREE = {
    "duplicate_key": _kind(B, "“{value}”重复，首次出现在 {first}", "“{value}” occurs again; first at {first}", "删去重复行，或改正编号", "delete the repeated row or mend its key"),
    "unknown_reference": _kind(B, "“{value}”在表“{other}”中不存在", "“{value}” does not exist in table {other}", "改正编号，或在“{other}”中补上", "mend the code, or add it to {other}"),
    "no_districts": _kind(B, "区划表没有区县级的区划，规划无法分区县", "the region tree has no region of county level: a plan has no districts", "不设区县的市，把镇、街道的级别填为区县级", "in a city without counties enter its towns and streets as level county"),
    "root_missing": _kind(B, "区划表没有顶级区划（上级区划代码为空的一行）", "the region tree has no root (a row with an empty parent)", "统筹地区一行的上级区划代码留空", "leave the parent of the pooling area empty"),
    "several_roots": _kind(B, "区划表有几个顶级区划：{value}", "the region tree has several roots: {value}", "只有统筹地区一行的上级区划代码留空", "leave only the parent of the pooling area empty"),
    "cycle": _kind(B, "区划 {value} 的上级关系成环", "the parents of region {value} run in a circle", "改正上级区划代码", "mend the parent codes"),
    "street_as_township": _kind(W, "“{value}”是街道，层级却写作乡镇，按乡镇计", "“{value}” is a subdistrict by its name, but its level says township: counted as a township", "层级改填“街道”", "write the level 街道 (subdistrict)"),
    "region_without_population": _kind(W, "区划 {value}（{name}）没有人口数，按人口计算的指标无法得出", "region {value} ({name}) has no population: rates per person are undefined", "在“人口参保”表中补上", "add it to table populations"),
    "insured_over_resident": _kind(N, "{value}（{name}）参保 {insured} 人多于常住 {resident} 人，为 {percent} %", "{value} ({name}): {insured} insured against {resident} residents, {percent} %", "核对口径；两种分母的结果都会列出", "check the counts; both denominators are shown"),
    "insured_far_over_resident": _kind(W, "{value}（{name}）参保 {insured} 人超过常住 {resident} 人的三倍，已保留", "{value} ({name}): {insured} insured, over three times its {resident} residents; kept", "检查单位（人、万人）和区划", "check the unit and the region"),
    "sums_disagree": _kind(W, "{value}（{name}）{year} {column_zh}为 {own}，下级合计为 {below}，均已保留", "{value} ({name}){year}: {column} is {own}, the regions below sum to {below}; both kept", "核对上下级数字", "check the numbers of both levels"),
    "grid_disagrees": _kind(W, "{value}（{name}）居民点合计 {located} 人，为{whose_zh} {whole} 人的 {percent} %，均已保留", "{value} ({name}): its localities sum to {located} people, {percent} % of its {whole} {whose_en}; both kept", "核对居民点的年份和口径；属实的，在口径 grid_disagreement 中选择换算或不予计算", "check their year and whom they count; if they are right, choose in the reading grid_disagreement whether to rescale them or refuse the district"),
    "other_city": _kind(W, "台账属于 {value}，政策属于 {policy}", "the census is of {value}, the policy of {policy}", "确为假设测算时使用 --as-if", "use --as-if for a what-if"),
    "import_of_another_place": _kind(B, "台账属于 {value}，本系统是 {policy} 的", "the census is of {value}, this system of {policy}", "换用本地的台账", "use the census of this place"),
}  # fmt: skip

_IDENTITY = {
    "malformed_code": _kind(W, "不是国家医保机构代码（H 或 P + 6 位区划 + 5 位）：{value}，已保留", "not a national code (H or P + 6 + 5 digits): {value}; kept", "核对代码；尚无国家代码的可用自编代码", "check it; own codes are fine where there is none yet"),
    "foreign_code": _kind(W, "机构代码 {value} 的区划部分属于其他城市，已保留", "the region part of code {value} is another city's; kept", "核对代码和所属区划", "check code and region"),
    "code_prefix_unfit": _kind(N, "机构代码 {value} 的区划部分与所属区划 {region} 不同", "the region part of code {value} differs from its region {region}", "迁址或区划调整的无需处理", "nothing to do after a move or a change of regions"),
    "reused_code": _kind(N, "代码 {value} 曾用于其他区划：{story}", "code {value} once stood for another region: {story_en}", "核对数据年份；代码系统写入“代码系统”列", "check the year of the data; state the code system"),
    "kind_contradicts_code": _kind(W, "机构类别“{word}”与代码首字母 {value} 不符，均已保留", "kind “{word}” contradicts the code {value}; both kept", "医疗机构为 H，零售药店为 P", "H is medical, P is a pharmacy"),
    "malformed_uscc": _kind(W, "不是 18 位统一社会信用代码：{value}，已保留", "not an 18-character uscc: {value}; kept", "核对", "check it"),
    "uscc_check_digit": _kind(W, "统一社会信用代码 {value} 校验位应为 {expected}，已保留", "uscc {value} should end in {expected}; kept", "核对；少数真实代码也不合校验", "check it; a few real codes fail too"),
    "shared_uscc": _kind(W, "{n} 家机构共用统一社会信用代码 {value}", "{n} institutions share uscc {value}", "确认是分支机构、连锁药店或村卫生室，否则改正", "fine for branches, chains and village clinics; else mend"),
    "repeated_name": _kind(W, "同一区划内机构名称重复 {n} 次：{value}", "the name occurs {n} times in one region: {value}", "确认不是同一家机构", "make sure that it is not one institution twice"),
    "name_elsewhere": _kind(N, "机构名称在几个区划中共出现 {n} 次：{value}", "the name occurs {n} times in several regions: {value}", "确认不是同一家机构", "make sure that it is not one institution twice"),
    "ward_listed": _kind(W, "名称像科室、病区或院内部门：{value}，已作为机构计入", "looks like a ward or department: {value}; counted as an institution", "不是独立机构的删去", "delete it if it is no institution"),
    "pharmacy_inpatient": _kind(W, "零售药店开通了住院服务", "a pharmacy with the inpatient service", "改正机构类别或服务类型", "mend its kind or service"),
    "service_only_yes": _kind(W, "“{column_zh}”只填了 {yes} 个“是”，其余 {empty} 个为空；空表示未知，不是“否”", "“{column}” holds {yes} yes and {empty} empty cells; empty means unknown, not no", "没有开通的填“否”", "fill 否 where it is not open"),
    "inpatient_without_beds": _kind(W, "开通住院服务但床位表中没有：{value}；床位未知，相关合计无法得出", "inpatient service but no row of beds: {value}; its beds are unknown and so are their sums", "在“床位”表中补上", "add it to table beds"),
    "contracted_over_approved": _kind(N, "医保床位 {contracted} 多于核定床位 {approved}", "{contracted} contracted beds against {approved} approved", "核对", "check it"),
}  # fmt: skip

_DAYS_AND_PLACES = {
    "wrong_century": _kind(W, "日期的年代不对：{value}，已保留", "a day in the wrong century: {value}; kept", "改正年份；没有终止日期的留空", "mend the year; leave an open end empty"),
    "wrong_year": _kind(W, "年份不对：{value}，已保留，找不到这一年的数时作未知", "a year that cannot be: {value}; kept, what is looked up by year does not find it", "改正年份，写四位数字，如 2025", "mend it: four digits, such as 2025"),
    "no_month": _kind(B, "不是月份：{value}", "not a month: {value}", "写 1 至 12", "write 1 to 12"),
    "release_another_year": _kind(W, "释放日期 {day} 不在释放年份 {year} 内，按年份计入，均已保留", "released on {day}, which is not in its year {year}; counted in the year, both kept", "改正日期或年份", "mend the day or the year"),
    "release_repeated": _kind(W, "机构 {value} 的同一项释放填了 {n} 行（同日、同资源、同床位类别），均已计入", "institution {value} releases the same on the same day in {n} rows; all counted", "确认不是重复填报", "make sure that it is not one release twice"),
    "since_after_until": _kind(W, "起始日期 {since} 不早于终止日期 {until}，均已保留", "since {since} is not before until {until}; both kept", "改正日期", "mend the days"),
    "standing_contradicts_dates": _kind(W, "定点状态“{standing}”与日期 {value} 矛盾（台账截止日 {day}），均已保留", "standing “{standing}” contradicts the day {value} (census of {day}); both kept", "改正状态或日期", "mend the state or the day"),
    "lift_unmatched": _kind(W, "解除决定 {value} 没有对上它所解除的启动决定", "the lifting {value} cannot be matched with the decision that it lifts", "在“解除的文号”中填写同一情形、更早的启动决定的文号", "name the earlier decision about the same trigger in the column lifts"),
    "decision_of_no_line": _kind(W, "决定 {value} 所写的条款或情形不属于任何一条有效红线，不起作用", "the decision {value} names a clause or trigger of no red line in force: it does nothing", "核对条款编号和情形；留空条款表示有此情形的每条红线", "check clause and trigger; an empty clause means every red line with the trigger"),
    "coordinate_missing": _kind(N, "没有坐标", "no coordinates", "补上经纬度和坐标系", "add longitude, latitude and their system"),
    "coordinate_half": _kind(W, "经度、纬度只有一个", "only one of longitude and latitude", "补全", "add the other"),
    "coordinate_zero": _kind(W, "坐标为 0：{value}，原值保留，不用于计算", "coordinates of 0: {value}; kept, not computed with", "改正，或留空", "mend it, or leave it empty"),
    "coordinate_swapped": _kind(W, "经度和纬度（或东、北坐标）像是写反了：{value}，原值保留，不用于计算", "longitude and latitude (easting and northing) look swapped: {value}; kept, not computed with", "对调两列", "swap the two"),
    "coordinate_unfit": _kind(W, "{value} 不可能是 {crs} 坐标，原值保留，不用于计算", "{value} cannot be a point of {crs}; kept, not computed with", "经纬度的单位是度，投影坐标的单位是米；投影坐标还要核对带号和中央经线", "degrees for longitude and latitude, metres for a grid; for a grid check zone number and central meridian too"),
    "coordinate_outside_china": _kind(W, "坐标不在中国范围内：{value}，原值保留，不用于计算", "outside China: {value}; kept, not computed with", "改正", "mend it"),
    "coordinate_far": _kind(W, "坐标 {value} 离本表其余坐标的中心 {km} 公里，像在别的城市或国家，已保留", "{value} lies {km} km from the middle of this table's points: another city or country; kept", "改正", "mend it"),
    "coordinate_outside_district": _kind(W, "坐标 {value} 不在所属的 {district} 内{found_zh}，已保留", "{value} is not inside its {district}{found_en}; kept", "核对坐标、坐标系和所属区划", "check coordinates, their system and the region"),
    "shared_point": _kind(N, "两家机构的坐标同为 {value}", "two institutions on one point {value}", "同一地址的无需处理", "nothing to do where they share an address"),
    "crowded_point": _kind(W, "{n} 家机构的坐标同为 {value}，已保留", "{n} institutions on one point {value}; kept", "核对是否为缺省坐标", "check whether it is a default"),
    "crs_unknown": _kind(W, "有坐标但没有写明坐标系，涉及距离的计算不能使用", "coordinates without their system: no distance can be computed", "填写坐标系（CGCS2000、WGS84、GCJ-02、BD-09 或 EPSG 代码）", "state the system (CGCS2000, WGS84, GCJ-02, BD-09 or an EPSG code)"),
    "crs_likely": _kind(N, "{n} 个没有写明坐标系的坐标像是 {likely}：落在所属区划内的比例 {figures_zh}；未采用", "{n} coordinates without a system look like {likely}: inside their district {figures_en}; not used", "向数据来源核实后填写坐标系", "ask the source, then state the system"),
    "crs_contradicted": _kind(W, "{n} 个坐标{where_zh}写明是 {stated}，却像是 {likely}：落在所属区划内的比例 {figures_zh}；仍按写明的坐标系计算", "{n} coordinates{where_en} are stated as {stated} but look like {likely}: inside their district {figures_en}; computed as stated", "向数据来源核实，改正坐标系", "ask the source and mend the system"),
    "crs_mixed": _kind(W, "{n} 个坐标写明是 {stated}，像是混有 {likely}：落在所属区划外的 {outside} 个中，按 {best} 读有 {back} 个回到区划内，向相反方向移同样远只有 {opposite} 个；估计约 {percent} % 写错，例如第 {rows} 行；仍按写明的坐标系计算", "{n} coordinates stated as {stated} seem to have {likely} among them: of the {outside} outside their district {back} come back when read as {best}, and {opposite} when moved as far the other way; about {percent} % are wrong, such as rows {rows}; computed as stated", "向数据来源逐批核实坐标系；也可能是边界画偏", "ask the source of each batch for its system; the boundaries may be askew as well"),
    "crs_untold": _kind(N, "{n} 个坐标写明是 {stated}，是否混有 {other} 看不出来：只有约 {near} 个离区划边界近到足以分辨，写错的少于 {percent} % 时不会发现", "whether {n} coordinates stated as {stated} have {other} among them cannot be told: only about {near} stand so near a boundary that it would show, and fewer than {percent} % wrong ones would not", "向数据来源核实坐标系；有街道（乡镇）边界的一并提供", "ask the source for the system; add boundaries of subdistricts or townships if there are any"),
    "crs_of_twin": _kind(W, "“{value}”与 {other} 同名，相距 {metres} 米；若此行实为 {likely}，则相距 {left} 米，像是混用了坐标系；仍按写明的坐标系计算", "“{value}” has the name of {other}, {metres} m away; {left} m if this row is {likely}: systems look mixed; computed as stated", "核对这两行的坐标系；重复登记的删去一行", "check the system of both rows; delete one if they are the same"),
    "mixed_crs": _kind(W, "同一张表有几种坐标系：{value}", "several coordinate systems in one table: {value}", "确认每一行的坐标系", "check the system of every row"),
    "survey_unsigned": _kind(N, "实测记录没有签字，不代替坐标计算", "the survey is not signed and overrides nothing", "签字后填“是”", "have it signed, then write 是"),
    "survey_without_distance": _kind(W, "实测记录没有距离，未采用", "the survey has no distance; not used", "填写米数，例如 812.5", "give the metres, such as 812.5"),
    "survey_without_end": _kind(W, "实测记录的一端没有编号，也没有可用坐标，未采用", "one end of the survey has neither a code nor a usable point; not used", "填写机构代码或申请编号，或坐标和坐标系", "give a code, or a point with its system"),
    "boundary_crs_unknown": _kind(W, "边界文件没有写明坐标系，或写明的不是已知坐标系，边界未采用", "the boundaries do not state their system, or one that is not known; not used", "在 geojson 顶层写 \"crs_name\": \"wgs84\"（或 cgcs2000、gcj02、bd09、EPSG 代码）", "write \"crs_name\": \"wgs84\" (or cgcs2000, gcj02, bd09, an EPSG code) into the geojson"),
    "boundary_crs_member": _kind(N, "边界的坐标系按文件的 crs 成员取 {value}", "the boundaries' system was taken from the file's crs member: {value}", "与实际不符时写明 crs_name", "state crs_name if this is wrong"),
    "boundary_crs_contradicted": _kind(W, "边界写明是 {stated}，却像是 {likely}：{n} 个坐标落在所属区划内的比例 {figures_zh}；仍按写明的坐标系计算", "the boundaries are stated as {stated} but look like {likely}: of {n} points inside their district {figures_en}; computed as stated", "向边界来源核实，改正 crs_name", "ask their source and mend crs_name"),
    "boundary_without_code": _kind(W, "第 {n} 个边界没有区划代码，未采用", "boundary {n} has no region code; not used", "在属性中写 code", "write code into its properties"),
    "boundary_malformed": _kind(W, "{value} 的边界无法使用：{reason}", "the boundary of {value} cannot be used: {reason}", "重新导出边界", "export it again"),
    "boundary_empty": _kind(W, "{value} 的边界没有面积，未采用", "the boundary of {value} has no area; not used", "重新导出边界", "export it again"),
    "boundary_swapped": _kind(W, "{value} 的边界像是先写纬度、后写经度，未采用", "the boundary of {value} seems to give latitude before longitude; not used", "按先经度后纬度（先东后北）重新导出", "export it again with longitude first (easting first)"),
    "boundary_repeated": _kind(W, "{value} 的边界出现两次，后一个未采用", "two boundaries of {value}; the later one was not used", "只留一个", "keep one"),
    "boundary_of_nothing": _kind(N, "边界 {value} 不在区划表中", "boundary {value} is of no region of the census", "核对代码", "check the code"),
    "boundary_code_unknown": _kind(W, "边界代码 {value} 不在区划表中，而 {other} 没有边界{held_zh}：像是写错了代码，边界未采用", "boundary code {value} is of no region of the census while {other} has no boundary{held_en}: it seems to be wrong; not used", "核对边界的代码", "check the code of the boundary"),
    "boundary_of_several": _kind(W, "一个边界写了几个区划代码：{value}，未采用", "one boundary bears several region codes: {value}; not used", "按区划拆成几个边界", "split it into one boundary a region"),
    "boundary_missing": _kind(W, "{value} 没有边界，其坐标无法核对，无坐标机构能及于哪些邻区居民点只能估计", "{value} has no boundary: its coordinates cannot be checked, and whom its institutions without coordinates reach across the border is an estimate", "补上边界", "add it"),
    "boundary_of_two": _kind(W, "{value} 的边界像是也包含 {other}", "the boundary of {value} seems to hold {other} as well", "拆成两个边界", "split it in two"),
    "boundary_wrong_code": _kind(W, "{value} 的边界像是写错了代码：该区划的 {n} 个坐标有 {inside} 个在其中，{elsewhere} 个在 {other} 的边界中", "the boundary of {value} seems to bear the wrong code: of that region's {n} points {inside} lie in it, {elsewhere} in that of {other}", "核对两个边界的代码", "check the codes of both"),
    "boundary_unfit": _kind(W, "{value} 的边界像不是它的：该区划的 {n} 个坐标只有 {inside} 个在其中", "the boundary of {value} does not seem to be its own: only {inside} of that region's {n} points lie in it", "核对边界的代码和坐标系，以及机构、居民点的所属区划", "check code and system of the boundary, and the regions of institutions and localities"),
    "boundary_far": _kind(W, "{value} 的边界离最近的另一边界 {km} 公里，像是别处的区划，已保留", "the boundary of {value} lies {km} km from the nearest other: a region elsewhere; kept", "核对边界的代码和坐标", "check its code and its coordinates"),
    "boundary_hole": _kind(W, "{value} 的边界有 {n} 个洞不属于任何边界，共 {km2} 平方公里，最大的在 {at}；洞中的坐标按区划外处理", "the boundary of {value} has holes that no other fills: {n}, {km2} km² together, the largest at {at}; points in them count as outside", "核对是否漏绘；不是飞地的补上", "check whether it was drawn in full; fill what is no enclave"),
    "boundary_enclave": _kind(N, "{value} 的边界有 {n} 个洞由其他边界填满，共 {km2} 平方公里，最大的在 {at}", "the boundary of {value} has holes that others fill: {n}, {km2} km² together, the largest at {at}", "确为飞地的无需处理", "nothing to do for enclaves"),
    "boundary_overlap": _kind(W, "{value} 与 {other} 的边界重叠 {km2} 平方公里", "the boundaries of {value} and {other} overlap by {km2} km²", "核对两个边界", "check both"),
    "boundary_self_crossing": _kind(W, "{value} 的边界自相交（{reason}），修补后采用", "the boundary of {value} crosses itself ({reason}); used after a repair", "在制图软件中修正后重新导出", "mend it in a map program and export it again"),
    "boundary_outside_china": _kind(W, "{value} 的边界不在中国范围内，未采用", "the boundary of {value} is not in China; not used", "核对经纬度次序（先经度后纬度）和坐标系", "check their order (longitude first) and their system"),
}  # fmt: skip

#: Kinds of what may be wrong with one cell, or one row by itself.
OF_CELLS = frozenset(_CELLS)

#: Fault kind -> what to say of it.
KINDS: Mapping[str, FaultKind] = MappingProxyType(
    {**_FILES, **_SHEETS, **_CELLS, **_KEYS_AND_TREE, **_IDENTITY, **_DAYS_AND_PLACES}
)


def stops(faults: Iterable[Fault]) -> bool:
    """Whether any of the faults is blocking.

    Raises:
        KeyError: a fault is of no kind of ``KINDS``.

    >>> stops([Fault("unknown_column")]), stops([Fault("no_table")])
    (False, True)
    """
    return any(KINDS[each.kind].severity is B for each in faults)
