"""Words for answers about sites, and how their codes are spoken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dingdian.core.census.vocabulary import CHOICES
from dingdian.core.digits import natural
from dingdian.core.errors import Text
from dingdian.core.policy import Policy
from dingdian.core.spacing.places import Faulty
from dingdian.core.spacing.verdict import Effect, Verdict
from dingdian.core.workings import Reason
from dingdian.reports.words import codes

VERDICTS: Mapping[Verdict, Text] = MappingProxyType(
    {
        Verdict.KEPT: Text("符合", "kept"),
        Verdict.BROKEN: Text("不符合", "broken"),
        Verdict.MEASURE_ON_SITE: Text("须实地测量", "measure on site"),
        Verdict.UNDEFINED: Text("无法判断", "undefined"),
        Verdict.UNCLEAR: Text("口径未定", "unclear"),
        Verdict.NOT_BOUND: Text("不受限制", "not bound"),
    }
)
EFFECTS: Mapping[Effect, Text] = MappingProxyType(
    {
        Effect.BLOCKS: Text("阻", "blocks"),
        Effect.MEASURE: Text("待测", "to measure"),
        Effect.UNSURE: Text("不明", "unsure"),
        Effect.CLEAR: Text("已测，圈外", "measured, clear"),
    }
)
PHRASES: Mapping[str, Text] = MappingProxyType(
    {
        "simulation": Text(
            "【测算】所依据的规划文本尚未正式印发，或数据为示例、假设：只供参考，不得作为办理依据。",
            "[Simulation] the text of the plan is not issued, or the data are invented or a "
            "what-if: it can ground no decision.",
        ),
        "non_binding": Text(
            "本答复只反映所列日期、台账和口径下的间距，不是行政决定，也不构成承诺。",
            "This answer speaks of spacing only, on the day, the census and the readings named; "
            "it is no decision and no promise.",
        ),
        "site": Text("地点", "Site"),
        "stated": Text(
            "{lon:.6f}, {lat:.6f}（CGCS2000）", "{lon:.6f}, {lat:.6f} (CGCS2000)"
        ),
        "converted": Text("（由 {x}, {y} {crs} 换算）", " (converted from {x}, {y} {crs})"),
        "in_district": Text("，{district}", ", {district}"),
        "district_unknown": Text("，所在区县不明", ", district unknown"),
        "services": Text("服务类型：{services}", "services: {services}"),
        "kind": Text("机构类别：{kind}", "kind: {kind}"),
        "error": Text("坐标误差：{metres} 米", "position error: {metres} m"),
        "rule": Text(
            "{verdict}：{title}（{clauses}），{metres} 米{rim}，圈内至多 {allowed} 家同类",
            "{verdict}: {title} ({clauses}), {metres} m {rim}, at most {allowed} of the same type",
        ),
        "rule_bare": Text("{verdict}：{title}（{clauses}）", "{verdict}: {title} ({clauses})"),
        "rim": Text("（含本数）", "(itself inside)"),
        "no_rim": Text("（不含本数）", "(itself outside)"),
        "service": Text(
            "{service}：{verdict}（阻 {blocking}，待测 {doubtful}，不明 {unsure}）",
            "{service}: {verdict} (blocking {blocking}, to measure {doubtful}, unsure {unsure})",
        ),
        "near": Text(
            "[{effect}] {distance} 米  {code} {name}（{where}{standing}）{services}",
            "[{effect}] {distance} m  {code} {name} ({where}{standing}) {services}",
        ),
        "applicant": Text("同批申请", "applicant of this round"),
        "surveyed": Text(
            "      实测记录 {number}：{day}，{by}，{document}；坐标计算 {computed} 米",
            "      survey {number}: {day}, {by}, {document}; by coordinates {computed} m",
        ),
        "unplaced": Text(
            "没有可用坐标、未能量距的同类机构：{codes}",
            "institutions that could not be measured for want of coordinates: {codes}",
        ),
        "faulty": Text(
            "同批有错、未能判断、可能相冲突的申请：{rows}",
            "applicants of the round with faults that may stand in its way: {rows}",
        ),
        "row": Text("{id}（{place}）", "{id} ({place})"),
        "because": Text("原因：{why}", "because: {why}"),
        "spots": Text(
            "{metres} 米以内最近的可设居民点：",
            "the nearest localities within {metres} m where it may:",
        ),
        "no_spots": Text(
            "{metres} 米以内的居民点（有坐标的）都不行",
            "no locality with coordinates within {metres} m will do",
        ),
        "spot": Text(
            "{distance} 米  {locality} {name}（{region}）{lon:.6f}, {lat:.6f}",
            "{distance} m  {locality} {name} ({region}) {lon:.6f}, {lat:.6f}",
        ),
        "readings": Text("口径：", "readings:"),
        "reading_open": Text("口径未定", "open"),
        "cited": Text("（{clauses}）", " ({clauses})"),
        "border": Text(
            "只计台账中的机构；市界以外的机构台账没有，未计入。",
            "only institutions of the census count; it has none beyond the city's border.",
        ),
        "estimated": Text(
            "没有边界而有无坐标机构的区县：{districts}；这些机构对邻区有无影响，只按该区县有坐标的点估计。",
            "districts without an outline that have institutions without coordinates: {districts}; "
            "whether these matter across the border is estimated from points of the district.",
        ),
        "basis": Text(
            "适用 {day} 的规则；台账截止 {taken_on}；台账指纹 {census}；政策库指纹 {shelf}",
            "rules of {day}; census of {taken_on}; fingerprints: census {census}, shelf {shelf}",
        ),
        "round": Text(
            "申请 {n} 件：{counted}", "applicants: {n}; {counted}"
        ),
        "round_faulty": Text(
            "有错、没有判断的申请 {n} 件：{rows}；它们可能与其他申请相冲突，已在各件答复中写明",
            "applicants with faults, not answered: {n}: {rows}; they may conflict with others, "
            "whose answers say so",
        ),
        "largest": Text(
            "{title}：相互不冲突、现有机构也不阻的最多 {n} 件（已证明），仅供参考",
            "{title}: at most {n} could be admitted together (proved); for information",
        ),
        "largest_open": Text(
            "{title}：找到 {n} 件可同时符合，上限 {bound} 件（未证明），仅供参考",
            "{title}: {n} found that could be admitted together, at most {bound} (not proved); "
            "for information",
        ),
        "pairs": Text("申请之间相距过近 {n} 对", "{n} pairs of applicants too near each other"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Speech:
    """Speaks codes in one language, with the titles of a policy and the names of regions."""

    lang: str
    policy: Policy
    names: Mapping[str, str]

    def say(self, phrase: str, /, **details: object) -> str:
        """A phrase of ``PHRASES``."""
        return PHRASES[phrase].say(self.lang, **details)

    def verdict(self, verdict: Verdict) -> str:
        """A verdict in a word or two."""
        return VERDICTS[verdict].say(self.lang)

    def effect(self, effect: Effect) -> str:
        """An effect in a word or two."""
        return EFFECTS[effect].say(self.lang)

    def term(self, choice: str, word: str) -> str:
        """A word of the census vocabulary."""
        found = CHOICES[choice].get(word)
        return word if found is None else found.zh if self.lang == "zh" else found.en

    def terms(self, choice: str, words: Iterable[str]) -> str:
        """Several words of the vocabulary as a list."""
        return self.join(self.term(choice, each) for each in words)

    def join(self, parts: Iterable[str]) -> str:
        """A list in a sentence."""
        return ("、" if self.lang == "zh" else ", ").join(parts)

    def faulty(self, rows: Iterable[Faulty]) -> str:
        """Applicants with faults: id and row."""
        return self.join(self.say("row", id=each.id or "—", place=each.place) for each in rows)

    def title(self, rule: str) -> str:
        """The title of a rule."""
        found = self.policy.rules[rule].rule
        return str(found.title if self.lang == "zh" else found.title_en)

    def reading(self, name: str) -> str:
        """A reading: its question, the option chosen (the number where it is one), its clauses."""
        found = self.policy.readings.get(name)
        if found is None:
            return name
        question, options = found.question, found.options
        if self.lang != "zh":
            question, options = found.question_en, found.options_en
        if found.chosen is None:
            told = self.say("reading_open")
        elif found.number is not None and len(options) == 1:
            told = natural(found.number)
        else:
            told = options[found.chosen]
        cited = self.say("cited", clauses=", ".join(found.clauses)) if found.clauses else ""
        return f"{question} {told}{cited}"

    def region(self, code: str) -> str:
        """The name of a region, its code where it has none."""
        return self.names.get(code, code)

    def why(self, why: Reason | None) -> str:
        """The sentence of a reason, empty without one."""
        if why is None:
            return ""
        details = {name: self._detail(name, text) for name, text in why.details}
        return codes.SENTENCES[why.code].say(self.lang, **details)

    def _detail(self, name: str, text: str) -> str:
        if name == "rule" and text in self.policy.rules:
            return self.title(text)
        return text


def metres(millimetres: int) -> str:
    """Millimetres as metres with three decimals and thousands separators.

    >>> metres(1_234_567), metres(800_000)
    ('1,234.567', '800.000')
    """
    return f"{millimetres // 1000:,}.{millimetres % 1000:03d}"


def near_metres(millimetres: int, limit: int | None = None) -> str:
    """A distance in whole metres; exact where it is less than a metre from a limit.

    >>> near_metres(1_234_567), near_metres(799_501, 800_000), near_metres(800_000, 800_000)
    ('1,235', '799.501', '800.000')
    """
    if limit is not None and abs(millimetres - limit) < 1000:
        return metres(millimetres)
    return f"{(millimetres + 500) // 1000:,}"


def whole_metres(millimetres: int) -> str:
    """A limit in metres: decimals only where it has some.

    >>> whole_metres(800_000), whole_metres(1_500)
    ('800', '1.500')
    """
    return metres(millimetres).removesuffix(".000")
