"""Small made cities for choosing sites, under the policy of Shenyang, and slow, obvious answers."""

import datetime as dt
import itertools
from dataclasses import replace
from fractions import Fraction

from dingdian.actions.check_site import open_desk
from dingdian.actions.choose_sites import Model, Question, choose_sites
from dingdian.core.indicators import measures_of
from dingdian.core.solving import Limits
from dingdian.core.spacing.check import check
from dingdian.core.spacing.conflicts import meet
from dingdian.core.spacing.verdict import Verdict
from dingdian.core.workings import Workings
from dingdian.storage.policy_yaml import shelf_for
from tests.spots import LAT, LON, apart, institution
from tests.worlds import census

BOOK, PLACE = shelf_for("shenyang")
DAY = dt.date(2026, 1, 1)
STOCK = "outpatient_pooling_institutions"
TREE = (
    ("210100", None, "prefecture", None),
    ("east", "210100", "county", "main_urban"),
    ("west", "210100", "county", "county"),
    ("town", "west", "township", None),
)
CIRCLE_MM = 800_000


def point(east: float, north: float) -> tuple[float, float]:
    """A point so many metres, nearly, east and north of the middle."""
    return LON + east / 83_000, LAT + north / 111_000


def home(code, at, people, region="east", **cells):
    return {
        "code": code,
        "region": region,
        "persons": None if people is None else Fraction(people),
        "lon": at[0],
        "lat": at[1],
        "crs": "wgs84",
        **cells,
    }


#: Five homes in a row, 600 m from one to the next: a circle of 800 m holds three of them.
ROW = [home(f"h{at}", point(600 * at, 0), 100 * (at + 1)) for at in range(5)]


def city(homes, institutions=(), *, book=BOOK, day=DAY, network=None, **tables):
    """A desk and the workings of a made city, which may have streets."""
    made = census(
        TREE, localities=list(homes), institutions=[dict(each) for each in institutions], **tables
    )
    made = replace(made, network=network)
    desk = open_desk(made, book, place=PLACE, day=day)
    workings = Workings(
        census=made, policy=desk.basis.policy, measures=measures_of(made), stock_day=day
    )
    return desk, workings


def ask(of_city, *, limits=Limits(), given=None, faults=(), **fields):  # noqa: B008 -- a value
    """The report on a question about a made city; a cover where nothing else is said."""
    question = Question(**{"of": STOCK, "model": Model.COVER, "apart_mm": 0, **fields})
    return choose_sites(*of_city, question, limits, given=given, faults=faults)


def choices(report, most):
    """Every choice of open candidates that keeps spacing: the slow, obvious way."""
    desk, found = report.desk, report.candidates
    fine = (Verdict.BROKEN, Verdict.MEASURE_ON_SITE)
    sites = {
        row: each.site
        for row, each in enumerate(found.all)
        if each.site
        and not any(check(each.site, desk.stock, t).verdict in fine for t in desk.terms)
    }
    near = {
        (one, other)
        for one, other in itertools.combinations(sites, 2)
        for terms in desk.terms
        if any(meet([sites[one], sites[other]], desk.stock, terms).bearing.values())
    }
    for n in range(most + 1):
        for chosen in itertools.combinations(sites, n):
            if not near & set(itertools.combinations(chosen, 2)):
                yield chosen


def times(report, homes, chosen):
    """How many institutions and chosen ones stand within the circle of each home."""
    table = report.desk.census.tables["institutions"]
    standing = [(row["lon"], row["lat"]) for row in map(table.row, range(len(table))) if row["lon"]]
    sites = [report.candidates.all[row].site for row in chosen]
    places = [*standing, *((each.lon, each.lat) for each in sites)]
    return [
        sum(apart((each["lon"], each["lat"]), there) <= CIRCLE_MM for there in places)
        for each in homes
    ]


def reached(report, homes, chosen, *, at_least=1):
    """The people with so many within the circle."""
    counted = zip(homes, times(report, homes, chosen), strict=True)
    return sum(int(each["persons"] or 0) for each, n in counted if n >= at_least)


__all__ = ["ROW", "ask", "choices", "city", "home", "institution", "point", "reached", "times"]
