"""A step is written once, by one; who comes second is told; what is refused leaves no trace."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from dingdian.core.dossier.stages import Stage
from dingdian.core.errors import RequestError
from dingdian.core.journal import journal_mark
from dingdian.core.lifecycle import chain
from tests.dossiers import WAY, Way


def refused(take, *args, **more):
    with pytest.raises(RequestError) as caught:
        take(*args, **more)
    return [each.kind for each in caught.value.faults]


def test_the_note_holds_what_was_stated_and_which_version():
    way = Way()
    way.take("open_consultation")
    (note,) = way.journal.notes("plan:1")
    assert (note.act, note.by, note.seq) == ("dossier.open_consultation", "lin", 1)
    assert note.facts["fingerprint"] == "result1"
    assert note.facts["manifest"] == "files1"
    assert note.facts["stage_before"] == "drafting"
    assert note.facts["through"] == "2026-03-30"


def test_who_comes_second_is_told_what_the_first_did():
    way = Way().walk("open_consultation")
    way.take("close_consultation", seen=1)
    with pytest.raises(RequestError) as caught:
        way.take("close_consultation", seen=1)
    (fault,) = caught.value.faults
    assert fault.kind == "plan_moved_on"
    assert fault.fields["step_zh"] == "结束征求意见"
    assert fault.fields["by"] == "lin"


def test_of_many_at_once_one_is_first():
    way = Way().walk(*WAY[:6])

    def attempt(_):
        try:
            way.take("issue", seen=6)
        except RequestError as error:
            return error.faults[0].kind
        return "issued"

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(attempt, range(8)))
    assert found == ["issued"] + ["plan_moved_on"] * 7
    assert way.state.stage is Stage.ISSUED
    assert list(chain.breaks(journal_mark(way.journal.mark), way.journal.stored())) == []


def test_what_is_refused_is_not_written_and_all_reasons_are_told():
    way = Way()
    found = refused(way.take, "open_consultation", through=3, audiences="expert", on=2)
    assert found == ["consultation_short", "consultation_audience", "consultation_late"]
    assert way.journal.notes("plan:1") == []


def test_what_ends_in_the_middle_leaves_nothing():
    way = Way().walk("open_consultation")

    def cut_off():
        with way.journal.writing():
            way.take("close_consultation")
            raise OSError("power")

    with pytest.raises(OSError, match="power"):
        cut_off()
    assert way.state.last == 1
