"""The assessment of the sample office: its scores as far as the rehearsed day has them."""

import datetime as dt
from dataclasses import replace

from dingdian.web.assessments.models import Campaign
from dingdian.web.rights import Role


def test_the_sample_is_assessed_on_the_day_that_it_rehearses(
    sample_ledger, user, settings, work, whole_place
):
    from dingdian.web import sample_assessment

    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date(2026, 1, 15))
    assessor = user(Role.SUPERVISOR)
    assessor.username = sample_assessment.ASSESSOR
    assessor.save()
    sample_assessment.make_assessment(sample_ledger)
    work()
    version = Campaign.objects.get().versions.get()
    assert version.state == "assessed", version.groups
    assert version.day == dt.date(2026, 1, 15)
    assert version.counts["inside"] >= 3
    states = {
        step["step"]: step["state"]
        for each in version.results.filter(bottom="in")
        for step in each.record["steps"]
    }
    assert states["interview"] == "lacking"  # nobody is heard yet
