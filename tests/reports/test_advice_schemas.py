"""What retain, site and move-beds write has the shape that is published for it."""

import json
import typing

import pytest

from dingdian.actions.choose_sites import Model
from dingdian.actions.gather_candidates import Closed, Source
from dingdian.core import siting_record
from dingdian.core.siting import Wish
from dingdian.core.solving import Limits
from dingdian.core.transfer import Measure
from dingdian.core.transfer.wish import Wish as BedWish
from dingdian.reports.record_json import sealed, write_record
from dingdian.reports.record_schema import RETENTION, SITING, TRANSFER
from dingdian.reports.siting.plain import siting_json, written
from tests import street
from tests.choosing import ROW, ask, city, home, institution, point
from tests.reports.transfers import SIZES, recorded, small
from tests.schemas import schema_faults


def sited(**asked):
    world = city([*ROW, home("far", point(0, 9000), 70)], [institution("i", point(0, 0))])
    return written(siting_json(ask(world, **asked), engine="1", seconds=asked.get("seconds")))


@pytest.mark.parametrize(
    "asked",
    [
        {"places": 2, "quotas": {"west": 1}, "wishes": (Wish.COVERED, Wish.COVERED_TWICE)},
        {"places": 1, "model": Model.MEDIAN},
        {"places": 1, "model": Model.CENTRE, "room": 60},
        {"model": Model.SET},
        {"places": 0},
        {"places": 2, "limits": Limits(nodes=0, rounds=0)},
    ],
)
def test_a_choice_of_sites(asked):
    assert schema_faults(SITING, sited(**asked)) == []


def test_its_words_are_those_of_the_program():
    asked = siting_record.QuestionRecord.model_fields
    assert set(typing.get_args(siting_record.ClosedCode)) == {each.value for each in Closed}
    assert set(typing.get_args(asked["model"].annotation)) == {each.value for each in Model}
    assert set(typing.get_args(asked["source"].annotation)) == {each.value for each in Source}


@pytest.mark.parametrize("kept", [{"pharmacies": 3}, {"pharmacies": 0}, {}])
def test_who_stays(kept):
    record = sealed(street.made(street.city(), keep=kept))
    assert schema_faults(RETENTION, write_record(record)) == []


@pytest.mark.parametrize(
    "wish",
    [
        BedWish(minimum=SIZES),
        BedWish(minimum=SIZES, held={Measure.STRUCTURE: 0, Measure.MOVED: 10}),
        BedWish(minimum=SIZES, growth=None, order=(Measure.MOVED,)),
    ],
)
def test_a_transfer_of_beds(wish):
    assert schema_faults(TRANSFER, write_record(sealed(recorded(small(wish))))) == []


def test_a_file_of_another_shape_is_found_out():
    told = json.loads(sited(places=2))
    told["chosen"][0]["newly"] = 7
    told["answer"]["status"] = "fine"
    del told["demand"]["who"]
    found = " ".join(schema_faults(SITING, json.dumps(told)))

    assert ("7" in found, "fine" in found, "who" in found) == (True, True, True)
