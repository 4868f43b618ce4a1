"""The chain of the ledger: what is stored reads back, and every tampering is found."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingdian.core.faults import KINDS
from dingdian.core.lifecycle.chain import (
    ALGORITHMS,
    BREAKS,
    Break,
    Head,
    Mark,
    Stored,
    breaks,
    link,
    start,
)
from dingdian.core.lifecycle.entry import SHANGHAI, Entry, body_of, case_prefix, entry_of

DAY = dt.date(2026, 3, 1)
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
ENTRIES = st.builds(
    Entry,
    seq=st.integers(1, 10**9),
    case=TEXT,
    move=TEXT,
    source=TEXT,
    target=TEXT,
    held_on=st.dates(dt.date(1949, 10, 1)),
    known_at=st.integers(0, 3 * 10**9).map(lambda s: dt.datetime.fromtimestamp(s, SHANGHAI)),
    by=TEXT,
    role=TEXT,
    clauses=TEXTS,
    reason=TEXT,
    documents=TEXTS,
    facts=st.dictionaries(TEXT, TEXT, max_size=3),
    remarks=TEXTS,
)


@given(ENTRIES)
def test_an_entry_reads_back_from_its_text(entry: Entry) -> None:
    body = body_of(entry)
    assert entry_of(body) == entry
    assert body_of(entry_of(body)) == body
    assert body.startswith(case_prefix(entry.case))
    assert body.encode().decode() == body


@given(ENTRIES, TEXT)
def test_only_its_own_case_begins_a_text(entry: Entry, other: str) -> None:
    assert body_of(entry).startswith(case_prefix(other)) is (other == entry.case)


@given(ENTRIES)
def test_the_order_in_which_facts_were_stated_is_no_matter(entry: Entry) -> None:
    turned = replace(entry, facts=dict(reversed(entry.facts.items())))
    assert body_of(turned) == body_of(entry)


@given(st.lists(ENTRIES, min_size=2, max_size=2, unique_by=body_of))
def test_two_entries_have_two_texts(entries: list[Entry]) -> None:
    assert body_of(entries[0]) != body_of(entries[1])


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "{}", "3", '{"version":2}', '{"version":"1"}', '{"version":1}']
)
def test_what_is_no_entry_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        entry_of(body)


def mark(algorithm: str = "sha256", **its: str) -> Mark:
    return replace(Mark("沈阳-1", "shenyang", algorithm, DAY), **its)


def ledger(of: Mark, n: int = 6) -> list[Stored]:
    """A sound chain of two cases in turn."""
    found: list[Stored] = []
    before = start(of)
    for seq in range(1, n + 1):
        case = f"件{seq % 2}"
        at = dt.datetime(2026, 3, 1, 9, 0, seq, tzinfo=SHANGHAI)
        body = body_of(
            Entry(seq, case, "interview", "in_force", "in_force", DAY, at, "李", "agency")
        )
        before = link(of.algorithm, before, body)
        found.append(Stored(seq, case, body, before))
    return found


@pytest.fixture(params=sorted(ALGORITHMS))
def its_mark(request: pytest.FixtureRequest) -> Mark:
    return mark(request.param)


def found(of: Mark, entries: list[Stored], *heads: Head) -> list[Break]:
    return list(breaks(of, entries, heads=heads))


def test_a_sound_chain_has_no_break(its_mark: Mark) -> None:
    whole = ledger(its_mark)
    heads = [Head(each.seq, each.digest) for each in whole]
    assert found(its_mark, whole, Head(0, start(its_mark)), *heads) == []
    assert found(its_mark, []) == []


def test_the_digests_are_those_of_the_algorithm() -> None:
    of = mark()
    first = ledger(of)[0]
    begun = hashlib.sha256(of.text().encode()).digest()
    assert first.digest == hashlib.sha256(begun + first.body.encode()).hexdigest()
    assert len(ledger(mark("sm3"))[0].digest) == 64
    assert ledger(mark("sm3"))[0].digest != first.digest


def test_sm3_is_that_of_the_standard() -> None:
    """GM/T 0004-2012, example 1: the digest of "abc"."""
    digest = ALGORITHMS["sm3"](b"abc").hexdigest()
    assert digest == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_one_letter_changed(its_mark: Mark) -> None:
    for at in range(6):
        entries = ledger(its_mark)
        body = entries[at].body.replace("李", "王")
        entries[at] = replace(entries[at], body=body)
        assert found(its_mark, entries) == [Break("changed", at + 1)]


def test_a_body_and_its_digest_changed_together(its_mark: Mark) -> None:
    entries = ledger(its_mark)
    body = entries[2].body.replace("李", "王")
    digest = link(its_mark.algorithm, entries[1].digest, body)
    entries[2] = replace(entries[2], body=body, digest=digest)
    assert found(its_mark, entries) == [Break("changed", 4)]


@pytest.mark.parametrize("digest", ["", "zz", "0" * 64, "abc"])
def test_a_digest_changed(its_mark: Mark, digest: str) -> None:
    entries = ledger(its_mark)
    entries[2] = replace(entries[2], digest=digest)
    assert found(its_mark, entries) == [Break("changed", 3), Break("changed", 4)]


def test_an_entry_taken_out(its_mark: Mark) -> None:
    entries = ledger(its_mark)
    del entries[2]
    assert found(its_mark, entries) == [Break("gap", 3), Break("changed", 4)]


def test_the_first_entry_taken_out(its_mark: Mark) -> None:
    assert found(its_mark, ledger(its_mark)[1:])[0] == Break("gap", 1)


def test_entries_put_in_another_order_or_twice(its_mark: Mark) -> None:
    entries = ledger(its_mark)
    entries[1], entries[2] = entries[2], entries[1]
    assert {each.kind for each in found(its_mark, entries)} == {"gap", "changed"}
    twice = ledger(its_mark)
    twice.insert(3, twice[2])
    assert found(its_mark, twice)[0] == Break("gap", 4)


def test_an_entry_moved_to_another_case(its_mark: Mark) -> None:
    entries = ledger(its_mark)
    entries[2] = replace(entries[2], case="件0")
    assert found(its_mark, entries) == [Break("wrong_case", 3)]


def test_the_end_cut_off_shows_only_against_a_head(its_mark: Mark) -> None:
    whole = ledger(its_mark)
    head = Head(6, whole[-1].digest)
    assert found(its_mark, whole[:4]) == []
    assert found(its_mark, whole[:4], head) == [Break("shortened", 4)]
    assert found(its_mark, [], head) == [Break("shortened", 0)]


def test_everything_written_anew_shows_against_a_head(its_mark: Mark) -> None:
    other = ledger(replace(its_mark, id="另一个"))
    head = Head(3, ledger(its_mark)[2].digest)
    found_here = found(replace(its_mark, id="另一个"), other, head)
    assert found_here == [Break("other_history", 3)]
    empty = Head(0, start(its_mark))
    assert found(replace(its_mark, id="另一个"), other, empty) == [Break("other_history", 0)]


def test_the_entries_of_one_ledger_are_not_those_of_another(its_mark: Mark) -> None:
    for other in (
        replace(its_mark, place="daxinganling"),
        replace(its_mark, opened_on=DAY + dt.timedelta(1)),
    ):
        assert found(other, ledger(its_mark))[0] == Break("changed", 1)


def test_every_break_is_told_and_said() -> None:
    entries = ledger(mark())
    for at in (1, 4):
        entries[at] = replace(entries[at], body=entries[at].body.replace("李", "王"))
    assert found(mark(), entries) == [Break("changed", 2), Break("changed", 5)]
    for kind in BREAKS:
        assert KINDS[f"ledger_{kind}"].what.zh.format(seq=1)
