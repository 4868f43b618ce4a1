"""Codes that are right in form and belong to nobody."""

from __future__ import annotations

from dingdian.core.census.checks.identity import uscc_check_digits

ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def institution_code(letter: str, region: str, number: int) -> str:
    """A national institution code; the five digits start with 9 (示例).

    >>> institution_code("H", "210102", 1)
    'H21010290001'
    """
    return f"{letter}{region}{90000 + number:05d}"


def organisation_code(number: int) -> str:
    """A nine-character organisation code (GB 11714) with the invented head ``XX``.

    >>> organisation_code(1)
    'XX0000019'
    """
    body = f"XX{number:06d}"
    total = sum(int(c, 36) * w for c, w in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return body + "0123456789X0"[11 - total % 11 if total % 11 else 11]


def credit_code(region: str, number: int, *, public: bool) -> str:
    """A unified social credit code of a public institution (12…) or an enterprise (91…).

    >>> credit_code("210102", 1, public=False)[:16]
    '91210102XX000001'
    """
    body = ("12" if public else "91") + region + organisation_code(number)
    return body + uscc_check_digits([body])[0]
