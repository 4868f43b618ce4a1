"""The shelf: open it, check it, show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dingdian.core.errors import ShelfError

if TYPE_CHECKING:
    from dingdian.core.policy import PlaceCard, PolicyBook, Rule
    from dingdian.core.policy.cases import Case
    from dingdian.reports.wording import Lang


def opened(policy: str) -> tuple[PolicyBook, str]:
    """The book that a policy's name or folder stands for, and the place in it.

    Raises:
        RequestError: no such policy.
        ShelfError: every fault of the shelf.
    """
    from dingdian.storage.policy_yaml import shelf_for

    return shelf_for(policy)


def write_copy(policy: str, folder: Path) -> None:
    """Write the files of a policy's shelf to a fresh folder: they read back as the same.

    Raises:
        OSError: the folder cannot be written.
    """
    from dingdian.storage.policy_yaml import shelf_files

    for name, content in shelf_files(policy):
        copy = folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(content)


def cases(policy: str) -> Mapping[str, tuple[Case, ...]]:
    """The worked cases of a policy's layers, by the folder that they stand in.

    Raises:
        RequestError: no such policy.
        ShelfError: a case is malformed.
    """
    from dingdian.storage.policy_yaml import cases_for

    return cases_for(policy)


def card(policy: str) -> PlaceCard:
    """The card of the policy's place."""
    book, place = opened(policy)
    return book.layers[place].card


def rules(policy: str) -> Iterator[Rule]:
    """Every rule of the layers of the policy's place, the highest layer first."""
    book, place = opened(policy)
    for name in book.layers[place].card.layers:
        yield from book.layers[name].rules


def check_policy(policy: str | None, *, lang: Lang) -> Iterator[str]:
    """Check a shelf: lines that say that it may be used.

    Raises:
        RequestError: no such policy.
        ShelfError: every fault of the shelf, in one list.
    """
    from dingdian.actions.check_policy import KnownIds
    from dingdian.actions.check_policy import check_policy as check
    from dingdian.core.indicators import MEASURES
    from dingdian.storage.policy_yaml import shelf_for, shipped_places

    prefix = "released_"
    resources = [name.removeprefix(prefix) for name in MEASURES if name.startswith(prefix)]
    known = KnownIds(measures=MEASURES, resources=resources)
    for name in [policy] if policy else shipped_places():
        faults = check(partial(_book, name), known)
        if faults:
            raise ShelfError(faults)
        book, place = shelf_for(name)
        yield _usable(book, place, lang)


def _book(policy: str) -> PolicyBook:
    return opened(policy)[0]


def _usable(book: PolicyBook, place: str, lang: Lang) -> str:
    layers = [book.layers[name] for name in book.layers[place].card.layers]
    clauses, rules, readings = (
        sum(len(getattr(layer, part)) for layer in layers)
        for part in ("clauses", "rules", "readings")
    )
    counted = {
        "zh": f"没有问题；条款 {clauses}，规则 {rules}，口径 {readings}，指纹",
        "en": f"no fault; {clauses} clauses, {rules} rules, {readings} readings, fingerprint",
    }
    return f"{place}: {counted[lang]} {book.fingerprint}"


def show_policy(policy: str, day: dt.date, *, lang: Lang) -> Iterator[str]:
    """What is in force on ``day``, clause by clause, and the calendar, as lines of text.

    Raises:
        RequestError: no such policy.
        NotInForceError: the day lies outside the validity of the plan.
    """
    from dingdian.actions.show_policy import show_calendar
    from dingdian.actions.show_policy import show_policy as rows
    from dingdian.reports.policy_text import calendar_lines, policy_lines

    book, place = opened(policy)
    yield from policy_lines(rows(book, place, day), lang)
    yield from calendar_lines(show_calendar(book, place), lang)
