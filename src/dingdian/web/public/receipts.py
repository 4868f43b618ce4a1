"""Numbers that people keep: receipts and codes of a survey, each with a sign that checks it.

They are of digits and capital letters without I, O, S, V and Z. The last sign makes a weighted sum
divisible by 31, as in GB 32100-2015: one wrong sign, or two neighbours exchanged, are noticed.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid

from dingdian.core.census.checks.identity import ALPHABET

#: Signs of a receipt and of a code of a survey, with the one that checks.
RECEIPT, CODE = 16, 12
_BASE = len(ALPHABET)
_GROUP = 4


def receipt_of(public_id: uuid.UUID) -> str:
    """The receipt of what somebody sent: it follows from its id and cannot be guessed.

    >>> receipt_of(uuid.UUID("3f2a91bc-0000-4000-8000-000000000000"))
    '91B6-0NYE-WWQC-D862'
    """
    left, signs = public_id.int, []
    for _ in range(RECEIPT - 1):
        left, at = divmod(left, _BASE)
        signs.append(ALPHABET[at])
    return grouped(with_check("".join(signs)))


def fresh_code() -> str:
    """A new code of a survey."""
    return with_check("".join(secrets.choice(ALPHABET) for _ in range(CODE - 1)))


def with_check(body: str) -> str:
    """A number with the sign that checks it.

    >>> with_check("91B60NYEWWQCD86")
    '91B60NYEWWQCD862'
    """
    total = sum(ALPHABET.index(each) * pow(3, at, _BASE) for at, each in enumerate(body))
    last = -total * pow(pow(3, len(body), _BASE), -1, _BASE) % _BASE
    return body + ALPHABET[last]


def plain(typed: str) -> str:
    """A number as people type it, without blanks and dashes, in capitals.

    >>> plain(" 91b6-0nye wwqc-d862 ")
    '91B60NYEWWQCD862'
    """
    return "".join(typed.split()).replace("-", "").replace("－", "").upper()


def is_sound(number: str, length: int) -> bool:
    """Whether a plain number has its length, its signs and the sign that checks it.

    >>> is_sound("91B60NYEWWQCD862", 16), is_sound("91B60NYEWWQCD863", 16)
    (True, False)
    >>> is_sound("19B60NYEWWQCD862", 16), is_sound("91B6", 16)
    (False, False)
    """
    fits = len(number) == length and set(number) <= set(ALPHABET)
    return fits and with_check(number[:-1]) == number


def grouped(number: str) -> str:
    """A number in groups of four.

    >>> grouped("91B60NYEWWQCD862")
    '91B6-0NYE-WWQC-D862'
    """
    return "-".join(number[at : at + _GROUP] for at in range(0, len(number), _GROUP))


def digest(number: str) -> str:
    """What an edition knows a number by: who has no number cannot find what belongs to it.

    >>> digest("91B60NYEWWQCD862")[:12]
    'ca20bc423a5b'
    """
    return hashlib.sha256(plain(number).encode()).hexdigest()
