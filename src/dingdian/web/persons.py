"""Personal data: in full for whom it is meant, masked for others, blanked when its time is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dingdian.web.rights import Right

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from dingdian.web.accounts.models import User

_STAR = "*"
#: Letters that a number may hold beside its digits.
_IN_NUMBERS = set("0123456789Xx+-() ")


def masked_name(name: str) -> str:
    """The name of a person with its first letter only; one of a single letter shows none.

    >>> masked_name("张三丰"), masked_name("李四"), masked_name("王"), masked_name("")
    ('张**', '李*', '*', '')
    """
    name = name.strip()
    return name[:1] + _STAR * (len(name) - 1) if len(name) > 1 else _STAR * len(name)


def masked_number(number: str) -> str:
    """The number of a card or a telephone: the first three and the last two signs of a long one.

    Of a short one the first stays, of one of up to three signs none.

    >>> masked_number("232761199001011234"), masked_number("13812345678")
    ('232*************34', '138******78')
    >>> masked_number("1234567"), masked_number("123"), masked_number("")
    ('1******', '***', '')
    """
    number = number.strip()
    if len(number) >= 8:
        return f"{number[:3]}{_STAR * (len(number) - 5)}{number[-2:]}"
    kept = 1 if len(number) > 3 else 0
    return number[:kept] + _STAR * (len(number) - kept)


def masked_contact(contact: str) -> str:
    """A way to reach somebody: a telephone as a number, of an e-mail its first letter and place.

    >>> masked_contact("13812345678"), masked_contact("zhang.san@example.cn")
    ('138******78', 'z********@example.cn')
    >>> masked_contact("wechat-zhang"), masked_contact("")
    ('w***********', '')
    """
    contact = contact.strip()
    if set(contact) <= _IN_NUMBERS:
        return masked_number(contact)
    whose, at, place = contact.rpartition("@")
    return masked_name(whose) + at + place if at and whose else masked_name(contact)


#: How a kind of personal data is masked.
MASKS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"name": masked_name, "number": masked_number, "contact": masked_contact}
)


def sees(user: User | AnonymousUser | None, district: str | None) -> bool:
    """Whether somebody sees persons of a district unmasked; ``""``: of none in particular."""
    may = getattr(user, "may", None)
    return may is not None and may(Right.SEE_PERSONS, district or "")


def shown(
    user: User | AnonymousUser | None, value: str | None, how: str, district: str | None
) -> str:
    """A personal value as a user may see it: in full, or masked as ``MASKS`` says.

    Args:
        user: who looks; a visitor sees it masked.
        value: the value; ``None`` shows as nothing.
        how: ``name``, ``number`` or ``contact``.
        district: the county-level region that it belongs to; none: only those whose right holds
            everywhere see it.
    """
    mask, text = MASKS[how], value or ""
    return text if sees(user, district) else mask(text)


# -- retention -------------------------------------------------------------------------

#: What blanks one kind of personal data that was taken in before a moment; returns how many rows.
Blank = Callable[[dt.datetime], int]
#: Kind of data -> what blanks it. Filled by ``blank_after``.
BLANKS: dict[str, Blank] = {}


def blank_after(kind: str) -> Callable[[Blank], Blank]:
    """Register what blanks a kind of data; it stands in the ``retention`` module of its area.

    It is given a moment, blanks what was taken in before it and is not blank yet, keeps the rest
    of the row, and returns the number of rows that it changed.
    """

    def register(does: Blank) -> Blank:
        BLANKS[kind] = does
        return does

    return register


def blank_old(now: dt.datetime, days: int) -> dict[str, int]:
    """Blank all personal data older than so many days; kind -> rows, also noted in the journal.

    The public site has no journal.
    """
    from django.conf import settings
    from django.db import transaction
    from django.utils.module_loading import autodiscover_modules

    from dingdian.web import bureau

    autodiscover_modules("retention")
    before = now - dt.timedelta(days=days)
    with transaction.atomic():
        made = {kind: does(before) for kind, does in sorted(BLANKS.items())}
        if settings.IS_BUREAU and any(made.values()):
            counts: dict[str, Any] = {kind: rows for kind, rows in made.items() if rows}
            bureau.note(None, "persons", "persons.blank", before=before.date(), **counts)
    return made
