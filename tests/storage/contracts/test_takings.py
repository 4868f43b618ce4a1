"""Places of a year: counted while the ledger is held, in every storage; never one too many."""

import datetime as dt
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from dingdian.actions.change_stage import change_stage, change_stages
from dingdian.core.errors import RequestError, Text
from dingdian.core.lifecycle.chain import breaks
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.core.lifecycle.moving import Asked
from dingdian.core.lifecycle.places import Given, YearPlan
from dingdian.core.lifecycle.takings import takings
from tests.core.lifecycle.lives import terms

#: So many ask at once for so many places.
ASKING, PLACES = 50, 7
AT = dt.datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
CLERK = """
import sys
from concurrent.futures import ThreadPoolExecutor
from dingdian.storage.db.opening import open_ledger
from tests.storage.contracts.test_takings import ask

url, *cases = sys.argv[1:]
ledger = open_ledger(url, wait=120)
sys.stdin.readline()
with ThreadPoolExecutor(len(cases)) as pool:
    print(*pool.map(lambda case: ask(ledger, case), cases))
"""


def plans(amount=PLACES):
    name, at = Text("零售药店", "pharmacies"), Text("甲区", "District A")
    given = Given("pharmacies", ("",), "210102", amount, name, at, clauses=("SY-12",))
    return {2026: YearPlan(2026, "2026年度工作计划", (given,), {"210102": "210102"})}


def asked(case, move, day, **facts):
    role = "institution" if move in ("apply", "withdraw") else "agency"
    held = dt.date.fromisoformat(day)
    return Asked(case, move, held, AT, "li", role, documents=("文件",), facts=facts)


def qualified(case):
    about = {"name": case, "kind": "retail_pharmacy", "region": "210102"}
    yield asked(case, "apply", "2026-03-02", services="personal_account", **about)
    yield asked(case, "accept", "2026-03-03")
    yield asked(case, "pass_evaluation", "2026-03-20")


def allot(ledger, case, amount=PLACES):
    wanted = asked(case, "allot", "2026-03-23")
    return change_stage(ledger, wanted, terms(), plans=plans(amount))


def ask(ledger, case):
    """``given``, or the kinds of what was told."""
    try:
        allot(ledger, case)
    except RequestError as error:
        return ",".join(each.kind for each in error.faults)
    else:
        return "given"
    finally:
        getattr(ledger, "close", lambda: None)()


def waiting(ledger, cases=ASKING):
    names = [f"a-{number:02}" for number in range(cases)]
    change_stages(ledger, (each for name in names for each in qualified(name)), terms())
    return names


def of_year(ledger, year=2026):
    with ledger.writing() as desk:
        return desk.takings("pharmacies", year)


def sound(ledger):
    whole = not list(breaks(ledger.mark, ledger.stored()))
    return whole and getattr(ledger, "differing_cases", list)() == []


def test_every_storage_tells_what_was_taken_of_a_year(house):
    ledger = house.make()
    first, second, third = waiting(ledger, 3)
    assert of_year(ledger) == []
    for name in (third, first):
        allot(ledger, name)
    found = of_year(ledger)
    assert [(e.case, e.region, e.day, e.amount) for e in found] == [
        (name, "210102", dt.date(2026, 3, 23), 1) for name in (third, first)
    ]
    assert found == [e for name in (third, first) for e in takings(list(ledger.entries(name)))[:1]]
    assert of_year(ledger, 2025) == of_year(ledger, 2027) == []
    change_stage(ledger, asked(third, "withdraw", "2026-03-24"), terms())
    assert [e.case for e in of_year(ledger)] == [first]
    with ledger.writing() as desk:
        desk.append([_allotted(ledger, second, desk.head.entries + 1)])
        assert [e.case for e in desk.takings("pharmacies", 2026)] == [first, second]
    assert sound(ledger)


