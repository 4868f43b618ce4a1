"""Cases, and what is due, as lines for a terminal."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from dingdian.actions.show_case import Reached, ShownCase
from dingdian.core.lifecycle.books import Account
from dingdian.core.lifecycle.due import Due, Urgency
from dingdian.core.lifecycle.entry import Entry
from dingdian.core.lifecycle.stages import STAGES
from dingdian.core.lifecycle.state import State
from dingdian.reports.lives.words import Speech

#: So many items are listed; the rest is counted, never hidden.
SHOWN = 20


def entry_line(entry: Entry, speech: Speech) -> str:
    """One entry: number, day, move, from where to where, who, clauses."""
    stages = speech.stage(entry.target)
    if entry.source and entry.source != entry.target:
        stages = f"{speech.stage(entry.source)} → {stages}"
    head = f"  {entry.seq:>6}  {entry.held_on}  {speech.move(entry.move)}（{stages}）"
    who = f"{speech.role(entry.role)} {entry.by}"
    known = entry.known_at.strftime("%Y-%m-%d %H:%M")
    said = [who, f"{speech.pick('登记于', 'recorded')} {known}", speech.joined(list(entry.clauses))]
    return f"{head}  {'  '.join(filter(None, said))}"


def case_lines(shown: ShownCase, day: dt.date, speech: Speech) -> Iterator[str]:
    """A case: where it stands, its history, what is due, what may be done, what reaches it."""
    state, pick = shown.state, speech.pick
    name = state.about.get("name", "")
    since = f"{pick('，自', ', since ')}{state.since}"
    yield f"{state.case}  {name}  {speech.stage(state.stage)}{since}"
    yield from _agreement(state, speech)
    if shown.closed:
        closed = speech.joined([speech.service(each) for each, _ in shown.closed])
        rules = speech.joined([speech.rule(rule) for rule in {rule for _, rule in shown.closed}])
        yield f"  {pick('此阶段不开通：', 'closed at this stage: ')}{closed}（{rules}）"
    yield pick("登记：", "Entries:")
    for each in shown.entries:
        yield entry_line(each, speech)
        if each.reason or each.documents:
            yield f"          {'；'.join(filter(None, (each.reason, *each.documents)))}"
    if shown.due:
        yield pick("期限：", "Limits:")
        yield from (f"  {_due(each, day, speech)}" for each in shown.due)
    yield from _reached(shown, speech)
    moves = speech.joined([speech.move(each) for each in shown.possible])
    yield f"{pick('可以办理：', 'Possible now: ')}{moves}"


def _agreement(state: State, speech: Speech) -> Iterator[str]:
    pick = speech.pick
    if state.agreement is not None:
        through = state.scheduled.get("agreement_expired")
        until = f" – {through}" if through else ""
        number, since = state.agreement.number, state.agreement.since
        yield f"  {pick('协议', 'agreement ')}{number}  {since}{until}"
    if state.services:
        services = [speech.service(each) for each in state.services]
        yield f"  {pick('服务类型：', 'services: ')}{speech.joined(services)}"
    if state.beds:
        beds = [f"{speech.bed_class(each)} {n}" for each, n in state.beds.items()]
        yield f"  {pick('医保床位：', 'contracted beds: ')}{speech.joined(beds)}"


def _reached(shown: ShownCase, speech: Speech) -> Iterator[str]:
    if not shown.reached:
        return
    pick = speech.pick
    yield pick(
        f"本件适用{shown.rules_day}的规则；此后的变化是否及于本件见口径 red_line_open_cases：",
        f"The case keeps the rules of {shown.rules_day}; red_line_open_cases says what reaches it:",
    )
    yield f"  red_line_open_cases = {shown.reading or '—'}"
    for each in shown.reached:
        yield f"  {_change(each, speech)}"


def _change(each: Reached, speech: Speech) -> str:
    if each.red_line:
        return speech.pick(f"红线已启动：{each.red_line}", f"a red line was set: {each.red_line}")
    return f"{speech.rule(each.rule)}：{each.was or '—'} → {each.now or '—'}"


def due_lines(found: Sequence[Due], day: dt.date, speech: Speech) -> Iterator[str]:
    """What is due: counts by urgency, then one line each."""
    counted = Counter(each.urgency for each in found)
    heads = [f"{speech.urgency(u)} {counted[u]}" for u in Urgency if counted[u]]
    none = speech.pick("没有到期事项", "nothing is due")
    yield f"{day}  {speech.joined(heads) or none}"
    for each in found[:SHOWN]:
        yield f"  {each.case}  {_due(each, day, speech)}"
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        yield speech.pick(
            f"… 另有{more}项，全部见 --out 或 --json", f"… {more} more: --out or --json"
        )


def _due(due: Due, day: dt.date, speech: Speech) -> str:
    left = ""
    if due.last is not None:
        days = (due.last - day).days
        left = speech.pick(
            f"（{_left(days)}）", f" ({abs(days)} days {'left' if days >= 0 else 'over'})"
        )
    last = f"{due.last}{left}" if due.last else ""
    said = (
        speech.urgency(due.urgency),
        last,
        speech.rule(due.rule),
        speech.role(due.who),
        due.clause,
        speech.note(due),
    )
    return "  ".join(filter(None, said))


def _left(days: int) -> str:
    return f"还有{days}天" if days >= 0 else f"超过{-days}天"


def count_lines(states: Iterable[State], speech: Speech) -> Iterator[str]:
    """How many cases stand at each stage, and in all."""
    counted = Counter(state.stage for state in states)
    yield f"{speech.pick('件数', 'cases')} {sum(counted.values())}"
    for stage in STAGES:
        if counted[stage]:
            yield f"  {counted[stage]:>7}  {speech.stage(stage)}"


def book_lines(accounts: Sequence[Account], speech: Speech) -> Iterator[str]:
    """The books: one line a resource, and why what went out did."""
    pick = speech.pick
    heads = pick("期初  新增  释放  期末", "before  in  out  after")
    yield f"{heads}  {pick('资源（释放的原因）', 'resource (why it was released)')}"
    for each in accounts:
        name = speech.resource(each.resource, each.bed_class)
        causes = speech.joined([f"{speech.cause(cause)} {n}" for cause, n in each.by_cause])
        wrong = "" if each.balances else pick("  不平", "  DOES NOT BALANCE")
        numbers = (each.before, each.taken, each.released, each.after)
        yield f"{'  '.join(f'{n:>6}' for n in numbers)}  {name}{causes and f'（{causes}）'}{wrong}"
