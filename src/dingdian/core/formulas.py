"""Every formula by which a number is made from other numbers, in one register.

A figure of a plan names its formula and the keys of its inputs, so that anyone can
recompute it from plan.json alone: ``FORMULAS[figure.formula].compute(inputs)``.
Inputs arrive by role, in the order given. All formulas are exact except those that take
logarithms or roots (``exact`` false), which no verdict may rest on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

Value = Fraction | float
Inputs = Mapping[str, Fraction]


class UndefinedError(ValueError):
    """A formula has no value for these inputs: ``args[0]`` is a reason code of ``workings``."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula: how it is written, how it is computed, and as a live cell of a workbook.

    ``text`` uses the role names; ``cell`` is a template of an Excel formula with the roles
    as fields, empty where a reader is better served by the value. ``many`` formulas take any
    number of inputs.
    """

    text: str
    compute: Callable[[Inputs], Value]
    cell: str = ""
    exact: bool = True
    many: bool = False


def _over(a: Fraction, b: Fraction) -> Fraction:
    if b == 0:
        raise UndefinedError("division_by_zero")
    return a / b


def _pairs(inputs: Inputs) -> list[tuple[Fraction, Fraction]]:
    """Split roles ``x:<id>`` and ``y:<id>`` into pairs of the same id."""
    return [
        (value, inputs["y:" + role.removeprefix("x:")])
        for role, value in inputs.items()
        if role.startswith("x:")
    ]


def gini(inputs: Inputs) -> Fraction:
    """Gini coefficient of resource ``y`` over base ``x`` (people or area), by region.

    Regions in ascending order of y per x; G = 1 - sum (X_k - X_{k-1})(Y_k + Y_{k-1}) over the
    cumulated shares. 0 is even, towards 1 uneven. Exact. Regions without base and resource
    are left out; a base of 0 with a resource counts as infinitely rich.

    Raises:
        UndefinedError: the sum of x or of y is 0.

    >>> gini({"x:a": Fraction(1), "y:a": Fraction(1), "x:b": Fraction(1), "y:b": Fraction(3)})
    Fraction(1, 4)
    """
    pairs = [(x, y) for x, y in _pairs(inputs) if x or y]
    pairs.sort(key=lambda pair: (pair[0] == 0, pair[1] / pair[0] if pair[0] else Fraction(0)))
    base, resource = sum(x for x, _ in pairs), sum(y for _, y in pairs)
    if not base or not resource:
        raise UndefinedError("division_by_zero")
    total, below = Fraction(0), Fraction(0)
    for x, y in pairs:
        share = y / resource
        total += (x / base) * (2 * below + share)
        below += share
    return 1 - total


def theil(inputs: Inputs) -> float:
    """Theil index T = sum (P_i/P) ln((P_i/P) / (R_i/R)), people ``x``, resource ``y``.

    Natural logarithm, always; many Chinese papers print log10 (divide by ln 10). A region
    with people and no resource makes the logarithm infinite: undefined, never dropped.

    Raises:
        UndefinedError: a region has people but no resource, or a sum is 0.

    >>> one, three = Fraction(1), Fraction(3)
    >>> round(theil({"x:a": one, "y:a": one, "x:b": one, "y:b": three}), 6)
    0.143841
    """
    pairs = _pairs(inputs)
    people, resource = sum(x for x, _ in pairs), sum(y for _, y in pairs)
    if not people or not resource:
        raise UndefinedError("division_by_zero")
    if any(x and not y for x, y in pairs):
        raise UndefinedError("log_of_zero")
    total = math.fsum(
        float(x / people) * math.log((x / people) / (y / resource)) for x, y in pairs if x
    )
    return max(0.0, total)  # never below 0 but by the rounding of logarithms


def weighted_sum(inputs: Inputs) -> Fraction:
    """Sum of x times y over the pairs."""
    return sum((x * y for x, y in _pairs(inputs)), Fraction(0))


def where_none(inputs: Inputs) -> Fraction:
    """Sum of y over the pairs whose x is 0.

    >>> where_none({"x:a": Fraction(0), "y:a": Fraction(7), "x:b": Fraction(1), "y:b": Fraction(5)})
    Fraction(7, 1)
    """
    return sum((y for x, y in _pairs(inputs) if x == 0), Fraction(0))


def _theil_within(inputs: Inputs) -> float:
    """Sum of group Theil indices ``y`` weighted by the groups' share ``x`` of the people."""
    pairs = _pairs(inputs)
    people = sum(x for x, _ in pairs)
    if not people:
        raise UndefinedError("division_by_zero")
    return math.fsum(float(x / people) * float(y) for x, y in pairs)


