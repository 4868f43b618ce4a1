"""How numbers are spelt: exactly for machines, rounded half up for readers."""

from __future__ import annotations

from fractions import Fraction

from dingdian.core.formulas import Value

#: A float is written with so many significant digits: its last bits differ between machines.
SIGNIFICANT = 12
#: How many places a number without places of its own may show.
NATURAL_PLACES = 4


def value_text(value: Value | None) -> str:
    """The one exact spelling of a value: ``7``, ``7/3``, ``~`` and a float, ``""`` if undefined.

    >>> value_text(Fraction(14, 6)), value_text(0.14384103622589), value_text(None)
    ('7/3', '~0.143841036226', '')
    """
    if value is None:
        return ""
    return f"~{float_text(value)}" if isinstance(value, float) else str(value)


def float_text(value: float) -> str:
    """A float with twelve significant digits."""
    return f"{value:.{SIGNIFICANT}g}"


def rounded(value: Value, places: int) -> str:
    """A value with exactly ``places`` decimals, rounded half up by size: ``-0.5`` gives ``-1``.

    A negative value keeps its sign even when all its digits round to 0, so that the sign of
    a difference is never lost. A float is rounded from its written digits.

    >>> rounded(Fraction(147, 8), 2), rounded(Fraction(-1, 2), 0), rounded(Fraction(-1, 999), 1)
    ('18.38', '-1', '-0.0')
    """
    exact = Fraction(float_text(value)) if isinstance(value, float) else value
    over, under = exact.as_integer_ratio()
    whole = (2 * abs(over) * 10**places + under) // (2 * under)
    digits = str(whole).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if over < 0 else text


def natural(value: Value) -> str:
    """A value with as many decimals as it needs, up to four.

    >>> natural(Fraction(17, 20)), natural(Fraction(3)), natural(Fraction(1, 3))
    ('0.85', '3', '0.3333')
    """
    text = rounded(value, NATURAL_PLACES)
    return text.rstrip("0").rstrip(".") if "." in text else text
