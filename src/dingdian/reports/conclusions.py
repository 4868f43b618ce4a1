"""Conclusions: what the plan says, in sentences whose numbers keep their figure keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dingdian.core.findings import State
from dingdian.core.record import FindingRecord, QuotaRecord, Record
from dingdian.core.workings import key_of
from dingdian.reports.annex.verdicts import by_rule, of_family
from dingdian.reports.causes import causes
from dingdian.reports.coverage import coverage
from dingdian.reports.told import Num, Part, Sentence, filled, in_a_list, part_text, sentence
from dingdian.reports.wording import Lang, Words
from dingdian.reports.words.sentences import (
    AT_END,
    BINDING,
    GROUPS,
    KEPT_FREE,
    MADE_OF,
    REST,
)

#: What the first sentence counts.
STOCK = ("resident", "insured", "medical_institutions", "pharmacies", "contracted_beds")
#: Numbers that a text may mean either way, and the reading that chooses between them.
TWO_WAYS = (
    ("bed_population", "beds_per_1000_resident", "beds_per_1000_insured"),
    (
        "pooled_fund_services",
        "pooling_or_mutual_aid_pharmacies",
        "any_pooled_service_pharmacies",
    ),
)
#: Roles of the numbers that show why a red line acts.
EVIDENCE = frozenset({"bed_use", "letters", "all"})
#: So many areas and causes of an undecided rule are named.
NAMED = 3


def conclusions(record: Record, lang: Lang = "zh") -> tuple[str, ...]:
    """The conclusions as plain text, one sentence each."""
    words = Words(record, lang)
    return tuple(each.text(words) for each in sentences(words))


def sentences(words: Words) -> tuple[Sentence, ...]:
    """All conclusions: red lines, places, what is over or under, what cannot be computed."""
    return tuple(each for group in _GROUPS for each in group(words))


# -- the stock --------------------------------------------------------------------


def _stock(words: Words) -> Iterator[Sentence]:
    """How many people, institutions and beds there are, where the record knows."""
    for whole in words.record.shown("whole"):
        keys = [key_of(measure, whole) for measure in STOCK]
        known = [key for key in keys if key in words.record.figures]
        items: list[list[Part]] = [
            [
                words.measure(words.record.figures[key].measure) + words.pick("", ": "),
                Num(key, prose=True),
            ]
            for key in known
        ]
        if items:
            area, listed = words.scope(whole), in_a_list(words, items)
            yield sentence(words, "stock", area=area, numbers=listed)


# -- red lines --------------------------------------------------------------------


def _red_lines(words: Words) -> Iterator[Sentence]:
    for found in by_rule(of_family(words, "red_line")).values():
        line, *triggers = found
        if line.state in (State.NOT_IN_FORCE, State.NOT_IMPLEMENTED):
            continue
        met = [_evidence(words, each) for each in triggers if each.state is State.BROKEN]
        unknown: list[list[Part]] = [
            [_trigger(words, each)] for each in triggers if each.state is State.UNDEFINED
        ]
        name, then = _line_and_consequence(words, line)
        yield sentence(
            words,
            _red_line_code(line, met=bool(met), unknown=bool(unknown)),
            line.state.value,
            line=name,
            then=then,
            triggers=in_a_list(words, met if line.state is State.BROKEN else unknown),
        )


def _red_line_code(line: FindingRecord, *, met: bool, unknown: bool) -> str:
    """The sentence of a red line by its state; what a decision started has met no trigger."""
    if line.state is State.BROKEN:
        return "red_line_met" if met else "red_line_on"
    if line.state is State.KEPT:
        return "red_line_off"
    return "red_line_unknown" if unknown else "red_line_open"


def _line_and_consequence(words: Words, line: FindingRecord) -> tuple[str, str]:
    """The name of a red line and what follows from it, which its title may say already."""
    title = words.rule(line.rule)
    name, colon, tail = title.partition(words.pick("：", ": "))
    reason = line.note or line.why
    if colon and line.state in (State.BROKEN, State.KEPT, State.UNDEFINED):
        return name, tail
    said = words.details(reason).get("consequence") if reason else ""
    return title, said or words.why(reason) or words.state(line)


def _evidence(words: Words, finding: FindingRecord) -> list[Part]:
    """A trigger with the number that shows it, and the one required where there is one."""
    numbers = dict(finding.numbers)
    shown = next((key for role, key in numbers.items() if role in EVIDENCE), None)
    if shown is None:
        return [_trigger(words, finding)]
    found: list[Part] = [_trigger(words, finding) + words.pick("（", " ("), Num(shown)]
    if "required" in numbers:
        found += [words.pick("，要求", ", required "), Num(numbers["required"])]
    return [*found, words.pick("）", ")")]


def _trigger(words: Words, finding: FindingRecord) -> str:
    trigger = finding.note.details.get("trigger", "") if finding.note else ""
    return words.term("trigger", trigger) if trigger else words.state(finding)


# -- places -----------------------------------------------------------------------


def _places(words: Words) -> Iterator[Sentence]:
    by_resource: dict[str, list[QuotaRecord]] = {}
    for quota in words.record.quotas:
        by_resource.setdefault(quota.resource, []).append(quota)
    without: list[str] = []
    none: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for resource, quotas in by_resource.items():
        whole = _whole_quota(words, quotas)
        if all(each.key is None for each in quotas):
            without.append(words.handed_out(resource))
        elif whole.key and words.record.figures[whole.key].value == "0":
            none.setdefault(_binding(quotas), []).append((resource, whole.key))
        else:
            yield _resource(words, resource, quotas)
    for rules, zeros in none.items():
        items: list[list[Part]] = [
            [words.handed_out(resource) + words.pick("", " "), Num(key)] for resource, key in zeros
        ]
        listed, by = in_a_list(words, items), _bound(words, rules)
        yield sentence(words, "no_places", "broken", year=_year(words), resources=listed, by=by)
    if without:
        yield sentence(words, "unnumbered", resources=words.join(without))


def _year(words: Words) -> str:
    return str(words.record.year)


def _whole_quota(words: Words, quotas: list[QuotaRecord]) -> QuotaRecord:
    scopes = words.record.scopes
    return next((e for e in quotas if scopes[e.scope].level == "whole"), quotas[0])


def _binding(quotas: list[QuotaRecord]) -> tuple[str, ...]:
    """The rules that bind the whole area, else those that bind every district, else any."""
    rows = [each.binding for each in quotas[1:]]
    rules = tuple(dict.fromkeys(rule for row in rows for rule in row))
    common = tuple(rule for rule in rules if all(rule in row for row in rows))
    return quotas[0].binding or common or rules


def _bound(words: Words, rules: tuple[str, ...]) -> str:
    named = words.join([words.quoted(words.rule(rule)) for rule in rules])
    return words.say(BINDING, rules=named) if named else ""


def _resource(words: Words, resource: str, quotas: list[QuotaRecord]) -> Sentence:
    figures, whole = words.record.figures, _whole_quota(words, quotas)
    name, year = words.handed_out(resource), _year(words)
    if whole.key is None:
        return sentence(words, "places_by_district", resource=name, year=year)
    if figures[whole.key].value is None:
        why = words.pick("；", "; ").join(causes(words, whole.key, short=True))
        return sentence(words, "places_undefined", "undefined", resource=name, year=year, why=why)
    shares: list[list[Part]] = [
        [words.scope(each.scope) + words.pick("", " "), Num(each.key, unit=False)]
        for each in quotas
        if each is not whole and each.key and figures[each.key].value not in (None, "0")
    ]
    return sentence(
        words,
        _code_of_places(quotas, whole, shared=bool(shares)),
        "kept",
        resource=name,
        year=year,
        total=Num(whole.key),
        districts=in_a_list(words, shares),
        by=_bound(words, whole.binding),
        rest=words.say(REST),
    )


def _code_of_places(quotas: list[QuotaRecord], whole: QuotaRecord, *, shared: bool) -> str:
    """The sentence for the places of a resource: some, all or none of its districts numbered."""
    districts = [each for each in quotas if each is not whole]
    if districts and all(each.key is None for each in districts):
        return "places_unshared"
    if any(each.key is None for each in districts):
        return "places_at_most" if shared else "places_limit"
    return "places" if shared else "places_whole"


# -- over and under ---------------------------------------------------------------


def _whole(
    words: Words, findings: list[FindingRecord], *, also: State = State.KEPT
) -> list[FindingRecord]:
    """The findings of the whole area that have a verdict, or ``also`` another state."""
    scopes = words.record.scopes
    return [
        each
        for each in findings
        if each.scope in scopes
        and scopes[each.scope].level == "whole"
        and each.state in (State.KEPT, State.BROKEN, also)
    ]


def _benchmarks(words: Words) -> Iterator[Sentence]:
    figures = words.record.figures
    for each in _whole(words, of_family(words, "benchmark")):
        numbers = dict(each.numbers)
        excess = figures[numbers["excess"]].number
        side = "over" if excess and excess > 0 else "under" if excess else "at"
        named = words.benchmark(figures[numbers["benchmark"]].measure.removeprefix("benchmark."))
        yield sentence(
            words,
            f"{side}_benchmark",
            each.state.value,
            area=words.scope(each.scope),
            measure=words.measure(figures[numbers["measure"]].measure),
            value=Num(numbers["measure"]),
            benchmark=named,
            limit=Num(numbers["benchmark"], unit=False),
            excess=Num(numbers["excess"], unit=False, size=True),
        )


def _stocks(words: Words) -> Iterator[Sentence]:
    held = [*of_family(words, "stock_cap"), *of_family(words, "freeze")]
    for each in _whole(words, held):
        numbers = dict(each.numbers)
        limit = numbers.get("cap") or numbers.get("base")
        if "stock" not in numbers or limit is None:
            continue
        over = each.state is State.BROKEN
        extra = numbers.get("excess") if over else numbers.get("room")
        code = ("over_cap" if over else "under_cap") if extra else "at_cap"
        yield sentence(
            words,
            code,
            each.state.value,
            rule=words.rule(each.rule),
            stock=Num(numbers["stock"]),
            limit=Num(limit),
            extra=Num(extra) if extra else "",
            made=_made_of(words, numbers),
            kept=_kept_free(words, each),
        )


def _made_of(words: Words, numbers: dict[str, str]) -> list[Part]:
    """The year, stock and share that a limit was made of, as far as the finding names them."""
    base = numbers.get("base")
    if base is None:
        return []
    measure = words.record.figures[base].measure
    year = measure.rsplit(".", 1)[-1] if measure.startswith("history.") else ""
    if "share" not in numbers:
        return [words.say(AT_END, year=year)] if year else []
    parts: dict[str, Part | list[Part]] = {
        "year": year or str(words.record.stock_day.year),
        "base": Num(base),
        "share": Num(numbers["share"]),
    }
    return filled(words, MADE_OF, parts)


def _kept_free(words: Words, finding: FindingRecord) -> list[Part]:
    """The part of the room that the beds managed apart may take; empty where there is none."""
    key = key_of(f"kept_free.{finding.rule}", finding.scope)
    figure = words.record.figures.get(key)
    if figure is None or not figure.number:
        return []
    return filled(words, KEPT_FREE, {"kept": Num(key)})


def _two_ways(words: Words) -> Iterator[Sentence]:
    """What comes out either way where a text contradicts itself: neither number is hidden."""
    for whole in words.record.shown("whole"):
        for reading, *measures in TWO_WAYS:
            figures = {
                key: words.record.figures.get(key) for key in (key_of(m, whole) for m in measures)
            }
            values = {figure.value for figure in figures.values() if figure and figure.value}
            if len(values) < len(measures) or reading not in words.record.readings:
                continue
            items: list[list[Part]] = [
                [words.measure(figure.measure) + words.pick("", ": "), Num(key)]
                for key, figure in figures.items()
                if figure
            ]
            chosen = words.chosen(reading)
            listed = in_a_list(words, items)
            yield sentence(
                words, "two_ways", area=words.scope(whole), numbers=listed, chosen=chosen
            )


def _structure(words: Words) -> Iterator[Sentence]:
    for each in _whole(words, of_family(words, "structure"), also=State.NOTED):
        numbers = dict(each.numbers)
        parts = [role.removeprefix("share:") for role in numbers if role.startswith("share:")]
        items: list[list[Part]] = [
            [
                words.short(part) + words.pick("", " "),
                Num(numbers[f"share:{part}"]),
                words.pick("（目标", " (target "),
                Num(numbers[f"target:{part}"]),
                words.pick("）", ")"),
            ]
            for part in parts
        ]
        rule, listed = words.rule(each.rule), in_a_list(words, items)
        area = words.scope(each.scope)
        yield sentence(words, "structure", each.state.value, rule=rule, area=area, parts=listed)


def _equity(words: Words) -> Iterator[Sentence]:
    signs: dict[int, list[str]] = {1: [], -1: []}
    for district in words.record.shown("county"):
        figure = words.record.figures.get(key_of("hrad_sign", district))
        value = figure.number if figure else None
        if value is not None and value != 0:
            signs[1 if value > 0 else -1].append(words.scope(district))
    if signs[1] or signs[-1]:
        more, less = (words.join(each) or "—" for each in (signs[1], signs[-1]))
        yield sentence(words, "equity", more=more, less=less)


def _minimums(words: Words) -> Iterator[Sentence]:
    for rule, found in by_rule(of_family(words, "minimum")).items():
        short = [
            each
            for each in found
            if each.state in (State.BROKEN, State.NOTED)
            and (key := dict(each.numbers).get("shortage"))
            and words.record.figures[key].value not in (None, "0")
        ]
        if short:
            items: list[list[Part]] = [
                [
                    words.scope(e.scope) + words.pick("", " "),
                    Num(dict(e.numbers)["shortage"], unit=words.lang == "zh"),
                ]
                for e in short
            ]
            state, listed = short[0].state, in_a_list(words, items)
            code = "encouraged" if state is State.NOTED else "shortage"
            yield sentence(words, code, state.value, rule=words.rule(rule), districts=listed)


# -- what is open -----------------------------------------------------------------


def _undefined(words: Words) -> Iterator[Sentence]:
    """Findings that could not be decided, by rule, with the first causes."""
    found = [f for f in words.record.findings if f.state is State.UNDEFINED]
    for rule, each in by_rule(found).items():
        keys = [key for f in each for _, key in f.numbers]
        undefined = [key for key in keys if words.record.figures[key].value is None]
        said = [cause for key in undefined for cause in causes(words, key, short=True)]
        said = said or [words.why(f.why) for f in each if f.why]
        scopes = list(dict.fromkeys(words.scope(f.scope) for f in each))
        more = "" if len(scopes) <= NAMED else words.pick("等", " and others")
        yield sentence(
            words,
            "undefined",
            "undefined",
            rule=words.rule(rule),
            areas=words.join(scopes[:NAMED]) + more,
            why=words.pick("；", "; ").join(list(dict.fromkeys(said))[:NAMED]),
        )


def _open(words: Words) -> Iterator[Sentence]:
    record = words.record
    readings = [words.name(each) for each in record.readings.values() if each.chosen is None]
    if readings:
        yield sentence(words, "open_readings", "unclear", readings=words.join(readings))
    later = [f for f in record.findings if f.state is State.NOT_IMPLEMENTED]
    if later:
        yield sentence(words, "later", "not_implemented", n=str(len({f.rule for f in later})))


_GROUPS: tuple[Callable[[Words], Iterator[Sentence]], ...] = (
    _stock,
    _red_lines,
    _places,
    _stocks,
    _benchmarks,
    _two_ways,
    _structure,
    _equity,
    _minimums,
    coverage,
    _undefined,
    _open,
)

__all__ = ["GROUPS", "Num", "Sentence", "conclusions", "part_text", "sentences"]
