"""Every kind of fault that a person can be told of, in one table.

Those of the census and of the shelf stand beside what they check; the kinds of a request
(what was asked for does not exist, or cannot be written) stand here.
"""
# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dingdian.core.assessment_faults import KINDS as ASSESSMENT
from dingdian.core.census.faults import KINDS as CENSUS
from dingdian.core.dossier_faults import KINDS as DOSSIER
from dingdian.core.errors import FaultKind, Severity, Text
from dingdian.core.life_faults import KINDS as LIFE
from dingdian.core.panel_faults import KINDS as PANEL
from dingdian.core.policy.faults import KINDS as SHELF


def _kind(zh: str, en: str, cure_zh: str, cure_en: str) -> FaultKind:
    return FaultKind(Severity.BLOCKING, Text(zh, en), Text(cure_zh, cure_en))


REQUEST: Mapping[str, FaultKind] = MappingProxyType(
    {
        "unknown_policy": _kind("没有“{name}”这个政策", "there is no policy “{name}”", "可用：{known}；或写政策文件夹的路径，例如 ./benxi", "known: {known}; or a path to a policy folder, such as ./benxi"),
        "outside_validity": _kind("{day} 不在《{plan}》的有效期内（{since} 至 {through}）", "{day} lies outside the validity of the plan {plan} ({since} to {through})", "换一个有效期内的日期或年份", "choose a day or year within it"),
        "unknown_key": _kind("规划中没有“{key}”", "the plan has no “{key}”", "相近的：{nearest}", "the nearest: {nearest}"),
        "ambiguous_key": _kind("“{key}”有 {n} 个：{keys}", "“{key}” fits {n}: {keys}", "写全标识，例如 beds_per_1000.210102", "write the whole key, such as beds_per_1000.210102"),
        "another_place": _kind("台账是 {found} 的，不是所选政策 {wanted} 的", "the census is of {found}, not of {wanted}, which the policy is for", "换用该地台账；假设测算请写 --as-if", "use the census of that place, or --as-if for a what-if"),
        "advice_unreadable": _kind("{path} 不是 retain、site 或 move-beds 写出的建议：{why}", "{path} is no advice that retain, site or move-beds wrote: {why}", "给出它们写出的文件夹或其中的 json", "give the folder that they wrote, or the json in it"),
        "advice_changed": _kind("{path} 写出后被改动过：内容与文件中的校验值不符", "{path} was changed after it was written: what it says is not what its mark was taken of", "用 retain、site 或 move-beds 写出的原件，或重新计算", "give the file as retain, site or move-beds wrote it, or work it out again"),
        "advice_unmarked": _kind("{path} 没有校验值，看不出是否被改动过", "{path} bears no mark of its content, so a change of it cannot be seen", "用本版本重新计算", "work it out again with this release"),
        "advice_of_other_ledger": _kind("{path} 的建议是按另一份台账算出的", "the advice of {path} was worked out with another ledger", "用本规划的台账重新计算", "work it out again with the ledger of this plan"),
        "advice_of_other_shelf": _kind("{path} 的建议是按另一份政策库算出的", "the advice of {path} was worked out with another shelf", "用本规划的政策库重新计算", "work it out again with the shelf of this plan"),
        "hold_no_structure": _kind("不能以 {measure} 为规则：没有正在生效的等级结构规则", "{measure} cannot be held: no rule on structure is in force", "去掉 --hold {measure}，或用有等级结构规则的政策和日期", "leave out --hold {measure}, or take a policy and a day with such a rule"),
        "hold_beds_unknown": _kind("不能以 {measure} 为规则：{n} 家机构床位或状态不明，等级结构无从计算", "{measure} cannot be held: beds or standing of institutions are unknown ({n}), so the structure cannot be computed", "补齐它们的床位，或去掉 --hold {measure}", "state their beds, or leave out --hold {measure}"),
        "hold_no_targets": _kind("不能以 {measure} 为规则：没有区县目标", "{measure} cannot be held: no district has a target", "用 --target 写明目标，或去掉 --hold {measure}", "give a --target, or leave out --hold {measure}"),
        "assessment_of_other_place": _kind("考核结果是 {found} 的，不是 {wanted} 的", "the assessment is of {found}, not of {wanted}", "换用该地的考核结果", "use the assessment of that place"),
        "assessment_of_other_year": _kind("考核结果是 {found} 年度的，不是 {wanted} 年度的", "the assessment is of {found}, not of {wanted}", "用规划上一年度的考核结果", "use the assessment of the year before the plan"),
        "advice_of_other_year": _kind("{path} 的建议是 {found} 年的，不是 {wanted} 年的", "the advice of {path} is of {found}, not of {wanted}", "按本规划的年份重新计算", "work it out again for the year of this plan"),
        "retention_by_early": _kind("达到上限的年份{by}早于规划年度{year}", "the cap would be reached by {by}, before the year of the plan, {year}", "--by 不早于 --year", "give a --by that is not before --year"),
        "retention_by_late": _kind("达到上限的年份{by}晚于规划期末{last}，上限到那时已不适用", "the cap would be reached by {by}, after the plan ends in {last}: by then it no longer holds", "--by 写 {year} 至 {last} 之间的年份，或不写", "give a --by from {year} to {last}, or none"),
        "unknown_name": _kind("{option} 没有“{word}”这一项，或不止一项", "{option} has no “{word}”, or more than one", "可用：{known}；中英文名称也可以写", "known: {known}; Chinese and English names will do"),
        "no_such_file": _kind("找不到文件：{path}", "no such file: {path}", "检查路径", "check the path"),
        "no_config": _kind("找不到配置文件：{path}", "no configuration file: {path}", "运行 dingdian office init 生成一份，或用 --config 指明", "make one with dingdian office init, or name it with --config"),
        "config_exists": _kind("配置文件已存在：{path}", "the configuration file is there already: {path}", "换一个位置，或直接使用它", "choose another place, or use it"),
        "config_unreadable": _kind("配置文件读不了：{path}：{why}", "the configuration file cannot be read: {path}: {why}", "按 TOML 格式改正，例如 policy = \"shenyang\"", "mend it as TOML, such as policy = \"shenyang\""),
        "config_unknown": _kind("配置文件里有不认识的项：{key}", "unknown key in the configuration: {key}", "可用的项：{known}", "known keys: {known}"),
        "config_wrong": _kind("配置项 {key} 的值不对：{value}", "wrong value of {key} in the configuration: {value}", "见 docs/guide/deployment.zh-CN.md", "see docs/guide/deployment.md"),
        "address_taken": _kind("地址 {address} 已被占用，或不是本机的地址", "the address {address} is taken, or is none of this machine", "换一个端口：--port，或配置项 address", "choose another port: --port, or address in the configuration"),
        "office_older": _kind("数据表比本程序旧：还有 {n} 步升级没有做", "the tables are older than this program: {n} steps of the upgrade are to be made", "运行 dingdian office upgrade，它会先备份", "run dingdian office upgrade, which makes a backup first"),
        "office_none": _kind("{url} 里没有本系统的数据表", "{url} holds no tables of this system", "先运行 dingdian office init", "run dingdian office init first"),
        "backup_damaged": _kind("备份不完整或被改动：{name}（{why}），没有恢复任何内容", "the backup is damaged or was changed: {name} ({why}); nothing was restored", "换一份备份", "take another backup"),
        "backup_newer": _kind("备份由更新的版本 {found} 生成，本程序是 {known}", "the backup was made by {found}, this program is {known}", "用同版本或更新的程序恢复", "restore it with that release or a newer one"),
        "backup_kind": _kind("备份的数据库是 {found}，不能恢复到 {wanted}", "the backup holds a database of {found}, not of {wanted}", "PostgreSQL 的备份用 --database 指明空库；SQLite 的不要指明", "name an empty database with --database for PostgreSQL, none for SQLite"),
        "backup_taken": _kind("数据库 {url} 不是空的", "the database {url} is not empty", "新建一个空库再恢复", "make an empty database and restore into that"),
        "backup_program": _kind("本机没有 {name}", "{name} is not on this machine", "安装数据库客户端：apt-get install postgresql-client", "install the client programs: apt-get install postgresql-client"),
        "backup_failed": _kind("{name} 没有完成：{why}", "{name} did not finish: {why}", "按提示改正后再试；没有留下半份备份", "mend that and try again; no half of a backup was left"),
        "web_without": _kind("网页系统缺少软件包：{names}", "a package of the web system is missing: {names}", "安装 dingdian[web]", "install dingdian[web]"),
        "own_account": _kind("不能对自己的账号做这件事", "this cannot be done to one's own account", "请另一名管理员办理", "ask another administrator"),
        "leave_of_admin": _kind("管理员和医药机构用户的角色不能由他人代办", "the roles of an administrator and of an institution have no deputy", "请安全管理员另行授权", "the security administrator grants the role to somebody else"),
        "leave_clash": _kind("{name} 不能代办：其角色与您的角色不得归于一人", "{name} cannot stand in: their roles and yours may not be one person's", "另选一人", "choose somebody else"),
        "leave_overlaps": _kind("这段时间已有代办安排（{since} 至 {through}）", "there is a deputy already from {since} through {through}", "先结束那一项，或改日期", "end that one, or choose other days"),
        "mail_failed": _kind("邮件没有发出：{why}", "the e-mail did not go out: {why}", "检查 mail_host 等设置和邮件服务器", "check mail_host and the settings beside it, and the server"),
        "proposal_waits": _kind("件{case}已有一项待复核的登记", "a move of case {case} waits to be confirmed already", "先复核、退回或撤回那一项", "confirm it, send it back or withdraw it first"),
        "proposal_own": _kind("不能复核自己经办的事项", "nobody confirms what they asked for themselves", "请另一名有复核权的人办理", "ask another person who may confirm"),
        "proposal_of_another": _kind("只有经办人可以撤回", "only who asked for it may withdraw it", "需要时请复核人退回", "whoever confirms may send it back"),
        "proposal_decided": _kind("这一项已经处理过", "it is decided already", "重新打开页面查看", "open the page again"),
        "last_administrator": _kind("这是最后一名在用的{role}", "this is the last active holder of the role: {role}", "先授予另一人这个角色", "give the role to somebody else first"),
        "role_clash": _kind("三员分立：管理员角色不能与其他角色同归一人；医药机构用户也不能兼有本单位角色", "the three administrators are kept apart, and an institution is nobody of the office: such a role is held by itself alone", "先收回原有角色，或授予另一人", "withdraw the other role first, or give it to somebody else"),
        "role_held": _kind("该用户已有这个角色", "the user holds this role already", "无需再授予", "nothing is to be done"),
        "role_needs_district": _kind("这个角色要限定在一个区县", "this role is granted for one district", "选择区县；没有可选的，请规划承办人先导入台账", "choose the district; where there is none, have the planner import the ledger first"),
        "role_without_district": _kind("这个角色面向全市（地区），不限定区县", "this role holds in the whole place, not in a district", "区县留空", "leave the district empty"),
        "role_needs_holder": _kind("这个角色要写明是哪一家机构", "this role is granted for one institution", "填写机构代码；还没有代码的，填写统一社会信用代码", "give its code; where it has none yet, the unified social credit code"),
        "role_without_holder": _kind("这个角色不属于某一家机构", "this role is of the office, not of one institution", "机构留空", "leave the institution empty"),
        "holder_unknown": _kind("{holder} 不是台账里的机构代码，也不是 18 位统一社会信用代码", "{holder} is neither a code of the ledger nor an 18-character unified social credit code", "核对代码", "check the code"),
        "token_collected": _kind("该令牌已经领取", "the token was collected already", "令牌只显示一次；遗失的请安全管理员收回后重新准予", "it is shown only once; have the security administrator withdraw a lost one and allow another"),
        "token_lapsed": _kind("该令牌未在期限内领取", "the token was not collected in time", "请安全管理员重新准予", "ask the security administrator for another"),
        "token_without_right": _kind("该用户没有使用接口的权限", "the user has no right to use the API", "先授予有此权限的角色", "grant a role that has it first"),
        "too_many_rows": _kind("要导出 {n} 行，一次最多 {most} 行", "{n} rows are to be exported, at most {most} go into one file", "缩小筛选范围，例如按日期分段", "narrow the filters, such as to a span of days"),
        "job_orphaned": _kind("执行这项工作的进程两次中断", "the process that did this work died twice", "查看日志后重新提交；没有写入任何内容", "look at the log and ask again; nothing was written"),
        "job_unknown": _kind("没有名为 {name} 的工作", "there is no work named {name}", "升级后台进程，使其与网页版本一致", "upgrade the worker to the version of the pages"),
        "job_not_entitled": _kind("申请人 {name} 已停用，或已没有这项权限，没有写入任何内容", "{name}, who asked for it, is out of use or has the right no longer. Nothing was written", "由有权限的人重新办理", "let somebody who has the right ask for it again"),
        "job_broke": _kind("程序出错：{why}", "the program broke: {why}", "时间和操作告知系统管理员；没有写入任何内容", "tell the system administrator when and what; nothing was written"),
        "exchange_unreadable": _kind("“{name}”不是完整的交换文件：{why}", "“{name}” is no whole file of the exchange: {why}", "从对方系统重新下载，完整拷贝后再导入", "download it from the other side again and copy it whole"),
        "exchange_signature": _kind("签名与受信任的密钥 {key} 不符，文件不是对方签发的，或已被改动", "the signature is not that of the trusted key {key}: the file is not the other side's, or was changed", "核对文件来源；对方换过密钥的，先用 dingdian office keys --trust 导入新公钥", "find out where the file comes from; where the other side has a new key, bring it here with dingdian office keys --trust"),
        "exchange_no_trust": _kind("还没有导入对方的公钥", "the public key of the other side was not brought here yet", "用 dingdian office keys --trust 导入", "bring it with dingdian office keys --trust"),
        "exchange_trusts_another": _kind("已经信任另一把公钥 {key}", "another public key is trusted already: {key}", "确认对方换了密钥后加 --replace", "add --replace once you know that the other side has a new key"),
        "exchange_no_key": _kind("不是 Ed25519 密钥：{path}", "it is no Ed25519 key: {path}", "用对方 dingdian office keys --out 导出的文件", "use the file that the other side wrote with dingdian office keys --out"),
        "exchange_changed": _kind("“{name}”与签名的清单不符", "“{name}” is not what the signed manifest lists", "从对方系统重新下载，完整拷贝后再导入", "download it from the other side again and copy it whole"),
        "exchange_unsafe": _kind("含有清单以外或不允许的内容：{name}", "it holds what the manifest does not list or may not: {name}", "不要使用这个文件；核对来源", "do not use the file; find out where it comes from"),
        "exchange_too_large": _kind("文件过大：{size}，上限 {limit} 字节", "too large: {size}, the limit is {limit} bytes", "核对是否选错文件", "check whether it is the right file"),
        "exchange_version": _kind("交换文件的格式版本是 {found}，本系统识别 {known}", "the format version of the file is {found}, this system knows {known}", "升级本系统后再导入", "upgrade this system first"),
        "exchange_kind": _kind("这个文件是“{found}”，不是“{wanted}”", "the file is of kind “{found}”, not “{wanted}”", "核对是否选错文件", "check whether it is the right file"),
        "exchange_of_another": _kind("文件是 {found} 的，本系统是 {wanted} 的", "the file is of {found}, this system of {wanted}", "核对是否选错文件", "check whether it is the right file"),
        "exchange_older": _kind("编号 {number} 不大于已收到的 {known}", "number {number} is not above {known}, which was taken already", "使用对方最新导出的文件；旧文件不重复导入", "use the newest file of the other side; an older one is not taken again"),
        "exchange_contents": _kind("内容前后不一致：{why}", "the contents do not agree: {why}", "请对方重新生成", "ask the other side to make it anew"),
        "exchange_side": _kind("这项操作只在{side_zh}进行", "this is done at {side_en} only", "用另一侧的配置文件：--config", "use the configuration of the other side: --config"),
        "exchange_busy": _kind("编号 {number} 刚被另一次生成占用", "number {number} was taken by another one a moment ago", "重新生成一次", "make it once more"),
        "objection_stage": _kind("本件目前是“{zh}”，不能登记异议", "the case is at “{en}” now: no objection can be recorded", "公示期间的异议在公示期内登记；公示已结束的，按不予受理答复并说明", "record it while the notice runs; afterwards answer it as not admissible, and say why"),
        "objection_recorded": _kind("这条异议已登记入台账", "the objection stands in the ledger already", "在办件页面核查、作出处理，再答复", "review and settle it on the page of the case, then answer it"),
        "objection_answered": _kind("这条异议已答复", "the objection is answered already", "刷新页面查看答复", "open the page anew"),
        "objection_unsettled": _kind("台账中还没有这一处理结果", "the ledger does not say so", "先登记异议，并在办件页面登记“异议成立”或“异议不成立”", "record the objection first, and on the page of the case whether it is upheld"),
        "objection_of_nothing": _kind("台账中没有公示 {notice}", "the ledger has no notice {notice}", "按不予受理答复并说明", "answer it as not admissible, and say why"),
        "exchange_nothing": _kind("没有要导出的内容", "there is nothing to export", "有新的意见、异议、投诉或答卷后再导出", "export once there is something new"),
        "missing_asset": _kind("缺少随程序附带的字体或脚本：{name}", "a font or script that comes with the program is missing: {name}", "在源码文件夹运行 make assets，或安装正式发布的版本；不写地图和文档可加 --no-documents", "run make assets in the source folder, or install a release; --no-documents leaves maps and papers out"),
        "unknown_sample": _kind("没有“{name}”这个样例", "there is no sample “{name}”", "可用：{known}", "known: {known}"),
        "plan_version": _kind("这份规划的格式版本不是 {known}", "the plan is not of format version {known}", "用生成它的版本查看，或重新测算", "use the release that wrote it, or make the plan anew"),
        "plan_unreadable": _kind("规划文件无法读取（{n} 处，首处：{why}）", "the plan file cannot be read ({n} places, the first: {why})", "从备份恢复，或用其中的台账和政策副本重新测算", "restore it, or make the plan anew from the copies beside it"),
        "unknown_table": _kind("没有“{name}”这张表", "there is no table “{name}”", "可用：{known}", "known: {known}"),
        "unknown_language": _kind("没有“{name}”这种语言", "there is no language “{name}”", "写 zh 或 en", "write zh or en"),
        "unknown_system": _kind("“{value}”不是已知的坐标系", "“{value}” is no known coordinate system", "写 CGCS2000、WGS84、GCJ-02、BD-09 或 EPSG 代码，例如 EPSG:4550", "write CGCS2000, WGS84, GCJ-02, BD-09 or an EPSG code such as EPSG:4550"),
        "mixed_systems": _kind("几种坐标系的点不能一起计算：{value}", "points of several coordinate systems cannot be computed together: {value}", "先换算成同一坐标系，例如 CGCS2000", "convert them to one system first, such as CGCS2000"),
        "site_not_degrees": _kind("“{value}”不是十进制的度或米", "“{value}” is no number of decimal degrees or metres", "写成十进制，例如 {example}", "write a decimal number, such as {example}"),
        "site_without_coordinates": _kind("缺少坐标：{value}", "coordinates are missing: {value}", "补全经度、纬度，例如 123.431389、41.808333", "give longitude and latitude, such as 123.431389 and 41.808333"),
        "site_without_system": _kind("坐标 {value} 没有写明坐标系", "the coordinates {value} name no system", "写明坐标系，例如 CGCS2000、GCJ-02", "name their system, such as CGCS2000 or GCJ-02"),
        "site_zero": _kind("坐标为零：{value}", "a coordinate is zero: {value}", "零表示没有坐标；补上真实坐标，例如 123.431389、41.808333", "zero stands for none; give the true point, such as 123.431389, 41.808333"),
        "site_swapped": _kind("经度和纬度像是写反了：{value}", "longitude and latitude look swapped: {value}", "经度在前、纬度在后，例如 123.431389、41.808333", "longitude first, then latitude, such as 123.431389, 41.808333"),
        "site_not_of_system": _kind("{value} 不可能是所写坐标系中的点", "{value} can be no point of the system stated", "核对坐标系：度用 CGCS2000、GCJ-02 等，米用 EPSG 代码", "check the system: degrees with CGCS2000 or GCJ-02, metres with an EPSG code"),
        "site_outside_china": _kind("{value} 不在中国境内", "{value} does not lie in China", "核对数字和坐标系，例如 123.431389、41.808333", "check the numbers and the system, such as 123.431389, 41.808333"),
        "site_outside_city": _kind("{value} 不在本地任何区县的边界内", "{value} lies in no district of this place", "核对坐标系（选错可偏几百米）和所用台账；外地的点不作判断", "check the system (a wrong one is hundreds of metres off) and the census; no answer is given for points elsewhere"),
        "site_without_service": _kind("没有写服务类型", "no service is named", "至少写一项，例如 门诊统筹", "name at least one, such as outpatient_pooling"),
        "site_code_unknown": _kind("台账中没有代码为“{value}”的机构", "the census has no institution of code “{value}”", "核对代码；新设的不写 --code", "check the code; leave --code out for a new one"),
        "site_moved_without_code": _kind("由别处迁来，却没有写已有的代码，原址会被算作阻挡", "it moves here, but the code that it has is not given: its old place would count against it", "写明台账中的代码：--code", "give its code in the census: --code"),
        "unknown_service": _kind("没有“{value}”这项服务类型", "there is no service “{value}”", "可用：{known}", "known: {known}"),
        "unknown_kind": _kind("没有“{value}”这类机构", "there is no kind of institution “{value}”", "可用：{known}", "known: {known}"),
        "unknown_flag": _kind("没有“{value}”这个标志", "there is no flag “{value}”", "可用：{known}", "known: {known}"),
        "unknown_word": _kind("“{column}”没有“{value}”这个词", "“{column}” has no word “{value}”", "可用：{known}", "known: {known}"),
        "no_applicants": _kind("{name} 里没有申请", "{name} holds no applicants", "首行写列名（申请编号、机构类别、经度、纬度、坐标系、服务类型），其下每行一个申请", "headings in the first row (code, kind, lon, lat, crs, services), one applicant a row below"),
        "siting_kind_unfit": _kind("“{value}”不可能是{service_zh}", "“{value}” does not fit {service_en}", "--kind 可用：{known}；不写则用通常的一类", "--kind may be: {known}; without it the usual kind is taken"),
        "siting_no_circle": _kind("政策没有为“{service}”划定服务圈，无法计算谁已被覆盖", "the policy draws no service circle for “{service}”: nobody can say who is served", "在政策库的覆盖规则（family: coverage）中写明半径", "state the radius in a rule of family coverage on the shelf"),
        "siting_reading": _kind("口径“{reading}”未定，或所选的办法还不能计算；服务圈和人口以它为据", "the reading “{reading}” is open, or is chosen in a way that nothing computes; circle and people rest on it", "在政策库的口径文件中选定一种能计算的办法", "choose an option that is computed in the readings of the shelf"),
        "siting_grid_refused": _kind("按口径 grid_disagreement，{region}的居民点人口与常住（参保）人口相差过大或无从比较，不予计算", "by the reading grid_disagreement the localities of {region} differ too much from its residents (or insured), or cannot be compared: nobody is counted there", "补正居民点人口，或改用该口径的其他办法", "mend the people of the localities, or choose another option of that reading"),
        "siting_no_localities": _kind("台账没有居民点（网格），不知道人在哪里", "the ledger has no localities: nobody knows where people live", "填写“居民点”表：编号、人口、经度、纬度、坐标系", "fill in the table localities: code, persons, lon, lat, crs"),
        "siting_no_people": _kind("所有居民点的人口都是 0 或空白，没有人需要服务", "the people of all localities are 0 or unknown: nobody needs a site", "填写居民点的人口或参保人数", "fill in persons or insured of the localities"),
        "siting_too_large": _kind("候选点 {n} 个与人口点相乘过多，算不下", "{n} candidates times all localities are too many to hold", "候选点不超过 {most} 个：减小 --spots，或改用 --model cover", "at most {most} candidates: lower --spots, or use --model cover"),
        "siting_unknown_district": _kind("没有区县“{value}”，或不止一个", "there is no district “{value}”, or more than one", "可用：{known}", "known: {known}"),
        "siting_unknown_priority": _kind("“{value}”既不是一个区划，也不是居民点类型", "“{value}” is neither one region nor a kind of locality", "写区划代码或名称，或 乡镇、村、社区 等类型，例如 --priority 乡镇=3", "give the code or name of a region, or a kind such as township: --priority township=3"),
        "siting_no_year": _kind("没有写明是哪一年的规划", "the year of the plan is not stated", "--plan-quotas 要与 --year 同用，例如 --year 2026", "--plan-quotas goes with --year, such as --year 2026"),
        "siting_no_quota": _kind("年度规划没有“{service}”的配置数量", "the plan of the year hands out no places of “{service}”", "不用 --plan-quotas，改用 --places 和 --quota", "leave --plan-quotas out and use --places and --quota"),
        "papers_without": _kind("没有装公文所需的程序包：{names}", "packages that the papers need are not installed: {names}", "pip install 'dingdian[reports]'，或加 --no-papers 不写公文", "pip install 'dingdian[reports]', or leave the papers out with --no-papers"),
        "no_templates": _kind("{path} 里没有公文模板", "{path} holds no template of the papers", "先写出模板再修改：dingdian template papers --out 文件夹；其中应有 {known} 之一", "write the templates first: dingdian template papers --out FOLDER; any of {known} is looked for"),
        "template_unreadable": _kind("不是能读取的 Word 文件：{why}", "it is no Word file that can be read: {why}", "用 Word 另存为 .docx", "save it as .docx from Word"),
        "template_syntax": _kind("模板写法有误：{why}", "the template is not written right: {why}", "对照原模板改正这一段：dingdian template papers --out 文件夹", "compare this paragraph with the shipped template: dingdian template papers --out FOLDER"),
        "template_unknown_name": _kind("模板中没有“{name}”这个字段", "a template has no field “{name}”", "相近的：{nearest}；全部字段见 docs/guide/papers.md", "the nearest: {nearest}; all fields stand in docs/guide/papers.md"),
        "template_unknown_key": _kind("规划中没有“{name}”这个数", "the plan has no number “{name}”", "相近的：{nearest}；全部编号用 dingdian explain 规划文件夹 查看", "the nearest: {nearest}; dingdian explain FOLDER lists all"),
        "template_unknown_part": _kind("没有“{name}”这张图、表或附件", "there is no figure, table or annex “{name}”", "相近的：{nearest}", "the nearest: {nearest}"),
        "letterhead_wrong": _kind("版头有误：{why}", "the letterhead is wrong: {why}", "可用字段：{known}，值写在引号里", "known fields: {known}, their values in quotes"),
        "last_year_wrong": _kind("{path} 是 {found} 的规划，不能作为 {wanted} 的上年规划", "{path} is the plan of {found}; it cannot be the earlier plan of {wanted}", "选同一城市以前年度的规划文件夹", "choose the folder of an earlier plan of the same city"),
        "round_without_day": _kind("没有决定日期", "the day of decision is not stated", "在“批次”表填写决定日期，或用 --on，例如 --on 2026-03-01", "state it in the table round, or by --on, such as --on 2026-03-01"),
        "round_other_year": _kind("批次写明是 {found} 年的，不是 {wanted} 年", "the round is of {found}, not of {wanted}", "核对 --year 和“批次”表的规划年份", "compare --year with the year in the table round"),
        "round_other_day": _kind("批次写明决定日期为 {found}，不是 {wanted}", "the round says that it is decided on {found}, not on {wanted}", "核对 --on 和“批次”表的决定日期", "compare --on with the day in the table round"),
        "copy_changed": _kind("文件夹中“{name}”的副本与决定时不同", "the copy of {name} in the folder is not that of the decision", "从备份恢复这个文件夹；不同之处用 dingdian replay 查看", "restore the folder from a backup; dingdian replay shows what differs"),
        "unknown_application": _kind("这一批没有申请“{name}”", "the round has no application “{name}”", "相近的：{nearest}", "the nearest: {nearest}"),
        "overlay_column": _kind("表“{table}”没有可以假设的“{column}”", "the table {table} has no column {column} whose cells may be assumed", "从列表中选择表和列", "choose table and column from the lists"),
        "overlay_row": _kind("台账中没有“{row}”这一行", "the ledger has no row {row}", "删除这处改动，重新选择", "take this change out and choose the row again"),
        "overlay_old": _kind("“{row}”的数已经不同：设定时为 {old}，现为 {found}", "the number of {row} is another by now: {old} when it was assumed, {found} today", "删除这处改动，按现在的数重新设定", "take this change out and assume it again from the number of today"),
        "overlay_value": _kind("“{value}”不能填在这里（{row}）", "“{value}” cannot stand here ({row})", "按该列的格式填写，例如整数、2026-03-01、是", "write it as the column wants it: a whole number, 2026-03-01, yes"),
        "version_changed": _kind("文件“{name}”与生成时不同，不予提供", "the file {name} is not what was written; it is not handed out", "从备份恢复这一版，或重新测算", "restore this version from a backup, or run the plan anew"),
        "version_as_last_year": _kind("这一版的文件有改动，不能用来对比：{name}", "this version cannot be compared with, its files have changed: {name}", "从备份恢复，或选择另一版", "restore it from a backup, or choose another version"),
        "import_nothing": _kind("没有选择文件", "no file was chosen", "选择台账文件：xlsx、csv、csv 的 zip 包或边界 geojson", "choose the files of a ledger: xlsx, csv, a zip of csv, or boundaries as geojson"),
        "import_empty": _kind("文件“{name}”是空的", "the file {name} is empty", "重新导出后再上传", "export it again, then upload it"),
        "import_too_large": _kind("上传的文件超过 {limit} MB", "what was uploaded is larger than {limit} MB", "删去空白行列和图片，或拆成几个文件分别保存为 csv 后打包", "delete empty rows, columns and pictures, or save the tables as csv and zip them"),
        "import_kind": _kind("文件“{name}”的内容不是台账：{found}", "what the file {name} holds is no ledger: {found}", "按内容判断，与扩展名无关。可用：xlsx 工作簿、csv、csv 的 zip 包、边界 geojson", "its content counts, not its ending. Taken are: an xlsx workbook, csv, a zip of csv, boundaries as geojson"),
        "import_locked": _kind("文件“{name}”有密码，或是 Excel 97-2003 格式", "the file {name} has a password, or is of Excel 97-2003", "取消密码，另存为“Excel 工作簿（.xlsx）”", "take off the password and save it as an Excel workbook (.xlsx)"),
        "import_macros": _kind("工作簿“{name}”带有宏，不予接收", "the workbook {name} has macros and is not taken", "另存为不带宏的“Excel 工作簿（.xlsx）”", "save it as an Excel workbook without macros (.xlsx)"),
        "import_bomb": _kind("文件“{name}”解压后过大（{size}），不予解压", "the file {name} unpacks to too much ({size}) and was not unpacked", "核对文件来源；正常的台账重新导出即可", "check where it comes from; export the ledger again"),
        "import_damaged": _kind("压缩包“{name}”已损坏，或内含加密的文件", "the archive {name} is damaged, or holds a file with a password", "重新打包，不设密码", "pack it again, without a password"),
        "import_zip_path": _kind("压缩包“{name}”中的“{inside}”指向包外，不予接收", "{inside} in the archive {name} leads out of it: not taken", "重新打包，只放台账文件", "pack the files of the ledger again"),
        "import_twice": _kind("有两个文件都叫“{name}”", "two files bear the name {name}", "改名后再上传", "rename one and upload again"),
        "import_day_ahead": _kind("台账截止日 {day} 晚于今天 {today}", "the census is of {day}, after today, {today}", "在“说明”表改正台账截止日", "correct the day in the table about"),
        "import_base_changed": _kind("预览之后台账已有变动（别人导入了台账，或登记了事项），没有写入任何内容", "the ledger has changed since the preview: somebody imported or recorded something. Nothing was written", "重新预览，看清变化后再确认", "preview again, look at what would change now, and apply then"),
        "import_no_change": _kind("与台账现有内容完全一致，没有可写入的变化", "it is what the ledger has already: there is nothing to apply", "无需处理；可放弃这次导入", "nothing to do; the import may be discarded"),
        "import_preview_other": _kind("这次导入已重新预览，与您看过的预览不同，没有写入任何内容", "the import was previewed anew: it is not the preview that you have seen. Nothing was written", "查看新的预览后再确认", "look at the new preview and apply then"),
        "import_state": _kind("导入现为“{state}”，不能这样办理", "the import is {state}: this cannot be done", "刷新页面，查看现在的状态", "open the page again and look at its state"),
        "import_files_gone": _kind("导入的文件已经清除", "the files of this import have been removed", "重新上传", "upload them again"),
        "import_changed": _kind("导入的文件与核对时不同", "the files of this import are not those that were checked", "重新上传，并告知系统管理员", "upload them again, and tell the system administrator"),
        "import_not_last": _kind("这之后台账又保存过：只能撤销最近一次导入", "a census was kept after it: only the last import can be undone", "先撤销后来的导入，或另行导入更正后的台账", "undo the later one first, or import a corrected ledger"),
        "import_first": _kind("这是这一天以前的第一份台账，撤销后将没有台账", "it is the first census up to its day: without it there would be none", "导入更正后的台账", "import a corrected ledger instead"),
        "import_case_moved": _kind("这次导入建立的协议件 {case} 此后已有登记（第 {seq} 号）", "the case {case} that it opened has moved since (entry {seq})", "先按序撤销该件后来的登记，或导入更正后的台账", "annul what was recorded of it since, or import a corrected ledger"),
        "output_exists": _kind("{path} 已有内容", "{path} holds something already", "换一个空文件夹，或加 --force 替换", "choose an empty folder, or replace it with --force"),
        "output_file_exists": _kind("{path} 已存在", "{path} exists already", "换一个文件名", "choose another file name"),
        "output_is_input": _kind("{path} 是要读取的台账或政策，或在其中、或包含它", "{path} is what is read, or lies in it, or holds it", "写到别处，例如 ./规划2026", "write elsewhere, such as ./plan2026"),
        "output_not_file": _kind("{path} 是文件夹，不是文件", "{path} is a folder, not a file", "写一个文件名，例如 ./台账.xlsx", "give a file name, such as ./ledger.xlsx"),
        "output_not_folder": _kind("{path} 是文件，不是文件夹", "{path} is a file, not a folder", "写一个文件夹，例如 ./规划2026", "give a folder, such as ./plan2026"),
        "output_not_ours": _kind("{path} 不是这个命令以前的输出，不会替换", "{path} was not written by this command and is not replaced", "换一个位置", "choose another place"),
        "output_unwritable": _kind("无法写入 {path}：{why}", "cannot write {path}: {why}", "检查权限和磁盘空间", "check permissions and free space"),
    }
)  # fmt: skip


