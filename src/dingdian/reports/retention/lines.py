"""Who is proposed to stay, as lines of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dingdian.core.indicators import MEASURES
from dingdian.core.retention.needs import Rule
from dingdian.core.retention.question import Aspect
from dingdian.core.retention_record import CapRecord, RetentionRecord
from dingdian.core.solving import Goal, Status
from dingdian.reports.frame import mark_words
from dingdian.reports.retention.fates import earlier
from dingdian.reports.retention.speech import RetentionWords, amount, gap
from dingdian.reports.wording import Lang, grouped
from dingdian.reports.words import answers
from dingdian.reports.words import retention as own


def retention_lines(record: RetentionRecord, lang: Lang) -> Iterator[str]:
    """Marks, then for each cap: numbers, order, goals with their proof, years, what is odd."""
    words = RetentionWords(record, lang)
    yield from mark_words(words)
    if not record.caps:
        yield words.no_cap()
    for cap in record.caps:
        yield from _cap(words, cap)
    if record.by_clock:
        yield words.label(own.LINES, "clock")
    yield words.say(own.ADVICE)


def goal_line(resource: str, stock: int, goal: Goal, lang: Lang) -> str:
    """A goal that is done, while the others are worked at; ``resource``: the measure of a stock."""
    measure = MEASURES[resource]
    names = goal.name.split("+")
    return own.LINES["done"].say(
        lang,
        resource=measure.zh.removesuffix("数") if lang == "zh" else measure.en,
        goal=" + ".join(own.ASPECTS[each].say(lang) for each in names),
        value=amount(goal.name, goal.value, stock),
        unit=own.UNITS[goal.name].say(lang) if goal.name in own.UNITS else "",
        bound=amount(goal.name, goal.bound, stock),
        gap=gap(goal.gap),
    )


def _cap(words: RetentionWords, cap: CapRecord) -> Iterator[str]:
    resource = words.resource(cap.resource)
    if cap.why is not None or not cap.order:
        yield words.label(own.LINES, "why", resource=resource, why=words.why(cap.why))
        return
    made = cap.orders[cap.order]
    numbers = {"resource": resource, "stock": grouped(str(cap.stock))}
    numbers["cap"] = words.cap(cap)
    if made.answer.status is Status.INFEASIBLE:
        yield from _infeasible(words, cap, numbers)
    elif made.answer.status is Status.UNKNOWN:
        why = words.label(answers.STATUSES, made.answer.status)
        yield words.label(own.LINES, "why", resource=resource, why=why)
    elif not cap.going and not cap.leaving:
        yield words.label(own.LINES, "nobody", **numbers)
    else:
        before = len(earlier(cap))
        numbers["leaving"] = _leaving(words, sum(map(len, cap.leaving.values())), before)
        numbers["going"] = grouped(str(len(cap.going)))
        yield words.label(own.LINES, "cap", **numbers, staying=grouped(str(len(cap.stays))))
        yield "  " + words.label(own.LINES, "order", order=words.option(cap.order))
        for goal in made.answer.goals:
            if goal.name == Aspect.SCORE and cap.unscored == cap.stock:
                continue  # nobody was scored, which is told below
            yield "  " + words.label(
                own.LINES,
                "goal",
                goal=words.aspect(goal.name),
                value=words.amount(goal.name, goal.value, cap.stock),
                unit=words.unit(goal.name),
                verdict=words.verdict(goal, made.answer.ending, cap.stock),
            )
        by_year = Counter(each.year for each in cap.gone_first if each.code in {*earlier(cap)})
        for each in cap.years:
            counts = {name: grouped(str(n)) for name, n in each.model_dump().items()}
            counts["first"] = _leaving(words, each.first, by_year[each.year])
            yield "  " + words.label(own.LINES, "year", **counts | {"year": each.year})
    yield from ("  " + each for each in notes(words, cap))


def _leaving(words: RetentionWords, leaving: int, before: int) -> str:
    """How many leave first, and how many go under the cap before, where any do."""
    said = (
        words.label(own.LINES, name, n=grouped(str(n)))
        for name, n in (("leave_first", leaving - before), ("go_before", before))
        if n or (name == "leave_first" and not before)
    )
    return words.join([*said])


def _infeasible(words: RetentionWords, cap: CapRecord, numbers: dict[str, str]) -> Iterator[str]:
    together = next((each for each in cap.needs if each.rule is Rule.TOGETHER), None)
    least = together.answer.goals[0].bound if together and together.answer.goals else None
    told = "—" if least is None else grouped(str(least))
    kind = "infeasible"
    if least is not None and cap.cap is not None and least <= cap.cap:
        kind = "districts"
    why = words.label(own.LINES, kind, cap=numbers["cap"], least=told)
    yield words.label(own.LINES, "why", resource=numbers["resource"], why=why)
    clashing = 0
    for each in cap.needs:
        fewest = each.answer.goals[0].bound
        alone = each.rule not in (Rule.TOGETHER, Rule.DISTRICT)
        above = each.cap is not None and fewest is not None and fewest > each.cap
        clashing += above
        if fewest and (alone or above):
            rule, most = words.need(each), grouped(str(fewest))
            yield "  " + words.label(own.LINES, "need", rule=rule, least=most)
    if kind == "districts" and not clashing:
        yield "  " + words.label(own.LINES, "district_alone")


def notes(words: RetentionWords, cap: CapRecord) -> Iterator[str]:
    """What has to be known beside the answer: unscored, held, unlocated, no circle."""
    if cap.unscored == cap.stock and cap.stock:
        yield words.label(own.LINES, "nobody_scored")
    elif cap.unscored:
        yield words.label(own.LINES, "unscored", n=grouped(str(cap.unscored)))
    if cap.no_circle is not None:
        yield words.label(own.LINES, "no_circle", why=words.why(cap.no_circle))
    elif cap.unlocated:
        yield words.label(own.LINES, "unlocated", n=grouped(str(cap.unlocated)))
    lost = cap.now.get(Aspect.COVERED, 0) - cap.first.get(Aspect.COVERED, 0)
    if lost:
        kinds = {"first": bool(set(cap.leaving) - {"earlier_cap"}), "before": bool(earlier(cap))}
        who = "_and_".join(kind for kind, any_ in kinds.items() if any_)
        yield words.label(own.LINES, who, n=grouped(str(lost)))
    if cap.undecided:
        yield words.label(own.LINES, "undecided", n=grouped(str(cap.undecided)))
    endless = sum(each.through is None for each in cap.going)
    if endless:
        yield words.label(own.LINES, "endless", n=grouped(str(endless)))
    unknown = {each.code for each in cap.gone_first if each.through is None and each.year}
    waiting = unknown.intersection(cap.leaving.get("assessment", ()))
    if waiting:
        yield words.label(own.LINES, "first_endless", n=grouped(str(len(waiting))))
    for why, codes in cap.held.items():
        told = words.label(own.WHY_HELD, why)
        yield words.label(own.LINES, "held", n=grouped(str(len(codes))), why=told)
