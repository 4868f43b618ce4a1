"""A register of experts, and the panel of one case taken through its steps in memory."""

import datetime as dt
from dataclasses import replace

from dingdian.actions.advance_panel import Taking, advance_panel
from dingdian.core.admission.application import Person
from dingdian.core.lifecycle.chain import Mark
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.core.panel.experts import Applicant, Expert
from dingdian.core.panel.state import state_of, subject_of
from dingdian.core.panel.steps import Conclude, Draw, Evaluate, Recuse, Redraw
from dingdian.core.panel.terms import terms_of
from dingdian.core.spacing.terms import Side
from dingdian.storage.memory_journal import MemoryJournal
from tests.hearings import policy

DAY = dt.date(2026, 3, 2)
SINCE = dt.date(2024, 1, 1)
SEED = "03-11-19-24-30-33+07"
CASE = "SQ2026001"
FIELDS = ("health_insurance", "medicine", "finance", "information_technology")
APPLICANT = Applicant(
    frozenset({"91210100A1", "H21010100001", "某某医院"}),
    (Person("legal_person", "张三", "21010119700101001X"),),
    "210102",
)


def terms(side=Side.MEDICAL, place="shenyang", numbers=None, **choices):
    found = policy(place, **choices)
    readings = {
        **found.readings,
        **{
            name: found.readings[name].model_copy(update={"number": number})
            for name, number in (numbers or {}).items()
        },
    }
    return terms_of(replace(found, readings=readings), side)


TERMS = terms()


def expert(id, field="medicine", **more):
    return Expert(id, f"专家{id}", field, more.pop("employer", f"单位{id}"), SINCE, **more)


def register(each=3, **changed):
    """So many experts of each field, ``changed`` ones by id with what is otherwise of them."""
    found = [expert(f"{field[:3]}{n}", field) for field in FIELDS for n in range(each)]
    return [replace(one, **changed.get(one.id, {})) for one in found]


def answers(points=None, terms=TERMS, **changed):
    """A sheet on which everything is passed and scored: full points, or a share of them."""
    share = 1 if points is None else points
    found = {
        item.item: "yes" if item.full is None else str(float(item.full * share))
        for item in terms.items
    }
    return found | changed


class Panel:
    """The panel of one case."""

    def __init__(self, register=None, terms=TERMS, case=CASE, applicant=APPLICANT):
        self.register = _default() if register is None else register
        self.terms, self.case, self.applicant = terms, case, applicant
        self.journal = MemoryJournal(Mark("t", "shenyang", "sha256", DAY))

    @property
    def notes(self):
        return self.journal.notes(subject_of(self.case))

    @property
    def state(self):
        return state_of(self.notes)

    def take(self, step, day=DAY, seen=None, by="wang"):
        at = dt.datetime.combine(day, dt.time(9), SHANGHAI)
        seen = self.state.last if seen is None else seen
        return advance_panel(self.journal, Taking(self.case, step, seen, at, by)).state

    def draw(self, seed=SEED, published=DAY, source="中国福利彩票双色球 2026023期", **more):
        step = Draw(self.applicant, self.register, self.terms, seed, source, published)
        return self.take(step, **more)

    def recuse(self, expert, ground="interest", reason="曾为其顾问", **more):
        step = Recuse(expert, ground, reason, self.applicant, self.register)
        return self.take(step, **more)

    def redraw(self, **more):
        return self.take(Redraw(self.applicant, self.register), **more)

    def evaluate(self, expert, given=None, opinion="", on=DAY, **more):
        who = next(each for each in self.register if each.id == expert)
        given = answers(terms=self.terms) if given is None else given
        return self.take(Evaluate(who, given, on, self.applicant, opinion), **more)

    def evaluate_all(self, *shares):
        """Every member in their order: so much of the full points."""
        shares = shares or (1,) * len(self.state.members)
        for member, share in zip(self.state.members, shares, strict=True):
            self.evaluate(member, answers(share, self.terms))
        return self

    def conclude(self, on=DAY, **more):
        return self.take(Conclude(on), **more)


def _default():
    return register()
