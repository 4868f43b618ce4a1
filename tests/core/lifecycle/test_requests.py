"""What an institution asks for stays due until the office has answered it."""

from __future__ import annotations

import datetime as dt

import pytest

from dingdian.core.lifecycle.due import REQUEST, Urgency, due_of
from tests.core.lifecycle.lives import Life, in_force

DAY = dt.timedelta(1)


def waits(life: Life) -> list[tuple[str, str, Urgency]]:
    found = due_of(life.state, life.terms, life.state.last_day)
    return [(each.who, each.does, each.urgency) for each in found if each.rule == REQUEST]


@pytest.mark.clause("O2-42")
def test_a_request_to_resume_is_due_until_it_is_answered() -> None:
    life = in_force()
    on = life.state.last_day + DAY
    life.do("suspend_on_request", on, requested_on=on.isoformat())
    assert waits(life) == []
    life.do("request_resumption", on + DAY)
    assert waits(life) == [("agency", "resumed", Urgency.OPEN)]
    life.do("refuse_resumption", on + 2 * DAY)
    assert waits(life) == []
    life.do("request_resumption", on + 3 * DAY)
    life.do("resume", on + 4 * DAY)
    assert waits(life) == []


@pytest.mark.clause("O2-41")
def test_a_request_for_renewal_is_due_until_it_is_decided() -> None:
    life = in_force()
    life.do("request_renewal", life.state.last_day + DAY)
    assert waits(life) == [("agency", "agreement_renewed", Urgency.OPEN)]
    life.do("do_not_renew", life.state.last_day + DAY)
    assert waits(life) == []
