"""Experts, whom they are related to, and why one of them keeps away from a case."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dingdian.core.admission.application import Application, Person
from dingdian.core.admission.bars import bare
from dingdian.core.errors import Fault, fault
from dingdian.core.panel.terms import Terms
from dingdian.core.period import years_after
from dingdian.core.workings import Reason, reason


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to an institution, from the records or stated by the expert.

    ``ground`` is one of the shelf, ``institution`` a uscc, an insurance code or a name.
    ``ended``: its last day; ``None``: it stands, or nobody knows that it has ended.
    """

    ground: str
    institution: str
    ended: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Expert:
    """An expert of the register.

    ``field``: one of the shelf. ``employer``: uscc, code or name; empty where there is none (a
    retired person), ``None`` where it is not known. ``since`` and ``through``: first and last day
    in the register (``None``: no end is set). ``districts``: codes of those that they evaluate in;
    empty: in all. ``id_number``: empty where it is not known; their own name is compared then.
    ``cases``: how many they were drawn for in this calendar year; ``None``: not known.
    """

    id: str
    name: str
    field: str
    employer: str | None
    since: dt.date
    through: dt.date | None = None
    relations: tuple[Relation, ...] = ()
    districts: frozenset[str] = frozenset()
    id_number: str = ""
    cases: int | None = None


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who is evaluated.

    ``called``: everything that it is called by: uscc, insurance code, name, chain; what is not
    known is left out. ``people``: legal person, head, controller. ``district``: empty where it is
    not known.
    """

    called: frozenset[str]
    people: tuple[Person, ...] = ()
    district: str = ""


def applicant_of(application: Application) -> Applicant:
    """The applicant of an application of a round."""
    names = (application.uscc, application.institution, application.name, application.chain)
    return Applicant(frozenset(filter(None, names)), application.people, application.district)


def related(expert: Expert, applicant: Applicant, terms: Terms, day: dt.date) -> Reason | None:
    """The relation for which an expert keeps away from an applicant on ``day``; ``None``: none."""
    called = {bare(each) for each in applicant.called}
    if expert.employer is None:
        return reason("expert_employer_unknown")
    if expert.employer and bare(expert.employer) in called:
        return reason("expert_related", ground="employed", institution=expert.employer)
    for person in applicant.people:
        mine, theirs = bare(expert.id_number), bare(person.id_number)
        if mine and theirs and mine == theirs:
            return reason("expert_is_person", role=person.role)
        if not (mine and theirs) and bare(person.name) == bare(expert.name):
            return reason("expert_namesake", role=person.role)
    for each in expert.relations:
        counts = each.ended is None or years_after(each.ended, terms.former_years) > day
        if counts and bare(each.institution) in called:
            return reason("expert_related", ground=each.ground, institution=each.institution)
    return None


def barred(expert: Expert, applicant: Applicant, terms: Terms, day: dt.date) -> Reason | None:
    """Why an expert cannot be drawn for an applicant on ``day``; ``None``: they can."""
    if day < expert.since or (expert.through is not None and day > expert.through):
        return reason("expert_inactive", since=expert.since, through=expert.through or "—")
    if expert.districts and applicant.district not in expert.districts:
        return reason("expert_other_district", district=applicant.district or "—")
    if (why := related(expert, applicant, terms, day)) is not None:
        return why
    if terms.yearly_limit is not None:
        if expert.cases is None:
            return reason("expert_cases_unknown", limit=terms.yearly_limit)
        if expert.cases >= terms.yearly_limit:
            return reason("expert_cases_over", cases=expert.cases, limit=terms.yearly_limit)
    return None


def applicant_faults(applicant: Applicant) -> Iterator[Fault]:
    """What has to be known of an applicant before anybody can be told to be unrelated to it."""
    if not any(bare(each) for each in applicant.called):
        yield fault(
            "panel_applicant_unknown", what="name and uscc", what_zh="名称和统一社会信用代码"
        )
    if not applicant.people:
        yield fault(
            "panel_applicant_unknown",
            what="legal person, head and controller",
            what_zh="法定代表人、主要负责人和实际控制人",
        )


def register_faults(register: Iterable[Expert], terms: Terms) -> Iterator[Fault]:
    """Everything that is wrong with a register, so that nobody can be drawn from it."""
    register = tuple(register)
    for expert, n in Counter(each.id for each in register).items():
        if n > 1:
            yield fault("panel_expert_twice", expert=expert)
    for each in register:
        if not is_code(each.id):
            yield fault("panel_code_unfit", value=each.id)
        if each.field not in terms.fields:
            known = ", ".join(terms.fields)
            yield fault("panel_field_unknown", expert=each.id, field=each.field, known=known)
        for relation in each.relations:
            if relation.ground not in terms.grounds:
                known, ground = ", ".join(terms.grounds), relation.ground
                yield fault("panel_ground_unknown", expert=each.id, ground=ground, known=known)


def is_code(text: str) -> bool:
    r"""Whether a text can stand as a code in the lot and in notes: printable, no blank, no ``;``.

    >>> is_code("ZJ-012"), is_code("专家1"), is_code("a b"), is_code("a;b"), is_code("")
    (True, True, False, False, False)
    """
    return text.isprintable() and bool(text) and not set(text) & {" ", ";", "\u3000"}


def fingerprint(register: Sequence[Expert]) -> str:
    """SHA-256 (hex) over everything that a register says of its experts, in whatever order."""
    content = [
        [
            each.id, each.name, each.field, each.employer, each.id_number, each.cases,
            each.since.isoformat(), each.through and each.through.isoformat(),
            sorted(each.districts),
            sorted([r.ground, r.institution, str(r.ended or "")] for r in each.relations),
        ]
        for each in sorted(register, key=lambda each: each.id)
    ]  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
