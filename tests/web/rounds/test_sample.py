"""The round of the sample system: applicants of one district, decided and not entered."""

import datetime as dt
from dataclasses import replace

from dingdian.storage.db.models import Entry
from dingdian.web.sample_rounds import make_round
from tests.web.conftest import DISTRICT


def test_the_sample_has_a_round_that_is_decided_on_the_day_that_it_rehearses(
    issued, sample_ledger, settings, work
):
    settings.CONFIG = replace(settings.CONFIG, rehearsal_day=dt.date(2026, 1, 15))
    before = Entry.objects.count()
    row = make_round(sample_ledger, DISTRICT)
    assert (row.state, row.day) == ("decided", dt.date(2026, 1, 15))
    assert row.districts == [DISTRICT]
    assert row.applicants > 0
    assert Entry.objects.count() == before
