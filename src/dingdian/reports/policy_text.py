"""What is in force on a day as lines of text, clause by clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dingdian.actions.show_policy import Row, YearRow
from dingdian.core.policy import Reading, Standing
from dingdian.reports.wording import Lang
from dingdian.reports.words.labels import CLAUSE_MARKS

_WORDS = {
    "zh": {
        Standing.ISSUED: "已印发",
        Standing.DRAFT: "征求意见稿",
        Standing.OFFICIAL_READING: "政策解读",
        "since": "自 {day} 起",
        "none": "当日没有有效值",
        "principle": "原则上",
        "open": "未定",
        "reading": "口径",
        "step": "第 {step} 步实现",
        "no_rule": "不设规则",
        "over": "优先于 {layers}",
        "calendar": "工作日历：已知 {years} 年；其余年份按周一至周五计，所得期限为暂定",
        "no_calendar": "工作日历：没有已知的年份；按周一至周五计，所得期限为暂定",
        "days": "放假 {off} 天，调休上班 {worked} 天，核对于 {day}",
    },
    "en": {
        Standing.ISSUED: "issued",
        Standing.DRAFT: "draft for comments",
        Standing.OFFICIAL_READING: "official reading",
        "since": "since {day}",
        "none": "no value in force on the day",
        "principle": "in principle",
        "open": "open",
        "reading": "reading",
        "step": "engine comes with step {step}",
        "no_rule": "no rule",
        "over": "goes before {layers}",
        "calendar": "Working days known for {years}; other years count as Monday to Friday, and "
        "deadlines that reach them are provisional",
        "no_calendar": "Working days: no year is known; every year counts as Monday to Friday, and "
        "deadlines are provisional",
        "days": "{off} days off, {worked} make-up working days, checked on {day}",
    },
}


def policy_lines(rows: Iterable[Row], lang: Lang) -> Iterator[str]:
    """The clause and its document, then each rule with its value, then the readings."""
    for _, group in groupby(rows, key=lambda row: row.clause):
        its = list(group)
        yield from _clause(its[0], lang)
        for row in its:
            yield from _rule(row, lang)
        yield ""


def calendar_lines(rows: Sequence[YearRow], lang: Lang) -> Iterator[str]:
    """The years whose working days are known, then each with its notice."""
    words, chinese = _WORDS[lang], lang == "zh"
    if not rows:
        yield words["no_calendar"]
        return
    yield words["calendar"].format(years=", ".join(str(row.year.year) for row in rows))
    for row in rows:
        year = row.year
        remarks = [
            words["days"].format(off=year.days_off, worked=len(year.workdays), day=year.checked_on),
            CLAUSE_MARKS[year.mark].say(lang) if year.mark in CLAUSE_MARKS else "",
            words["over"].format(layers=", ".join(row.over)) if row.over else "",
        ]
        said = ("；" if chinese else "; ").join(remark for remark in remarks if remark)
        source = year.source if chinese else year.source_en
        yield f"  · {year.year} [{row.layer}] {said}"
        yield f"      {source}"


def _clause(row: Row, lang: Lang) -> Iterator[str]:
    words = _WORDS[lang]
    marks = [words[row.standing]]
    if row.mark in CLAUSE_MARKS:
        marks.append(CLAUSE_MARKS[row.mark].say(lang))
    if lang == "zh":
        yield f"{row.clause}  《{row.document}》{row.at}（{'，'.join(marks)}）"
        yield f"  “{row.text}”"
    else:
        yield f"{row.clause}  {row.document_en}, {row.at_en} ({', '.join(marks)})"
        yield f"  {row.text_en}"
    if row.no_rule:
        yield f"  {words['no_rule']}: {row.no_rule if lang == 'zh' else row.no_rule_en}"


def _rule(row: Row, lang: Lang) -> Iterator[str]:
    words, chinese = _WORDS[lang], lang == "zh"
    if row.rule:
        title, value = (row.title, row.value) if chinese else (row.title_en, row.value_en)
        remarks = [
            words["since"].format(day=row.since) if row.since else "",
            words["principle"] if row.principle else "",
            words["step"].format(step=row.step) if row.step else "",
            words["over"].format(layers=", ".join(row.over)) if row.over else "",
        ]
        said = ("；" if chinese else "; ").join(remark for remark in remarks if remark)
        said = said and (f"（{said}）" if chinese else f" ({said})")
        yield f"  · {title} [{row.layer}/{row.rule}] = {value or words['none']}{said}"
        if row.note:
            yield f"      {row.note if chinese else row.note_en}"
    for reading in row.readings:
        yield f"      {words['reading']} {reading.reading}: {_choice(reading, lang)}"


def _choice(reading: Reading, lang: Lang) -> str:
    """The chosen option in words, with its number where the reading has one."""
    if reading.chosen is None:
        return _WORDS[lang]["open"]
    options = reading.options if lang == "zh" else reading.options_en
    number = f" = {reading.number}" if reading.number is not None else ""
    return options[reading.chosen] + number
