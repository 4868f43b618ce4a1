"""The plans and consultations that go out, as the areas of plans and their procedure keep them."""

from __future__ import annotations

import datetime as dt

from dingdian.web.public.published import Consultation, IssuedPlan


def issued_plans() -> tuple[IssuedPlan, ...]:
    """The plans that are issued, each with its papers."""
    return ()


def consultations(day: dt.date) -> tuple[Consultation, ...]:
    """The consultations that have begun by a day, open and closed."""
    del day
    return ()
