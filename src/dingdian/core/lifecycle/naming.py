"""What moves, stages and roles are called in the details of a fault, in both languages."""

from __future__ import annotations

from collections.abc import Iterable

from dingdian.core.census.vocabulary import SERVICES
from dingdian.core.errors import Fault, Text
from dingdian.core.lifecycle.facts import FACTS
from dingdian.core.lifecycle.moves import MOVES, ROLES, Role
from dingdian.core.lifecycle.stages import STAGES, Stage
from dingdian.core.lifecycle.state import PHARMACIES


def told(kind: str, /, **details: object) -> Fault:
    """A fault of no file: of a move, or of a ledger."""
    return Fault(kind, details=tuple(details.items()))


def said_move(move: str) -> dict[str, object]:
    """The details ``move`` and ``move_zh``."""
    return {"move": MOVES[move].name.en, "move_zh": MOVES[move].name.zh}


def said_stage(stage: Stage) -> dict[str, object]:
    """The details ``stage`` and ``stage_zh``."""
    return {"stage": STAGES[stage].name.en, "stage_zh": STAGES[stage].name.zh}


def said_role(role: str, key: str = "role") -> dict[str, object]:
    """The details ``role`` and ``role_zh``, under another key where one is given."""
    name = ROLES[Role(role)]
    return {key: name.en, f"{key}_zh": name.zh}


def said_service(service: str) -> dict[str, object]:
    """The details ``service`` and ``service_zh``."""
    return {"service": SERVICES[service].en, "service_zh": SERVICES[service].zh}


def said_side(side: str) -> dict[str, object]:
    """The details ``side`` and ``side_zh``."""
    if side == PHARMACIES:
        return {"side": "pharmacies", "side_zh": "零售药店"}
    return {"side": "medical institutions", "side_zh": "医疗机构"}


def said_fact(fact: str) -> dict[str, object]:
    """The details ``fact`` and ``fact_zh``."""
    return {"fact": FACTS[fact].name.en, "fact_zh": FACTS[fact].name.zh}


def joined(names: Iterable[Text], key: str) -> dict[str, object]:
    """Several names under a key and its ``_zh``."""
    found = list(names)
    return {key: ", ".join(n.en for n in found), f"{key}_zh": "、".join(n.zh for n in found)}


def said_provisional(*, provisional: bool) -> dict[str, object]:
    """What follows a day that rests on a calendar not yet published."""
    return {
        "provisional_zh": "，暂定" if provisional else "",
        "provisional": ", provisional" if provisional else "",
    }
