"""Access in small made cities: the question, and its record."""

from dingdian.actions.measure_access import AccessReport, Question, measure_access
from dingdian.actions.record_access import record_access
from dingdian.core.access_record import AccessRecord
from dingdian.reports.record_json import sealed
from tests.choosing import STOCK, city, home, institution, point

BEDS = "inpatient_institutions"
ODD = '=HYPERLINK("http://x","甲")<script>alert(1)</script>&'


def measured(homes, institutions, *, tables=None, network=None, **asked) -> AccessReport:
    """The access of a made city under the policy of Shenyang: a circle of 800 m.

    Along the streets of ``network``, if there are any.
    """
    desk, workings = city(homes, institutions, network=network, **(tables or {}))
    question = Question(**{"of": STOCK, **asked})
    return measure_access(desk, workings, question)


def hospital(code, at, **cells):
    return institution(code, at, kind="hospital", inpatient=True, **cells)


def recorded(report) -> AccessRecord:
    return sealed(record_access(report, engine="1"))


def some() -> AccessRecord:
    """Homes of 100, none, unknown and 50 people, one without a position, two that serve, one odd.

    The one in the far north serves nobody.
    """
    homes = [
        home("a", point(0, 0), 100),
        home("b", point(500, 0), 0, "west", name=ODD),
        home("c", point(900, 0), None),
        home("d", point(0, 9000), 50, "west"),
        home("e", (None, None), 7),
    ]
    stand = [
        institution("i", point(100, 0), name=ODD),
        institution("j", point(700, 0), region="west"),
        institution("far", point(0, 20_000)),
    ]
    return recorded(measured(homes, stand))


__all__ = ["BEDS", "ODD", "STOCK", "home", "hospital", "institution", "measured", "point"]
