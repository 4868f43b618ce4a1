"""The panel of the sample: the evaluator has a case to score."""

import datetime as dt
from dataclasses import replace

from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT


def test_the_sample_has_experts_of_four_fields_and_a_case_for_its_evaluator(settings, signed_in):
    from dingdian.web.sample_panels import EXPERTS, make_panel

    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date(2026, 1, 15))
    panel = make_panel(DISTRICT)
    assert panel.seats.count() == 5
    assert {each.expert.field for each in panel.seats.all()} == set(EXPERTS)
    assert panel.drawn_on == dt.date(2026, 1, 15)
    page = signed_in(Role.EVALUATOR).get("/evaluations/").content.decode()
    assert panel.name in page
    assert "2026年4月8日" in page
