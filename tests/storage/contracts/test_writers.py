"""Several writers: one at a time, none lost, none half-done, whoever is killed."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from dingdian.core.errors import RequestError
from dingdian.core.lifecycle.chain import breaks
from tests.storage.contracts.houses import append, entry

WRITER = """
import sys
from dingdian.storage.db.opening import open_ledger
from tests.storage.contracts.houses import entry

url, name, times = sys.argv[1:]
ledger = open_ledger(url)
for n in range(int(times)):
    with ledger.writing() as desk:
        desk.append([entry(desk.head.entries + 1, name), entry(desk.head.entries + 2, name)])
    print(desk.head.entries, flush=True)
"""


def writer(url, name, times):
    """A process that appends two entries at a time and says the number of the last."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, url, name, str(times)], stdout=subprocess.PIPE, text=True
    )


def sound(ledger):
    return not list(breaks(ledger.mark, ledger.stored()))


def test_two_threads_take_turns(house):
    ledger = house.make()
    together = Barrier(2)

    def write(name):
        together.wait()
        for _ in range(25):
            with ledger.writing() as desk:
                desk.append([entry(desk.head.entries + 1, name)])
        getattr(ledger, "close", lambda: None)()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ["one", "two"]))
    assert ledger.head().entries == 50
    assert sound(ledger)
    assert [len(list(ledger.entries(name))) for name in ("one", "two")] == [25, 25]


def test_who_waits_too_long_is_told(house):
    ledger = house.make()
    append(ledger, entry(1))
    other = house.enter(wait=0.2)

    def write():
        try:
            append(other, entry(2))
        finally:
            getattr(other, "close", lambda: None)()

    with ThreadPoolExecutor(1) as pool, ledger.writing():
        with pytest.raises(RequestError) as error:
            pool.submit(write).result()
        assert [each.kind for each in error.value.faults] == ["ledger_busy"]
        assert error.value.faults[0].fields == {"seconds": "0.2"}
    assert append(other, entry(2)).entries == 2


def test_one_reads_while_another_writes(house):
    ledger = house.make()
    append(ledger, entry(1))
    with ThreadPoolExecutor(1) as pool, ledger.writing() as desk:
        desk.append([entry(2)])

        def read():
            try:
                return [each.seq for each in ledger.stored()]
            finally:
                getattr(ledger, "close", lambda: None)()

        assert pool.submit(read).result() == [1]


def test_two_processes_take_turns(database):
    ledger = database.make()
    writers = [writer(database.url, name, 20) for name in ("one", "two")]
    said = [each.communicate(timeout=120)[0].split() for each in writers]
    assert [each.returncode for each in writers] == [0, 0]
    assert sorted(int(each) for each in said[0] + said[1]) == list(range(2, 81, 2))
    assert ledger.head().entries == 80
    assert sound(ledger)
    assert ledger.differing_cases() == []


@pytest.mark.parametrize("after", [1, 7, 40])
def test_what_was_acknowledged_survives_a_killed_writer(database, after):
    ledger = database.make()
    process = writer(database.url, "killed", 100_000)
    said = [int(process.stdout.readline()) for _ in range(after)]
    process.send_signal(signal.SIGKILL)
    said += [int(line) for line in process.stdout.read().split("\n")[:-1]]
    process.wait()
    process.stdout.close()
    acknowledged = said[-1]
    there = ledger.head().entries
    assert there in (acknowledged, acknowledged + 2)  # the last may be kept and not yet told
    assert sound(ledger)
    assert ledger.differing_cases() == []
    assert append(ledger, entry(there + 1)).entries == there + 1


def test_a_desk_within_a_transaction_of_someone_else_is_refused(database):
    from django.db.transaction import atomic

    ledger = database.make()
    with pytest.raises(RuntimeError), atomic(using=ledger.alias):
        append(ledger, entry(1))
    assert ledger.head().entries == 0
