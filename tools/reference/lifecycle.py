"""docs/reference/lifecycle.md: the stages, moves and clocks of a designated institution's life."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dingdian.core.census.vocabulary import RELEASE_CAUSES
from dingdian.core.lifecycle.events import ELSEWHERE
from dingdian.core.lifecycle.facts import FACTS
from dingdian.core.lifecycle.moves import MOVES, ROLES, Move, Way
from dingdian.core.lifecycle.stages import ENDS, STAGES, Phase, Stage
from dingdian.core.rules.clock import ClockRule
from dingdian.core.rules.service_gate import ServiceGateRule
from tools.reference.markdown import code, codes, escaped, number, page, table
from tools.reference.source import Source

ABOUT = """
The life of a designated institution with the insurer, from application to the end of its agreement:
a *case*. What the tables here do not have cannot be recorded in the ledger; the tests hold every
stage, move and role to a table of their own. Each name stands in Chinese and English.
"""
PHASES = {
    Phase.APPLICATION: ("申请", "application"),
    Phase.AGREEMENT: ("协议", "agreement"),
    Phase.PAUSE: ("暂停", "pause"),
    Phase.END: ("终结", "end"),
}
MEANS = {
    "within": ("须在期限内", "at the latest"),
    "not_before": ("期满以后", "not before it is over"),
    "ends": ("期满终止", "ends by itself"),
    "ahead": ("须提前", "at least so long ahead"),
}
UNITS = {
    "working_day": ("个工作日", "working days"),
    "day": ("日", "days"),
    "month": ("个月", "months"),
    "year": ("年", "years"),
}
WAYS = {
    Way.ENTRY: "by the periods that hold for the side",
    Way.AFTER_GUIDANCE: "the trial where one is laid down",
    Way.BACK: "the stage before the suspension",
    Way.TRIAL_FAILURE: "by the reading trial_failure",
    Way.REVIEW_AGAIN: "by the reading trial_failure_again",
    Way.STATED: "as the opening load states",
    Way.UNDONE: "where it stood before the entry that is annulled",
}


def lifecycle(source: Source) -> str:
    """The page."""
    return page(
        "The life of a designated institution (定点机构全周期)",
        ABOUT,
        _diagram("zh"),
        _diagram("en"),
        _listing(),
        _stages(source),
        _moves(),
        _facts(),
        _clocks(source),
        _gates(source),
        _elsewhere(),
    )


def _changes() -> Iterator[tuple[str, Stage | None, Stage]]:
    """Every move that changes the stage: its name, from (``None``: a new case), to."""
    for name, move in MOVES.items():
        if move.way in (Way.STAY, Way.UNDONE):
            continue
        for source in move.sources or (None,):
            for target in move.targets:
                if move.way is not Way.BACK or source is None or _leads(target, source):
                    yield name, source, target


def _leads(source: Stage, target: Stage) -> bool:
    """Whether a move leads from one stage to the other: only there does a suspension end."""
    moves = (move for move in MOVES.values() if move.way not in (Way.STAY, Way.UNDONE))
    return any(source in move.sources and target in move.targets for move in moves)


def _diagram(lang: str) -> Iterator[str]:
    zh = lang == "zh"
    yield "## 状态图" if zh else "## Diagram"
    yield ""
    if zh:
        yield "登记而不改变状态的事项，以及期初登记、撤销登记，不在图中。"
    else:
        yield "Moves that leave the stage as it is are not drawn, nor are `open` and `annul`."
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for stage, row in STAGES.items():
        yield f"    {stage} : {row.name.zh if zh else row.name.en}"
    labels: dict[tuple[str, str], list[str]] = {}
    for name, source, target in _changes():
        if name == "open" or source == target:
            continue
        key = str(source or "[*]"), str(target)
        labels.setdefault(key, []).append(MOVES[name].name.zh if zh else name)
    for (source_id, target_id), names in labels.items():
        yield f"    {source_id} --> {target_id} : {'、'.join(names) if zh else ', '.join(names)}"
    for stage in ENDS:
        yield f"    {stage} --> [*]"
    yield "```"
    yield ""


def _listing() -> Iterator[str]:
    """The same as text: for each stage, what leads out of it."""
    yield "## As text (文字版)"
    yield ""
    yield "```text"
    for stage in (None, *Stage):
        name = f"{STAGES[stage].name.zh} {stage}" if stage else "（新件 new case）"
        yield name
        for move_id, move in MOVES.items():
            if (stage in move.sources if stage else not move.sources) and move_id != "annul":
                stays = move.way is Way.STAY
                targets = "（不变 stays）" if stays else " | ".join(_named(move.targets))
                who = "、".join(ROLES[role].zh for role in move.roles)
                yield f"    {move.name.zh} {move_id}（{who}）→ {targets}"
    yield "（任何阶段 any stage）"
    yield "    撤销登记 annul（经办机构、医保行政部门）→ 上一次登记以前 before the last entry"
    yield "```"
    yield ""


def _named(stages: Iterable[Stage]) -> list[str]:
    return [f"{STAGES[each].name.zh} {each}" for each in stages]


def _stages(source: Source) -> Iterator[str]:
    yield "## Stages (阶段)"
    yield ""
    yield "*In the census*: the standing that a census shows for the stage, if it shows any."
    yield ""
    closed = _closed(source)
    rows = (
        [
            code(stage),
            escaped(row.name.zh),
            escaped(row.name.en),
            " · ".join(PHASES[row.phase]),
            code(row.standing),
            codes(closed.get(stage, ())),
        ]
        for stage, row in STAGES.items()
    )
    heads = ["stage", "中文", "English", "phase", "in the census", "services closed"]
    yield from table(heads, rows)


def _closed(source: Source) -> dict[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for rule in source.rules.values():
        gate = rule.values[-1].value if isinstance(rule, ServiceGateRule) else None
        for stage in gate.stages if gate else ():
            found.setdefault(stage, []).extend(gate.closed if gate else ())
    return {stage: tuple(dict.fromkeys(names)) for stage, names in found.items()}


def _moves() -> Iterator[str]:
    yield "## Moves (办理事项)"
    yield ""
    yield (
        "*Facts*: those that a move needs, then in brackets those that it may state. *Releases*:"
        " the cause under which places and beds become free. *Once*: at most once in an application"
        " or an agreement. The clauses are national; rules of a place add theirs to an entry."
    )
    yield ""
    for name, move in MOVES.items():
        yield f"### {name}"
        yield ""
        yield f"{escaped(move.name.zh)} · {escaped(move.name.en)}"
        yield ""
        yield from (f"- {line}" for line in _of_move(move))
        yield ""


def _of_move(move: Move) -> Iterator[str]:
    yield f"from {_from(move)}"
    to = "the same stage" if move.way is Way.STAY else codes(move.targets)
    if move.way is Way.UNDONE:
        to = WAYS[move.way]
    elif move.way in WAYS:
        to += f" ({WAYS[move.way]})"
    yield f"to {to}"
    yield "by " + ", ".join(f"{ROLES[role].zh} {code(role)}" for role in move.roles)
    if move.clauses:
        yield "clauses " + _clauses(move.clauses)
    if move.needs or move.may:
        may = f" ({codes(move.may)})" if move.may else ""
        yield f"facts {codes(move.needs)}{may}".replace("facts  (", "facts (")
    if move.raises:
        yield f"events {codes(move.raises)}"
    if move.releases:
        yield f"releases {code(move.releases)} {RELEASE_CAUSES[move.releases].zh}"
    if move.once:
        yield "once"
    if move.notice:
        yield f"document {code(move.notice)}"


def _from(move: Move) -> str:
    if not move.sources:
        return "a new case"
    return "any stage" if set(move.sources) == set(Stage) else codes(move.sources)


def _clauses(names: Iterable[str]) -> str:
    return ", ".join(f"[{each}](clauses.md#{each})" for each in dict.fromkeys(names))


def _facts() -> Iterator[str]:
    yield "## Facts (登记内容)"
    yield ""
    rows = (
        [code(name), escaped(row.name.zh), escaped(row.name.en), code(row.example)]
        for name, row in FACTS.items()
    )
    yield from table(["fact", "中文", "English", "example"], rows)


def _clocks(source: Source) -> Iterator[str]:
    yield "## Time limits (时限)"
    yield ""
    yield (
        "The day of the event that begins a period is not counted (民法典 Articles 201 and 202),"
        " except where a term begins with a day. Of two that limit the same, the place's own holds;"
        " one that a place may only make stricter holds against a laxer one."
    )
    yield ""
    for layer in source.layers:
        rules = [each for each in layer.rules if isinstance(each, ClockRule)]
        if not rules:
            continue
        yield f"### {layer.card.title_en} ({layer.card.title})"
        yield ""
        heads = ["rule", "what", "length", "means", "begins", "ends", "who", "for", "clauses"]
        yield from table(heads, map(_clock, rules))


def _clock(rule: ClockRule) -> list[str]:
    zh, en = UNITS[rule.unit]
    value = rule.values[-1].value
    length = "—" if value is None else f"{number(value)}{zh} · {number(value)} {en}"
    if rule.number_from:
        length += f", by [{rule.number_from}](readings.md#{rule.number_from})"
    begins = code(rule.begins)
    if rule.pauses:
        begins += f", paused from {codes(rule.pauses)}"
    sides = {"medical_institutions": "医疗机构", "pharmacies": "零售药店"}
    about = "、".join(sides[each] for each in rule.about)
    if rule.everybody_if:
        about += "".join(f", all if {code(f'{k}={v}')}" for k, v in rule.everybody_if.items())
    return [
        f"[{rule.rule}](rules.md#{rule.rule})",
        f"{escaped(rule.title)} · {escaped(rule.title_en)}",
        length + (" (原则上)" if rule.principle else ""),
        " · ".join(MEANS[rule.means]),
        begins,
        code(rule.ends),
        next(ROLES[role].zh for role in ROLES if role == rule.who),
        about,
        _clauses((*rule.clauses, *(each.clause for each in rule.values))),
    ]


def _gates(source: Source) -> Iterator[str]:
    yield "## Services by stage (阶段与服务)"
    yield ""
    rows = (
        [
            f"[{rule.rule}](rules.md#{rule.rule})",
            f"{escaped(rule.title)} · {escaped(rule.title_en)}",
            codes(rule.values[-1].value.stages),
            codes(rule.values[-1].value.closed),
            "a recorded decision may open it" if rule.principle else "",
            _clauses(rule.clauses),
        ]
        for rule in source.rules.values()
        if isinstance(rule, ServiceGateRule) and rule.values[-1].value
    )
    yield from table(["rule", "what", "stages", "closed", "exception", "clauses"], rows)


def _elsewhere() -> Iterator[str]:
    yield "## Events outside the ledger"
    yield ""
    rows = ([code(name), escaped(why.zh), escaped(why.en)] for name, why in ELSEWHERE.items())
    yield from table(["event", "中文", "English"], rows)
