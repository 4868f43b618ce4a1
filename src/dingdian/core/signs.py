"""Signs that no document may hold: XML 1.0 has no place for them, so that Word cannot be written.

What people type comes from anywhere; a text with such a sign is refused where somebody can be told,
and loses it where nobody can.
"""

from __future__ import annotations

import re

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def is_fit(text: str) -> bool:
    r"""Whether a document may hold every sign of a text.

    >>> is_fit("多行\n文字"), is_fit("a\x0bb"), is_fit("a\uffff"), is_fit("a\ufffe")
    (True, False, False, False)
    """
    return _UNFIT.search(text) is None


def fit(text: str) -> str:
    r"""The text without the signs that no document may hold.

    >>> fit("a\x0bb\uffffc\ufffe")
    'abc'
    """
    return _UNFIT.sub("", text)
