"""Districts shaded by a measure: the same numbers as the tables, classes that can be told apart."""

from fractions import Fraction
from itertools import pairwise

import pytest

from dingdian.reports.shading import DOWNWARD, MAPPED, UPWARD, shading, shadings
from dingdian.reports.wording import Words
from tests.reports.plans import CITIES, sample_record, small


def lightness(fill):
    red, green, blue = (int(fill[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("fills", [UPWARD, DOWNWARD])
def test_fills_darken_in_steps_that_grey_print_shows(fills):
    steps = [lightness(a) - lightness(b) for a, b in pairwise(fills)]

    assert min(steps) > 25


@pytest.mark.parametrize("city", CITIES)
def test_every_value_is_the_one_of_its_figure(city):
    words = Words(sample_record(city))
    for each in shadings(words):
        assert set(each.shades) <= set(words.record.shown("county"))
        for district, shade in each.shades.items():
            figure = words.record.figures[shade.key]
            assert (figure.measure, figure.scope) == (each.measure, district)
            assert shade.text == words.quantity(figure)
            assert (shade.at is None) == (figure.number is None)
            assert bool(shade.why) == (figure.why is not None)


@pytest.mark.parametrize("city", CITIES)
def test_classes_rise_and_hold_every_number_once(city):
    words = Words(sample_record(city))
    for each in shadings(words):
        numbers = [
            [
                Fraction(words.record.figures[s.key].decimal)
                for s in each.shades.values()
                if s.at == at
            ]
            for at in range(len(each.classes))
        ]
        assert [len(found) for found in numbers] == [found.size for found in each.classes]
        ends = [(min(found), max(found)) for found in numbers]
        assert all(a[1] < b[0] for a, b in pairwise(ends))
        assert len({found.fill for found in each.classes}) == len(each.classes)


def test_a_measure_of_both_signs_hatches_what_lies_below_zero():
    words = Words(sample_record("shenyang"))
    found = shading(words, "hrad_minus_pad")
    signs = {
        shade.at: words.record.figures[shade.key].number < 0 for shade in found.shades.values()
    }

    assert set(signs.values()) == {True, False}
    assert all(found.classes[at].hatched == below for at, below in signs.items())


def test_a_measure_that_nobody_has_is_not_offered():
    words = Words(small())

    assert shading(words, "no_such_measure") is None
    offered = {measure for _, measures in MAPPED.values() for measure in measures}
    assert {each.measure for each in shadings(words)} < offered