def largest_remainder(total: int, weights: Mapping[str, Fraction]) -> dict[str, int]:
    """Share ``total`` whole places out by weight: whole parts, then the largest remainders.

    Ties go to the identifier that sorts first; the parts sum to the total. With all weights
    0 nobody can be preferred and nothing is shared out.

    Raises:
        ValueError: a negative total or weight.

    >>> largest_remainder(5, {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)})
    {'a': 2, 'b': 2, 'c': 1}
    """
    if total < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("nothing negative can be shared out")
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        return dict.fromkeys(weights, 0)
    exact = {key: total * weight / whole for key, weight in weights.items()}
    parts = {key: math.floor(value) for key, value in exact.items()}
    left = total - sum(parts.values())
    for key in sorted(exact, key=lambda k: (parts[k] - exact[k], k))[:left]:
        parts[key] += 1
    return parts


def _shared_out(inputs: Inputs) -> Fraction:
    """The part of the one scope whose role begins with ``own:``, of ``t`` shared by all weights."""
    weights = {role.split(":", 1)[1]: value for role, value in inputs.items() if ":" in role}
    own = next(role for role in inputs if role.startswith("own:"))
    total = inputs["t"]
    if total.denominator != 1 or total < 0 or any(weight < 0 for weight in weights.values()):
        raise UndefinedError("not_whole_places")
    return Fraction(largest_remainder(int(total), weights)[own.removeprefix("own:")])


def _counts(inputs: Inputs) -> list[Fraction]:
    return [value for role, value in inputs.items() if role.startswith("x:")]


def nested_shortage(inputs: Inputs) -> Fraction:
    """The most that an own minimum lacks, or all that the regions below (``x:``) lack, if more.

    0 where nothing is lacking at all.

    >>> nested_shortage({"rule": Fraction(2), "x:a": Fraction(1), "x:b": Fraction(2)})
    Fraction(3, 1)
    """
    own = [value for role, value in inputs.items() if not role.startswith("x:")]
    return max([sum(_counts(inputs), Fraction(0)), *own])


def bed_days(inputs: Inputs) -> Fraction:
    """Bed-days a year, sum of people ``n`` x admissions per 1,000 ``h`` x mean stay ``l`` in days.

    Roles ``n:<group>``, ``h:<group>``, ``l:<group>``; the groups do not overlap.

    >>> bed_days({"n:all": Fraction(335600), "h:all": Fraction(200), "l:all": Fraction(9)})
    Fraction(604080, 1)
    """
    groups = [role.removeprefix("n:") for role in inputs if role.startswith("n:")]
    return sum(
        (inputs[f"n:{each}"] * inputs[f"h:{each}"] / 1000 * inputs[f"l:{each}"] for each in groups),
        Fraction(0),
    )


def _rounded(how: Callable[[Fraction], int]) -> Callable[[Inputs], Value]:
    return lambda given: Fraction(how(given["a"] * given["s"]))


def half_up(value: Fraction) -> int:
    """Round to the nearest whole number, halves up."""
    return math.floor(value + Fraction(1, 2))


#: Reading ``rounding`` -> the formula that turns a share of a stock into whole places.
ROUNDED_SHARE: Mapping[str, str] = MappingProxyType(
    {"down": "share_down", "up": "share_up", "half_up": "share_half_up"}
)

FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "same": Formula("a", lambda g: g["a"], "={a}"),
        "sum": Formula("Σ", lambda g: sum(g.values(), Fraction(0)), many=True),
        "difference": Formula("a − b", lambda g: g["a"] - g["b"], "={a}-{b}"),
        "difference_not_below_zero": Formula(
            "max(0, a − b)", lambda g: max(Fraction(0), g["a"] - g["b"]), "=MAX(0,{a}-{b})"
        ),
        "ratio": Formula("a ÷ b × k", lambda g: _over(g["a"], g["b"]) * g["k"], "={a}/{b}*{k}"),
        "share": Formula("a ÷ b", lambda g: _over(g["a"], g["b"]), "={a}/{b}"),
        "growth": Formula("a ÷ b − 1", lambda g: _over(g["a"], g["b"]) - 1, "={a}/{b}-1"),
        "product": Formula("a × s", lambda g: g["a"] * g["s"], "={a}*{s}"),
        "rescaled": Formula("a × r ÷ b", lambda g: _over(g["a"] * g["r"], g["b"]), "={a}*{r}/{b}"),
        "share_down": Formula("⌊a × s⌋", _rounded(math.floor), "=FLOOR({a}*{s},1)"),
        "share_up": Formula("⌈a × s⌉", _rounded(math.ceil), "=CEILING({a}*{s},1)"),
        "share_half_up": Formula("⌊a × s + ½⌋", _rounded(half_up), "=FLOOR({a}*{s}+0.5,1)"),
        "remainder": Formula("a × s − q", lambda g: g["a"] * g["s"] - g["q"], "={a}*{s}-{q}"),
        "shared_out": Formula("t · w ÷ Σw, largest remainder", _shared_out, many=True),
        "units_short": Formula(
            "#{x < m}", lambda g: Fraction(sum(x < g["m"] for x in _counts(g))), many=True
        ),
        "shortage": Formula(
            "Σ max(0, m − x)",
            lambda g: sum((max(Fraction(0), g["m"] - x) for x in _counts(g)), Fraction(0)),
            many=True,
        ),
        "nested_shortage": Formula("max(o, Σ x)", nested_shortage, many=True),
        "where_none": Formula("Σ y{x = 0}", where_none, many=True),
        "minimum": Formula("min", lambda g: min(g.values()), many=True),
        "maximum": Formula("max", lambda g: max(g.values()), many=True),
        "hrad": Formula(
            "(r ÷ R) ÷ (s ÷ S)",
            lambda g: _over(_over(g["r"], g["R"]), _over(g["s"], g["S"])),
            "=({r}/{R})/({s}/{S})",
        ),
        "cross_difference": Formula("r × P − R × p", lambda g: g["r"] * g["P"] - g["R"] * g["p"]),
        "gini": Formula("1 − Σ(Xk − Xk₋₁)(Yk + Yk₋₁)", gini, many=True),
        "theil": Formula("Σ (p/P)·ln((p/P)/(r/R))", theil, exact=False, many=True),
        "theil_within": Formula("Σ (Pg/P)·Tg", _theil_within, exact=False, many=True),
        "weighted_sum": Formula("Σ x·y", weighted_sum, many=True),
        "beds_from_days": Formula(
            "d ÷ (365 × u)", lambda g: _over(g["d"], 365 * g["u"]), "={d}/(365*{u})"
        ),
        "beds_from_fund": Formula(
            "b ÷ (c × 365 × u)",
            lambda g: _over(g["b"], g["c"] * 365 * g["u"]),
            "={b}/({c}*365*{u})",
        ),
        "bed_days": Formula("Σ n × h ÷ 1000 × l", bed_days, many=True),
        "net_days": Formula(
            "d − (1 − ρ)·o + i",
            lambda g: g["d"] - (1 - g["ρ"]) * g["o"] + g["i"],
            "={d}-(1-{ρ})*{o}+{i}",
        ),
    }
)
