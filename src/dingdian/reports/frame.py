"""The frame of every report of a plan: its title, its marks and what they mean."""

from __future__ import annotations

from dingdian.core.errors import Text
from dingdian.reports.streets import distance_lines
from dingdian.reports.wording import Words
from dingdian.reports.words import labels

_TITLE = Text(
    "{city}{year}年度医保定点医药机构资源配置规划",
    "{city}: resource plan for designated institutions, {year}",
)
_BASIS = Text(
    "存量截至{stock}，规则为{rules}有效者；依据：{plan}{standing}。",
    "Stock on {stock}; rules in force on {rules}; text: {plan}{standing}.",
)
_NO_PLAN = Text("没有规划文本", "no plan text")


def frame_title(words: Words) -> str:
    """The title of the plan."""
    record = words.record
    return words.say(_TITLE, city=city_name(words), year=record.year)


def city_name(words: Words) -> str:
    """The city: the place's own name unless another place's policy is tried on it."""
    record = words.record
    return record.place.city if record.marks.as_if else words.name(record.place)


def marks_of(words: Words) -> tuple[str, ...]:
    """The codes of the marks that every output of the plan carries."""
    marks = words.record.marks
    given = {
        "simulation": marks.simulation,
        "as_if": marks.as_if,
        "invented": marks.invented,
        "overlaid": marks.overlaid,
    }
    return tuple(code for code, holds in given.items() if holds)


def mark_words(words: Words, *, short: bool = False) -> tuple[str, ...]:
    """The marks in words, with what they mean unless ``short``."""
    place, city = words.name(words.record.place), words.record.place.city
    text, said = _not_issued(words), []
    for code in marks_of(words):
        mark = words.label(labels.MARKS, code)
        why = words.label(labels.MARK_REASONS, code, place=place, city=city, text=text)
        said.append(mark if short else f"{mark}{words.pick('：', ': ')}{why}")
    return tuple(said)


def _not_issued(words: Words) -> str:
    """That the text of the plan is a draft or a reading; empty where it is issued."""
    plan = words.record.documents.get(words.record.place.plan)
    if plan is None or plan.standing == "issued":
        return ""
    standing = words.label(labels.STANDINGS, plan.standing)
    return words.say(labels.NOT_ISSUED, standing=standing)


def basis(words: Words) -> str:
    """What the plan was made from: days, text, and streets where they were loaded."""
    record = words.record
    plan, standing = plan_text(words)
    streets = distance_lines(record.streets, words.lang) if record.streets else ()
    said = words.say(
        _BASIS,
        stock=words.day(record.stock_day),
        rules=words.day(record.policy_day),
        plan=plan,
        standing=standing,
    )
    stop, end = words.pick("；", "; "), words.pick("。", ".")
    told = stop.join(streets)
    return f"{said}{words.pick('', ' ')}{told}{end}" if told else said


def plan_text(words: Words) -> tuple[str, str]:
    """The name of the plan's text, and its standing in brackets unless the name says it."""
    plan = words.record.documents.get(words.record.place.plan)
    if plan is None:
        return words.say(_NO_PLAN), ""
    name, standing = words.name(plan), words.label(labels.STANDINGS, plan.standing)
    told = "" if standing in name else words.pick(f"（{standing}）", f" ({standing})")
    return name, told
