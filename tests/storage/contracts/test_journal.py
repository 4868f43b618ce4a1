"""The journal: chained like the ledger, only added to, one writer at a time."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from dingdian.core.journal import Note, body_of, journal_mark, note_of
from dingdian.core.lifecycle import chain
from dingdian.core.lifecycle.entry import SHANGHAI

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)


def note(subject="plan:1", act="plan.made", **more):
    return Note(0, subject, act, AT, "lin", "planner", **more)


@pytest.fixture
def journal(database):
    from dingdian.storage.db.journal import DbJournal

    ledger = database.make()
    return DbJournal(ledger.mark, ledger.alias, ledger.shown)


def broken(journal):
    found = chain.breaks(journal_mark(journal.mark), journal.stored())
    return [(each.kind, each.seq) for each in found]


def test_notes_are_numbered_and_read_back_as_written(journal):
    first = journal.add(note(facts={"version": "3", "为何": "“引号”\n"}, region="210102"))
    second = journal.add(note("user:wang", "user.made"))
    assert (first.seq, second.seq) == (1, 2)
    assert journal.notes("plan:1") == [first]
    assert note_of(body_of(first)) == first
    assert broken(journal) == []
    assert journal.head().entries == 2


def test_a_changed_note_and_one_cut_out_are_found(journal, database):
    for number in range(4):
        journal.add(note(facts={"n": str(number)}))
    database.run('UPDATE ledger_note SET body = replace(body, \'"n":"1"\', \'"n":"9"\')')
    assert broken(journal) == [("changed", 2)]
    database.run("DELETE FROM ledger_note WHERE seq = 3")
    assert ("gap", 3) in broken(journal)


def test_the_journal_of_one_ledger_is_not_that_of_another(journal):
    journal.add(note())
    other = chain.breaks(chain.Mark("x/journal", "shenyang", "sha256", AT.date()), journal.stored())
    assert [each.kind for each in other] == ["changed"]


def test_a_note_can_be_neither_changed_nor_deleted(journal):
    from dingdian.storage.db import models

    journal.add(note())
    with pytest.raises(TypeError):
        models.Note.objects.using(journal.alias).update(act="x")
    with pytest.raises(TypeError):
        models.Note.objects.using(journal.alias).get().delete()


def test_eight_at_once_leave_no_gap(journal):
    from django.db import connections

    def write(number):
        try:
            return journal.add(note(facts={"n": str(number)})).seq
        finally:
            connections[journal.alias].close()

    with ThreadPoolExecutor(8) as pool:
        numbers = sorted(pool.map(write, range(40)))
    assert numbers == list(range(1, 41))
    assert broken(journal) == []


def test_a_note_falls_with_the_deed_it_tells(journal):
    from django.db import transaction

    def broken_off():
        with transaction.atomic(using=journal.alias):
            journal.add(note())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken_off()
    assert journal.head().entries == 0
