"""Records of answers hold no figures: their reasons name the figures of the plan all the same."""

from __future__ import annotations

import pytest

from dingdian.core.record import ReasonRecord
from dingdian.reports.retention.speech import RetentionWords
from dingdian.reports.siting.frame import FrameWords, frame_of
from dingdian.reports.transfer.speech import TransferWords
from dingdian.reports.wording import LANGUAGES, Words
from tests.choosing import ROW, ask, city
from tests.reports import transfers
from tests.street import made


def undefined(keys: str) -> ReasonRecord:
    return ReasonRecord(code="input_undefined", details={"keys": keys})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_key_is_said_by_measure_and_area(lang) -> None:
    words = RetentionWords(made(), lang)
    east = words.scope("east")

    assert words.figure_name("pharmacies.east") == words.pick(
        f"{east}定点零售药店数", f"designated pharmacies, {east}"
    )
    assert words.figure_name("pharmacies") == words.measure("pharmacies") != "pharmacies"
    assert words.figure_name("nothing.known") == "nothing.known"
    assert words.why(undefined("pharmacies.east")).endswith(words.figure_name("pharmacies.east"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_measures_of_a_transfer_are_other_ones(lang) -> None:
    words: Words = TransferWords(transfers.recorded(transfers.small()), lang)

    assert words.measure("pharmacies") in words.why(undefined("pharmacies.east"))
    assert words.resource("pharmacies") == words.measure("pharmacies") != "pharmacies"
    assert words.quantity_of("quota_pharmacies.east") == "quota_pharmacies.east"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_frame_of_sites_knows_no_areas(lang) -> None:
    words = FrameWords(frame_of(ask(city(ROW), places=1)), lang)

    assert words.scope("east") == "east"
    assert words.measure("pharmacies") in words.why(undefined("pharmacies.east"))
