"""Sets of applicants as the bits of a number: bit ``n`` is applicant ``n``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def bits(mask: int) -> Iterator[int]:
    """The members of a set, rising.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def piece(within: int, near: Sequence[int]) -> int:
    """Those of a set that hang together with its first member.

    ``near``: for each applicant those near it, each way.

    >>> bin(piece(0b1011, [0b0010, 0b0101, 0b1010, 0b0100]))
    '0b11'
    """
    found = border = within & -within
    while border:
        reached = 0
        for at in bits(border):
            reached |= near[at]
        border = reached & within & ~found
        found |= border
    return found


def pieces(near: Sequence[int]) -> Iterator[int]:
    """All applicants 0 … n-1 in pieces that do not hang together, by their first member."""
    left = (1 << len(near)) - 1
    while left:
        found = piece(left, near)
        left &= ~found
        yield found
