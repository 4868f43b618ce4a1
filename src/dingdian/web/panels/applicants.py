"""What is evaluated: a case in evaluation, its applicant, its terms, and the panel's key."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import Http404

from dingdian.core.admission.application import Person as CorePerson
from dingdian.core.admission.case import ABOUT
from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.stages import STAGES, Stage
from dingdian.core.lifecycle.state import in_effect
from dingdian.core.panel.experts import Applicant
from dingdian.core.panel.terms import Terms, terms_of
from dingdian.core.spacing.terms import Side
from dingdian.core.workings import Reason
from dingdian.web import bureau, clock
from dingdian.web.cases.finding import Found, find
from dingdian.web.panels.models import Person

#: Where a case stands while its panel works.
EVALUATED = (Stage.EVALUATING, Stage.AWAITING_PAPERS)
#: A number of a card of identity; a digest, which an entry may hold too, is none.
_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")


@dataclass(frozen=True, slots=True)
class Subject:
    """A case as its panel sees it: ``key`` as the journal calls it, ``number`` of evaluation."""

    found: Found
    key: str
    number: int

    @property
    def is_evaluated(self) -> bool:
        """Whether the case stands in evaluation now."""
        return self.found.state.stage in EVALUATED

    def must_be_evaluated(self) -> None:
        """Refuse a step of a case that stands elsewhere.

        Raises:
            RequestError: it is not in evaluation.
        """
        if not self.is_evaluated:
            said = STAGES[self.found.state.stage].name
            case = self.found.state.case
            raise RequestError(
                (fault("panel_case_elsewhere", case=case, stage=said.en, stage_zh=said.zh),)
            )

    @property
    def applicant(self) -> Applicant:
        """The applicant, with the people that were stated for the draw."""
        state = self.found.state
        called = (*self.found.codes, state.about.get("name", ""), state.about.get("chain", ""))
        people = Person.objects.filter(case=state.case)
        return Applicant(
            frozenset(filter(None, called)),
            tuple(CorePerson(each.role, each.name, each.id_number) for each in people),
            self.found.district,
        )

    @property
    def terms(self) -> Terms | Reason:
        """What the shelf asks of its panel, by the rules that the application keeps."""
        state, terms = self.found.state, bureau.desk().terms
        side = next(each for each in Side if ABOUT[each] == state.side)
        return terms_of(terms.policy(terms.rules_day(state, clock.today())), side)


def subject_of(found: Found) -> Subject:
    """The evaluation that a case is at: its first, or the one after a rectification."""
    again = sum(each.move == "re_evaluate" for each in in_effect(found.entries))
    case = found.state.case
    return Subject(found, f"{case}/{again + 1}" if again else case, again + 1)


def of_case(case: str) -> Subject:
    """The same of a case by its number.

    Raises:
        Http404: there is none.
    """
    found = find(case)
    if found is None:
        raise Http404
    return subject_of(found)


def number_of(text: str) -> str:
    """A number of identity that an entry states; empty where it states a digest, or nothing.

    >>> number_of("23270119700101001x"), number_of("9f86d081884c7d65"), number_of("")
    ('23270119700101001X', '', '')
    """
    return text.upper() if _NUMBER.fullmatch(text) else ""
