"""Decided rounds for the tests of reports: those of the samples."""

from __future__ import annotations

import datetime as dt
import functools

from dingdian.actions.decide_applications import Decided, decide_applications, open_hearing
from dingdian.actions.record_decisions import record_decisions
from dingdian.core.admission.contract import TABLES
from dingdian.core.admission.record import DecisionsRecord
from dingdian.core.admission.rounds import round_of
from dingdian.core.admission.words import item_words
from dingdian.core.census import table_from_rows
from dingdian.samples import SAMPLES
from dingdian.samples.rounds import ROUNDS
from dingdian.storage.policy_yaml import shelf_for
from tests.reports.plans import sample_census

DAY = dt.date(2026, 3, 20)


@functools.cache
def sample_decided(city: str) -> tuple[Decided, DecisionsRecord]:
    """The round of a sample, decided, and its record."""
    book, place = shelf_for(city)
    census = sample_census(city)
    rows = ROUNDS[city](SAMPLES[city](), 1)
    tables = {name: table_from_rows(TABLES[name], its) for name, its in rows.items()}
    found = round_of(tables, census, words=item_words(book.on(place, DAY)))
    day = found.decided_on or DAY
    hearing = open_hearing(census, book, place=place, year=2026, decided_on=day)
    decided = decide_applications(hearing, found)
    return decided, record_decisions(decided, engine="test")


def sample_decisions(city: str) -> DecisionsRecord:
    """The record of the round of a sample."""
    return sample_decided(city)[1]
