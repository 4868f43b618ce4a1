"""What is appended is read back byte for byte, in order, whole or not at all."""

import datetime as dt
from dataclasses import replace

import pytest

from dingdian.core.lifecycle.chain import Head, breaks, start
from dingdian.core.lifecycle.entry import SHANGHAI, body_of
from tests.storage.contracts.houses import MARK, NOON, append, entry

ODD = "“引号” 'x' \"y\" \\ \n\t %s {0} \u2028 \x00 \U0002070e — ; DROP TABLE ledger_entry; --"


def test_an_empty_ledger(house):
    ledger = house.make()
    assert ledger.mark == MARK
    assert ledger.head() == Head(0, start(MARK))
    assert list(ledger.stored()) == []
    assert list(ledger.entries()) == []
    assert list(ledger.entries("a-1")) == []
    assert ledger.census(dt.date(2026, 1, 1)) is None
    assert list(breaks(ledger.mark, ledger.stored())) == []
    with ledger.writing() as desk:
        assert desk.head == Head(0, start(MARK))
        assert desk.last_known_at is None
        assert desk.entries("a-1") == []
        assert desk.cases_of("P1") == []


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_entries_come_back_byte_for_byte(house, algorithm):
    ledger = house.make(replace(MARK, algorithm=algorithm))
    given = [
        entry(1),
        entry(2, "b-“2”"),
        entry(3, reason=ODD, documents=("沈医保〔2026〕1号",), facts={"name": ODD, "level": ""}),
        entry(4, remarks=("late",), known_at=dt.datetime(2026, 3, 2, 13, 0, tzinfo=dt.UTC)),
    ]
    head = append(ledger, *given)
    again = house.enter()
    stored = list(again.stored())
    assert [each.body for each in stored] == [body_of(each) for each in given]
    assert [each.case for each in stored] == ["a-1", "b-“2”", "a-1", "a-1"]
    assert list(again.entries()) == given
    assert list(again.entries("a-1")) == [given[0], given[2], given[3]]
    assert [each.seq for each in again.stored(3)] == [3, 4]
    assert [each.seq for each in again.stored(0)] == [1, 2, 3, 4]
    assert again.head() == head == Head(4, stored[-1].digest)
    assert again.mark == replace(MARK, algorithm=algorithm)
    assert list(breaks(again.mark, again.stored(), heads=[head])) == []


@pytest.mark.parametrize("numbers", [(2,), (0,), (1, 1), (1, 3), (2, 1)])
def test_entries_numbered_otherwise_are_refused(house, numbers):
    ledger = house.make()
    with pytest.raises(ValueError, match="cannot follow"):
        append(ledger, *(entry(number) for number in numbers))
    assert ledger.head().entries == 0


def test_what_is_appended_is_seen_at_the_desk_at_once(house):
    ledger = house.make()
    append(ledger, entry(1, "old", facts={"institution": "P1"}))
    with ledger.writing() as desk:
        assert desk.last_known_at == NOON + dt.timedelta(seconds=1)
        desk.append([entry(2, "new", facts={"institution": "P1"}), entry(3, "old")])
        assert [each.seq for each in desk.entries("old")] == [1, 3]
        assert [each.seq for each in desk.entries("new")] == [2]
        assert desk.cases_of("P1") == ["old", "new"]
        assert desk.head.entries == 3
        assert desk.last_known_at == NOON + dt.timedelta(seconds=3)
        assert desk.last_known_at.utcoffset() == SHANGHAI.utcoffset(None)
        desk.append([])
        assert desk.head.entries == 3
        assert desk.append([entry(4, "new")]) == desk.head
    assert house.enter().head().entries == 4


def test_an_error_at_the_desk_leaves_nothing(house):
    ledger = house.make()
    before = append(ledger, entry(1))

    def fail_half_way():
        with ledger.writing() as desk:
            desk.append([entry(2, "gone", facts={"institution": "P9"})])
            desk.append([entry(3, "a-1", facts={"institution": "P9"})])
            raise KeyError("half-way")

    with pytest.raises(KeyError):
        fail_half_way()
    with pytest.raises(ValueError, match="entry 4 cannot follow entry 2"):
        append(ledger, entry(2), entry(4))
    again = house.enter()
    assert again.head() == before
    assert list(again.entries("gone")) == []
    with again.writing() as desk:
        assert desk.cases_of("P9") == []
        assert desk.append([entry(2)]).entries == 2


def test_cases_stand_in_the_order_of_their_first_entry(house):
    ledger = house.make()
    append(
        ledger,
        entry(1, "z"),
        entry(2, "m", facts={"institution": "P1"}),
        entry(3, "a", facts={"institution": "P1"}),
        entry(4, "z", facts={"institution": "P1"}),
        entry(5, "m", facts={"institution": "P2"}),
        entry(6, "a", facts={"institution": "P1"}),
    )
    with ledger.writing() as desk:
        assert desk.cases_of("P1") == ["z", "m", "a"]  # m named it once
        assert desk.cases_of("P2") == ["m"]
        assert desk.cases_of("") == []
        assert desk.cases_of("p1") == []


def test_a_load_of_many_entries_at_once(house):
    ledger = house.make()
    given = [entry(n, f"c-{n % 700}", facts={"institution": f"P{n % 700}"}) for n in range(1, 2101)]
    head = append(ledger, *given)
    assert head.entries == 2100
    assert list(ledger.entries("c-9")) == [given[8], given[708], given[1408]]
    assert list(breaks(ledger.mark, ledger.stored(), heads=[head])) == []
    with ledger.writing() as desk:
        assert desk.cases_of("P9") == ["c-9"]