def _allotted(ledger, case, seq):
    last = list(ledger.entries(case))[-1]
    return replace(last, seq=seq, move="allot", source="qualified", known_at=AT)


def test_several_together_take_no_more_than_there_is_and_none_is_recorded(house):
    ledger = house.make()
    names = waiting(ledger, 4)
    wanted = [asked(name, "allot", "2026-03-23") for name in names]
    before = ledger.head()
    with pytest.raises(RequestError) as error:
        change_stages(ledger, wanted, terms(), plans=plans(2))
    assert [each.kind for each in error.value.faults] == ["no_place_left"] * 2
    assert error.value.faults[0].fields["cases"] == "a-00（13）、a-01（14）"
    assert ledger.head() == before
    changed = change_stages(ledger, wanted, terms(), plans=plans(4))
    assert len(changed.entries) == 4


def test_what_no_plan_says_is_noted_with_the_entry(house):
    ledger = house.make()
    (name,) = waiting(ledger, 1)
    changed = change_stage(ledger, asked(name, "allot", "2026-03-23"), terms(), plans={})
    assert changed.entries[0].remarks == ("plan_of_year_not_issued",)
    assert [each.kind for each in changed.faults] == ["plan_of_year_not_issued"]


def test_fifty_at_once_never_take_one_too_many(house):
    ledger = house.make(wait=120)
    names = waiting(ledger)
    together = Barrier(ASKING)

    def one(name):
        together.wait()
        return ask(ledger, name)

    with ThreadPoolExecutor(ASKING) as pool:
        told = list(pool.map(one, names))
    _exactly(ledger, names, told)


def _exactly(ledger, names, told):
    """As many were given as there are, every other one was told, and the chain holds."""
    assert sorted(set(told)) == ["given", "no_place_left"]
    assert told.count("given") == PLACES
    given = {name for name, what in zip(names, told, strict=True) if what == "given"}
    assert {each.case for each in of_year(ledger)} == given
    assert sound(ledger)


@pytest.mark.slow
def test_fifty_in_ten_processes_never_take_one_too_many(database):
    ledger = database.make(wait=120)
    names = waiting(ledger)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    parts = [names[at : at + 5] for at in range(0, ASKING, 5)]
    clerks = [
        subprocess.Popen([sys.executable, "-c", CLERK, database.url, *part], **pipes)
        for part in parts
    ]
    for each in clerks:  # all are there before the first may begin
        each.stdin.write("\n")
        each.stdin.flush()
    told = [word for each in clerks for word in each.communicate(timeout=240)[0].split()]
    assert [each.returncode for each in clerks] == [0] * len(clerks)
    _exactly(ledger, names, told)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger_taking WHERE case_name = 'a-01'",
        "UPDATE ledger_taking SET amount = 0 WHERE case_name = 'a-01'",
        "UPDATE ledger_taking SET region = '210103' WHERE case_name = 'a-01'",
        "UPDATE ledger_taking SET exempt = (1 = 1) WHERE case_name = 'a-01'",
    ],
)
def test_an_index_that_is_not_what_the_entries_say_is_found_and_mended(database, statement):
    ledger = database.make()
    for name in waiting(ledger, 2):
        allot(ledger, name)
    before = of_year(ledger)
    assert ledger.differing_cases() == []
    database.run(statement)
    assert ledger.differing_cases() == ["a-01"]
    ledger.rebuild_cases()
    assert ledger.differing_cases() == []
    assert of_year(ledger) == before


def test_a_ledger_of_the_release_before_gets_the_index_of_its_entries(database):
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    ledger = database.make()
    for name in waiting(ledger, 2):
        allot(ledger, name)
    before = of_year(ledger)
    MigrationExecutor(connections[ledger.alias]).migrate([("ledger", "0002_note")])
    MigrationExecutor(connections[ledger.alias]).migrate([("ledger", "0003_taking")])
    assert of_year(ledger) == before != []
    assert sound(ledger)
