"""The fingerprint of a result depends on numbers and verdicts, and on nothing else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from dingdian.core.census import Selection
from dingdian.core.findings import Finding, Quota, State
from dingdian.core.fingerprint import result_fingerprint
from dingdian.core.workings import Figure, reason

DAY = dt.date(2026, 1, 1)
A = Figure("pharmacies.1", "pharmacies", "1", Fraction(274), "institution", "count")
B = A._replace(key="pharmacies.2", scope="2", value=None, why=reason("rows_unknown", unsure=3))
FINDING = Finding("cap", "1", State.KEPT, DAY, ("SY-07",), numbers=(("stock", A.key),))
QUOTA = Quota("pharmacies", "1", None, (), ("cap", "freeze"), None, "asked", "released", "stock")


def _print(figures: tuple[Figure, ...], finding: Finding = FINDING, quota: Quota = QUOTA) -> str:
    return result_fingerprint({each.key: each for each in figures}, (finding,), (quota,))


def test_order_origin_and_wording_do_not_touch_the_fingerprint() -> None:
    told = A._replace(selection=Selection("institutions"), detail=(("file", "台账.xlsx"),))
    quota = replace(QUOTA, binding=("freeze", "cap"))
    assert _print((A, B)) == _print((B, told), quota=quota)


def test_value_reason_and_verdict_do() -> None:
    base = _print((A, B))
    assert _print((A._replace(value=Fraction(273)), B)) != base
    assert _print((A, B._replace(why=reason("division_by_zero")))) != base
    assert _print((A, B), finding=replace(FINDING, state=State.BROKEN)) != base
    assert _print((A, B), quota=replace(QUOTA, key="quota_pharmacies.1")) != base
    assert _print((A,)) != base


def test_a_float_counts_to_twelve_digits() -> None:
    theil = A._replace(value=0.1438410362258904)
    assert _print((theil,)) == _print((theil._replace(value=0.14384103622589045),))
    assert _print((theil,)) != _print((theil._replace(value=0.143841037),))
