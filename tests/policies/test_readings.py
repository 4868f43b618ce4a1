"""Readings of the shelf and the options that engines act on: nothing chosen goes unnoticed."""

import pytest

from dingdian.core.access.choices import OPTIONS as OF_ACCESS
from dingdian.core.admission.choices import OPTIONS as OF_ADMISSION
from dingdian.core.assessment.choices import OPTIONS as OF_ASSESSMENT
from dingdian.core.dossier.terms import OPTIONS as OF_PROCEDURE
from dingdian.core.findings import State
from dingdian.core.lifecycle.choices import OPTIONS as OF_LIFE
from dingdian.core.panel.terms import OPTIONS as OF_PANELS
from dingdian.core.retention.choices import OPTIONS as OF_RETENTION
from dingdian.core.rules import decide
from dingdian.core.rules.choices import OPTIONS
from dingdian.core.supervision.complaints import OPTIONS as OF_COMPLAINTS
from dingdian.core.supervision.surveys import OPTIONS as OF_SURVEYS
from dingdian.core.transfer.choices import OPTIONS as OF_TRANSFER
from dingdian.storage.policy_yaml import shelf_for, shipped_places
from tests.worlds import ROOT, rule, world

OF_SUPERVISION = {**OF_COMPLAINTS, **OF_SURVEYS}

#: Options that the texts offer and no engine acts on yet: choosing one leaves rules unclear.
NOT_YET = {
    "circle_distance": {"minutes"},
    "density_source": {"threshold"},
    "equality_test": {"tolerance"},
    "minimum_unit": {"per_circle", "whole_main_urban"},
    "pooling_areas": {"by_county"},
    "spacing_distance_mode": {"path"},
}
READINGS = [
    pytest.param(reading, id=f"{layer.card.place}-{reading.reading}")
    for place in shipped_places()
    for layer in shelf_for(place)[0].layers.values()
    if layer.card.place == place
    for reading in layer.readings
]


@pytest.mark.parametrize("reading", READINGS)
def test_what_a_reading_says_of_its_effect_is_true(reading):
    assert (reading.effect == "computed") is (reading.reading in OPTIONS)
    assert (reading.effect == "admission") is (reading.reading in OF_ADMISSION)
    assert (reading.effect == "lifecycle") is (reading.reading in OF_LIFE)
    assert (reading.effect == "assessment") is (reading.reading in OF_ASSESSMENT)
    assert (reading.effect == "procedure") is (reading.reading in OF_PROCEDURE)
    assert (reading.effect == "panel") is (reading.reading in OF_PANELS)
    assert (reading.effect == "retention") is (reading.reading in OF_RETENTION)
    assert (reading.effect == "transfer") is (reading.reading in OF_TRANSFER)
    assert (reading.effect == "access") is (reading.reading in OF_ACCESS)
    assert (reading.effect == "supervision") is (reading.reading in OF_SUPERVISION)
    assert (reading.effect == "stated") is (reading.carried_out is not None)
    if reading.effect == "computed":
        beyond = set(reading.options) - OPTIONS[reading.reading]
        assert beyond == NOT_YET.get(reading.reading, set())
        assert reading.chosen in OPTIONS[reading.reading]
    if reading.effect == "admission":
        assert set(reading.options) == set(OF_ADMISSION[reading.reading])
    if reading.effect == "assessment":
        assert set(reading.options) == set(OF_ASSESSMENT[reading.reading])
    if reading.effect == "lifecycle":
        assert set(reading.options) == set(OF_LIFE[reading.reading])
    if reading.effect == "panel":
        assert set(reading.options) == set(OF_PANELS[reading.reading])
    if reading.effect == "retention":
        assert set(reading.options) == set(OF_RETENTION[reading.reading])
    if reading.effect == "transfer":
        assert set(reading.options) == set(OF_TRANSFER[reading.reading])
    if reading.effect == "access":
        assert set(reading.options) == set(OF_ACCESS[reading.reading])
    if reading.effect == "supervision":
        assert set(reading.options) == set(OF_SUPERVISION[reading.reading])
    if reading.effect == "procedure":
        assert set(reading.options) == set(OF_PROCEDURE[reading.reading])


def test_every_option_of_the_engines_can_be_chosen_on_the_shelf():
    offered = {param.values[0].reading for param in READINGS}

    engines = (OPTIONS, OF_ADMISSION, OF_ASSESSMENT, OF_PANELS, OF_PROCEDURE, OF_SUPERVISION)
    engines += (OF_TRANSFER, OF_ACCESS)
    assert set().union(*engines) <= offered


def test_an_option_that_no_engine_acts_on_leaves_the_rule_unclear():
    resting = rule("report", ["bed_use"], at=["whole"], readings=("pooling_areas",))
    facts = world({f"bed_use.{ROOT}": 0}, choices={"pooling_areas": "by_county"})

    finding = decide(resting, facts).findings[0]

    assert finding.state is State.UNCLEAR
    assert finding.why.code == "option_unknown"


def test_a_reading_may_set_a_rule_aside():
    resting = rule("report", ["bed_use"], at=["whole"], unless={"two_red_lines": "second_only"})
    given = {f"bed_use.{ROOT}": 0}

    aside = decide(resting, world(given, choices={"two_red_lines": "second_only"}))
    applied = decide(resting, world(given, choices={"two_red_lines": "each_its_own"}))

    assert aside.findings[0].state is State.NOT_IN_FORCE
    assert applied.findings[0].state is State.KEPT
