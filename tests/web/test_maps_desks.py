"""The desk of sites: one a process, made anew when the ledger or the day moves on."""

import datetime as dt
import threading

import pytest

from dingdian.web.maps import desks

KEY = desks.Key(dt.date(2026, 3, 2), 5, None)
NEXT = desks.Key(dt.date(2026, 3, 2), 6, None)


class Making:
    """Makes desks that are nothing but their key, and counts; may be held up, or fail."""

    def __init__(self):
        self.keys = []
        self.go = threading.Event()
        self.go.set()
        self.fails = False

    def ready(self):
        self.go.wait(10)

    def __call__(self, key):
        self.keys.append(key)
        if self.fails:
            raise OSError("away")
        return desks.Made(key, None, dt.datetime.now(dt.UTC), self)


@pytest.fixture
def making():
    return Making()


@pytest.fixture
def keeper(making, monkeypatch):
    monkeypatch.setattr(desks, "_LEAST", 0.0)
    monkeypatch.setattr(desks, "_RESTS", 0)
    return desks.Keeper(making)


def test_it_is_made_once_and_held(keeper, making):
    first = keeper.get(KEY)
    assert keeper.get(KEY) is first
    assert making.keys == [KEY]
    assert not first.behind


def test_the_old_one_answers_while_a_newer_one_is_made(keeper, making):
    keeper.get(KEY)
    making.go.clear()
    found = keeper.get(NEXT)
    assert (found.key, found.behind) == (KEY, True)
    assert keeper.get(NEXT).key == KEY
    making.go.set()
    keeper.settle()
    found = keeper.get(NEXT)
    assert (found.key, found.behind) == (NEXT, False)
    assert making.keys == [KEY, NEXT]


def test_fresh_is_never_behind(keeper, making):
    keeper.get(KEY)
    assert keeper.get(NEXT, fresh=True).key == NEXT


def test_one_that_cannot_be_made_leaves_the_old_one(keeper, making):
    keeper.get(KEY)
    making.fails = True
    keeper.get(NEXT)
    keeper.settle()
    found = keeper.get(NEXT)
    assert (found.key, found.behind) == (KEY, True)


def test_the_first_says_why_it_cannot_be_made(keeper, making):
    making.fails = True
    with pytest.raises(OSError, match="away"):
        keeper.get(KEY)


def test_many_at_once_make_one(keeper, making):
    found = []
    threads = [threading.Thread(target=lambda: found.append(keeper.get(KEY))) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({id(each) for each in found}) == 1
    assert making.keys == [KEY]


def test_after_one_was_made_none_is_made_for_a_while(making):
    keeper = desks.Keeper(making)
    keeper.get(KEY)
    assert keeper.get(NEXT).behind
    keeper.settle()
    assert making.keys == [KEY]


def test_the_desk_of_today(db):
    desks.KEEPER.forget()
    made = desks.site_desk()
    assert made.key == desks.wanted()
    assert made.key.entries > 0
    assert made.desk.basis.day == made.key.day
    assert made.desk.census.taken_on == made.key.day
    assert made.sheet.points() is made.sheet.points()
