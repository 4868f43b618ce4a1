"""The opening load: once for everybody, however many load at once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dingdian.actions.open_ledger import open_ledger
from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.chain import Mark
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.core.lifecycle.reading import cases_by_id
from dingdian.core.lifecycle.terms import Terms
from dingdian.storage.db.opening import create_ledger
from dingdian.storage.memory_ledger import MemoryLedger
from dingdian.storage.policy_yaml import shelf_for
from tests.reports.plans import sample_census

MARK = Mark("opening", "daxinganling", "sha256", dt.date(2026, 1, 1))
AT = dt.datetime(2026, 1, 1, 9, tzinfo=SHANGHAI)


def terms(place: str = "daxinganling") -> Terms:
    return Terms(*shelf_for(place))


def load(ledger, census, its):
    return open_ledger(ledger, census, its, known_at=AT, by="li", reason="期初")


def test_a_second_load_opens_nothing_again() -> None:
    ledger, census, its = MemoryLedger(MARK), sample_census("daxinganling"), terms()

    first, second = load(ledger, census, its), load(ledger, census, its)

    assert first.cases > 400
    assert (second.rows, second.cases) == (0, 0)


def test_two_loads_at_once_open_each_case_once(tmp_path: Path) -> None:
    ledger = create_ledger(f"sqlite:///{tmp_path / 'cases.db'}", MARK)
    census, its = sample_census("daxinganling"), terms()
    its.clocks(AT.date(), "pharmacies")

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(load, ledger, census, its) for _ in range(2)]
        opened = [each.result().cases for each in both]

    cases = cases_by_id(ledger.entries())
    assert sorted(opened) == [0, len(cases)]
    assert {len(entries) for entries in cases.values()} == {1}
    ledger.close()


def test_a_census_of_another_place_is_refused() -> None:
    ledger = MemoryLedger(MARK)

    with pytest.raises(RequestError) as refused:
        load(ledger, sample_census("daxinganling"), terms("shenyang"))

    assert [each.kind for each in refused.value.faults] == ["another_place"]
    assert ledger.head().entries == 0
