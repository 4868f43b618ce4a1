"""What was advised apart from a plan, as the plan takes it along: goals with value, bound and gap.

``retain``, ``site``, ``move-beds`` and ``access`` write their answers as files. A plan that shows
them keeps the files beside it, because an answer that a clock cut short cannot be had again by
computing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from dingdian.core.digits import float_text
from dingdian.core.errors import Fault, RequestError, Text, fault
from dingdian.core.fingerprint import content_mark
from dingdian.core.indicators.circles import SERVED, Served
from dingdian.core.record import AdviceGoal, AdviceRecord, Named
from dingdian.core.retention.question import Aspect
from dingdian.core.solving import Ending, Status
from dingdian.reports.access import words as access
from dingdian.reports.siting import words as siting
from dingdian.reports.transfer import words as transfer
from dingdian.reports.words import answers
from dingdian.reports.words import retention as retention_words

Content = Mapping[str, Any]

#: What a file of each kind has, and no other.
_KNOWN_BY = MappingProxyType(
    {"retention": "caps", "siting": "circle", "transfer": "cells", "access": "catchment"}
)
#: What reading a file that anybody may have written can meet.
_GARBAGE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def read_advice(content: bytes, *, file: str) -> tuple[AdviceRecord, ...]:
    """What a file of advice says; ``file`` is where it is kept. What it holds tells its kind.

    Raises:
        RequestError: it is not such a file, not in a shape that is known, or it says something
            else than its mark was taken of.
    """
    try:
        told = json.loads(content)
        kind = _kind_of(told)
        marks = told["fingerprints"]
        whole = {
            "kind": kind,
            "file": file,
            "sha256": hashlib.sha256(content).hexdigest(),
            "engine": told["engine"],
            "year": told["year"] if "year" in told else int(told["days"]["rules"][:4]),
            "census": marks["census"],
            "shelf": marks["shelf"],
            "result": marks["result"],
        }
        mark, wanted = content_mark(told), marks.get("content", "")
        found = [AdviceRecord.model_validate({**whole, **part}) for part in _PARTS[kind](told)]
    except _GARBAGE as error:
        raise RequestError((no_advice(file),)) from error
    if mark != wanted:
        raise RequestError((fault("advice_changed" if wanted else "advice_unmarked", path=file),))
    return tuple(found)


def no_advice(path: str) -> Fault:
    """That a file is no advice, with the names of files that are."""
    return fault("advice_unreadable", path=path, known=", ".join(FILES))


def _kind_of(told: Content) -> str:
    for kind, name in _KNOWN_BY.items():
        if name in told:
            return kind
    raise ValueError(" | ".join(_KNOWN_BY))


def _named(text: Text) -> Named:
    return Named(zh=text.zh, en=text.en)


def _goals(
    goals: Iterable[Content],
    names: Mapping[str, Text],
    units: Mapping[str, Text],
    *,
    id: str,
    scale: Scale,
) -> Iterator[AdviceGoal]:
    for goal in goals:
        name = goal[id]
        parts = [names[each] for each in name.split("+")]
        yield AdviceGoal(
            zh=" + ".join(each.zh for each in parts),
            en=" + ".join(each.en for each in parts),
            unit=_named(units[name]) if name in units else None,
            value=scale(name, goal.get("value")),
            bound=scale(name, goal.get("bound")),
            gap=goal.get("gap"),
            proof=goal["proof"],
        )


Scale = Callable[[str, int | None], str | None]


def _whole(_name: str, value: int | None) -> str | None:
    return None if value is None else str(value)


def _proposed(answer: Content, number: int) -> int | None:
    return number if answer["status"] in (Status.OPTIMAL, Status.FEASIBLE) else None


def _retention(told: Content) -> Iterator[Content]:
    if not told["caps"]:
        yield {
            "subject": _named(retention_words.LINES["no_cap"]),
            "status": "no_cap",
            "ending": Ending.PROOF,
            "proposed": 0,
        }
    for cap in told["caps"]:
        subject = told["resources"][cap["resource"]]
        order = cap.get("order")
        if not order:
            yield {"subject": subject, "status": "not_asked", "ending": Ending.PROOF}
            continue
        answer = cap["orders"][order]["answer"]

        def scale(name: str, value: int | None, stock: int = cap.get("stock", 0)) -> str | None:
            parts: dict[str, int] = {Aspect.SCORE: 1000, Aspect.EVEN_SPREAD: max(stock, 1)}
            return None if value is None else str(Fraction(value, parts.get(name, 1)))

        if not cap.get("cap_key"):
            subject = {
                "zh": subject["zh"] + "（假设的上限）",
                "en": subject["en"] + " (assumed cap)",
            }
        yield {
            "subject": subject,
            "status": answer["status"],
            "ending": answer["ending"],
            "proposed": _proposed(answer, len(cap.get("going", ()))),
            "goals": tuple(
                _goals(
                    answer.get("goals", ()),
                    retention_words.ASPECTS,
                    retention_words.UNITS,
                    id="name",
                    scale=scale,
                )
            ),
        }


def _siting(told: Content) -> Iterator[Content]:
    served = SERVED[told["question"]["stock"]]
    answer = told["answer"]

    def scale(name: str, value: int | None) -> str | None:
        if value is None:
            return None
        return str(Fraction(value, 1000 if name in ("distance", "longest") else 1))

    yield {
        "subject": {"zh": served.zh, "en": served.en},
        "status": answer["status"],
        "ending": answer["ending"],
        "proposed": _proposed(answer, len(told["chosen"])),
        "goals": tuple(_goals(answer["goals"], siting.GOALS, siting.UNITS, id="name", scale=scale)),
    }


def _transfer(told: Content) -> Iterator[Content]:
    yield {
        "subject": {"zh": "医保床位", "en": "contracted beds"},
        "status": told["status"],
        "ending": told["ending"],
        "proposed": _proposed(told, sum(each["beds"] for each in told.get("moves", ()))),
        "goals": tuple(
            _goals(
                told.get("goals", ()),
                transfer.MEASURES,
                dict.fromkeys(transfer.MEASURES, Text("张", "beds"))
                | {"uneven": Text("张/10万人", "beds per 100,000 people")},
                id="measure",
                scale=_whole,
            )
        ),
    }


def _access(told: Content) -> Iterator[Content]:
    """Measures of the whole area: nothing is best, and so nothing is proved."""
    served, stock, whole = SERVED[told["stock"]["stock"]], told["stock"], told["areas"][0]
    per = access.PER[stock["unit"]]
    many = f"{stock['per']:,}"
    unit = Named(zh=per.zh.format(per=many), en=per.en.format(per=many))
    measures = [("none", Named(zh="人", en="people"), whole["none"])]
    means, tenths = whole.get("means", {}), whole.get("tenths", ())
    numbers = [means.get("enhanced"), *tenths[:2]]
    measures += [
        (name, unit, str(Fraction(float_text(number))))
        for name, number in zip(("mean", "tenth", "half"), numbers, strict=False)
        if number is not None
    ]
    yield {
        "subject": _measured(served, told["catchment"]["measured"]),
        "status": answers.MEASURED,
        "ending": Ending.PROOF,
        "goals": tuple(
            AdviceGoal(
                zh=access.PLANNED[name].zh,
                en=access.PLANNED[name].en,
                unit=unit,
                value=value,
                proof=answers.MEASURED,
            )
            for name, unit, value in measures
        ),
    }


def _measured(served: Served, along: str) -> Content:
    """Access to whom, with what it was measured along where that is no straight line."""
    if along == "straight":
        return {"zh": served.zh, "en": served.en}
    way = access.MEASURED[along]
    return {"zh": f"{served.zh}（{way.zh}）", "en": f"{served.en} ({way.en})"}


#: Kind -> its parts, each with a subject, what is known, and goals.
_PARTS: Mapping[str, Callable[[Content], Iterator[Content]]] = MappingProxyType(
    {"retention": _retention, "siting": _siting, "transfer": _transfer, "access": _access}
)
FILES = tuple(f"{kind}.json" for kind in _PARTS)
"""Advice that a plan takes along: who might stay, where the next might go, how beds might move."""