def _doubt(zh: str, en: str, cure_zh: str, cure_en: str) -> FaultKind:
    return FaultKind(Severity.WARNING, Text(zh, en), Text(cure_zh, cure_en))


#: What may be wrong with the rows of a round of applications.
ROUND: Mapping[str, FaultKind] = MappingProxyType(
    {
        "round_without_applications": _kind("没有申请", "there are no applications", "填写“申请”表；可用 dingdian template round 生成空表", "fill in the sheet 申请; dingdian template round writes an empty one"),
        "site_in_other_district": _doubt("所写区划在{value}，坐标却落在{found}{fits_zh}；按坐标所在的区县判断和计算名额", "the region stated lies in {value}, but the point in {found}{fits_en}; it is answered, and its places are counted, by the point", "核对坐标、坐标系和所属区划", "check the point, its system and the region"),
        "site_region_unknown": _doubt("区划表中没有“{value}”，或不止一个；按坐标判断", "the census has no region “{value}”, or several; answered by the point", "填写区划代码，例如 210102", "give the code of the region, such as 210102"),
        "applicant_code_unknown": _doubt("台账中没有代码为“{value}”的机构；按新设判断", "the census has no institution of code “{value}”; answered as a new one", "核对代码；原址若在台账中，会被算作阻挡", "check the code: its own place, if the census has it, counts against it"),
        "applicant_moved_without_code": _doubt("写明迁址，却没有写医保机构代码；原址若在台账中，会被算作阻挡", "it moves here, but its code is not given: its own place, if the census has it, counts against it", "填写台账中的医保机构代码", "give its code in the census"),
        "round_item_not_a_day": _doubt("“{item}”不是日期：{value}，读作未知", "“{item}” is not a day: {value}; read as unknown", "写成 2026-03-01", "write it as 2026-03-01"),
        "round_item_unknown": _doubt("政策清单中没有“{value}”这一项，未采用", "no list of the policy has an item “{value}”; not used", "写清单中的标识或文字，例如 information_system", "write an identifier or wording of a list, such as information_system"),
        "seed_not_published": _doubt("抽签种子没有在决定之前公布（公布日期：{value}）", "the lottery seed was not published before the decision (published: {value})", "事先公布种子，并填写种子公布日期", "publish the seed beforehand and state the day"),
        "day_after_decision": _doubt("日期 {value} 在决定日 {day} 之后", "the day {value} lies after the decision of {day}", "改正日期；决定之后才有的，不能用于本批", "mend the day; what came after the decision cannot count in this round"),
        "accepted_before_applied": _doubt("受理日期 {value} 早于申请日期 {applied}", "accepted on {value}, before the application of {applied}", "改正日期", "mend the days"),
        "applied_out_of_time": _doubt("申请日期 {value} 不在本批受理期间内（{first} 至 {last}）", "applied on {value}, outside the time in which the round was open ({first} to {last})", "核对申请日期和“批次”表的受理日期；不属于本批的移到下一批", "compare the day with the table round; move what is not of this round to the next"),
        "beds_without_number": _doubt("“{value}”床位没有数量，读作未知", "beds of class “{value}” without a number; unknown", "填写申请的床位数", "give the number of beds asked for"),
        "bed_class_twice": _doubt("“{value}”床位写了两行，数量读作未知", "beds of class “{value}” stand twice; their number is unknown", "合并为一行", "make one row of them"),
        "person_without_number": _doubt("“{value}”没有证件号码，既往记录只能按姓名比对", "“{value}” has no identity number: records can only be compared by name", "填写证件号码或其摘要", "give the identity number or its digest"),
        "fact_without_answer": _doubt("“{value}”没有填是否，也没有填数量，读作未知", "“{value}” has neither yes or no nor a number; unknown", "填写核查结果", "state what was found"),
        "fact_contradicted": _doubt("“{value}”同一天有不同结果（另一行：{first}），读作未知", "“{value}” has different answers of one day (the other: {first}); unknown", "核实后只留一行", "find out which holds and keep one row"),
        "score_over_full": _doubt("得分 {value} 高于满分 {full}，读作未知", "the score {value} is above the full score {full}; unknown", "改正得分或满分", "mend the score or the full score"),
        "score_incomplete": _doubt("“{value}”没有评估结果，读作未知", "“{value}” has no result; unknown", "定性项目填是否合格；定量项目填得分和满分", "state passed for a qualitative item, score and full score for a quantitative one"),
        "record_of_nobody": _doubt("记录 {value} 没有写明机构或人员，无法比对", "record {value} names no institution and no person: it cannot be compared", "填写统一社会信用代码、机构代码或证件号码", "give a uscc, an institution code or an identity number"),
        "exception_incomplete": _doubt("例外决定缺少：{missing_zh}", "the exception lacks: {missing_en}", "补全后才起作用", "it has an effect once they are there"),
    }
)  # fmt: skip

#: Kind of fault -> severity, what is wrong, how to mend it.
KINDS: Mapping[str, FaultKind] = MappingProxyType(
    {**CENSUS, **SHELF, **REQUEST, **ROUND, **ASSESSMENT, **LIFE, **DOSSIER, **PANEL}
)
