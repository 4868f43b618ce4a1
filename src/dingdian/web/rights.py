"""Who may do what, and in which districts: one table of roles and rights.

What is *possible* the core says; who *may* is said here. A right holds in the districts of the
grant through which it comes: everywhere (``None``), or in those named. That of an institution
holds in no district: it is about what is the institution's own (``holders``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(StrEnum):
    """What a user is to the bureau. The three administrators see none of its business."""

    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    PLANNER = "planner"
    LEADER = "leader"
    LEGAL = "legal"
    COUNTY = "county"
    CLERK = "clerk"
    EVALUATOR = "evaluator"
    SUPERVISOR = "supervisor"
    INSTITUTION = "institution"


class Right(StrEnum):
    """What one may do."""

    SIGNED_IN = "signed_in"  # of everybody who signed in
    IN_OFFICE = "in_office"  # of all of them but the institutions'
    SEE_LEDGER = "see_ledger"
    SEE_PERSONS = "see_persons"  # names and numbers of persons unmasked
    EXPORT_LEDGER = "export_ledger"
    IMPORT = "import"
    SEE_SHELF = "see_shelf"
    CHECK_SITE = "check_site"
    SEE_PLANS = "see_plans"
    RUN_PLAN = "run_plan"
    SUBMIT_DEMAND = "submit_demand"  # 申报 of a district
    STEP_PLAN = "step_plan"  # consultation, filing, amendment
    REVIEW_PLAN = "review_plan"  # 公平竞争审查, 合法性审核
    DECIDE_PLAN = "decide_plan"  # 集体审议, issue
    MOVE_CASES = "move_cases"  # record moves in the name of the agency
    DECIDE_CASES = "decide_cases"  # record moves in the name of the bureau
    CONFIRM_CASES = "confirm_cases"  # the second pair of eyes on a move of ``FOUR_EYES``
    HANDLE_COMPLAINTS = "handle_complaints"  # 投诉举报, and findings of third parties
    SEE_PANELS = "see_panels"  # the register of experts, lots and results
    MANAGE_PANELS = "manage_panels"  # keep the register, draw and conclude
    EVALUATE = "evaluate"  # the cases for which one was drawn
    RUN_ASSESSMENT = "run_assessment"  # the yearly assessment: scores, hearings, appeals, deposits
    CONFIRM_ASSESSMENT = "confirm_assessment"  # the second pair of eyes on what it leads to
    RUN_SURVEYS = "run_surveys"  # 满意度调查
    EXCHANGE = "exchange"  # with the public site
    SEE_JOBS = "see_jobs"
    MANAGE_USERS = "manage_users"
    GRANT_ROLES = "grant_roles"
    READ_JOURNAL = "read_journal"
    USE_API = "use_api"
    OWN_CASES = "own_cases"  # see and move what is the institution's own, in its name


ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
ROLE_NAMES: Mapping[Role, Promise] = MappingProxyType(
    {
        Role.SYSTEM_ADMIN: _("System administrator"),
        Role.SECURITY_ADMIN: _("Security administrator"),
        Role.AUDIT_ADMIN: _("Audit administrator"),
        Role.PLANNER: _("Planner"),
        Role.LEADER: _("Leader"),
        Role.LEGAL: _("Legal reviewer"),
        Role.COUNTY: _("County branch"),
        Role.CLERK: _("Clerk"),
        Role.EVALUATOR: _("Evaluator"),
        Role.SUPERVISOR: _("Supervisor"),
        Role.INSTITUTION: pgettext_lazy("role", "Institution"),
    }
)
_READS = (Right.SEE_LEDGER, Right.SEE_SHELF, Right.CHECK_SITE, Right.SEE_PLANS)
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.SYSTEM_ADMIN: frozenset({Right.MANAGE_USERS}),
        Role.SECURITY_ADMIN: frozenset({Right.GRANT_ROLES}),
        Role.AUDIT_ADMIN: frozenset({Right.READ_JOURNAL}),
        Role.PLANNER: frozenset(
            {
                *_READS,
                Right.EXPORT_LEDGER,
                Right.IMPORT,
                Right.RUN_PLAN,
                Right.STEP_PLAN,
                Right.EXCHANGE,
                Right.SEE_JOBS,
                Right.USE_API,
            }
        ),
        Role.LEADER: frozenset(
            {
                *_READS,
                Right.DECIDE_PLAN,
                Right.DECIDE_CASES,
                Right.CONFIRM_CASES,
                Right.CONFIRM_ASSESSMENT,
            }
        ),
        Role.LEGAL: frozenset({Right.SEE_SHELF, Right.SEE_PLANS, Right.REVIEW_PLAN}),
        Role.COUNTY: frozenset({*_READS, Right.SUBMIT_DEMAND, Right.EXPORT_LEDGER}),
        Role.CLERK: frozenset(
            {
                *_READS,
                Right.MOVE_CASES,
                Right.CONFIRM_CASES,
                Right.SEE_PANELS,
                Right.MANAGE_PANELS,
                Right.SEE_PERSONS,
                Right.EXPORT_LEDGER,
                Right.USE_API,
            }
        ),
        Role.EVALUATOR: frozenset({Right.SEE_SHELF, Right.EVALUATE}),
        Role.SUPERVISOR: frozenset(
            {
                Right.SEE_LEDGER,
                Right.SEE_SHELF,
                Right.DECIDE_CASES,
                Right.HANDLE_COMPLAINTS,
                Right.SEE_PANELS,
                Right.RUN_ASSESSMENT,
                Right.CONFIRM_ASSESSMENT,
                Right.RUN_SURVEYS,
                Right.SEE_PERSONS,
                Right.EXPORT_LEDGER,
            }
        ),
        Role.INSTITUTION: frozenset({Right.OWN_CASES}),
    }
)
#: Moves that give or take rights: one person asks for them, another confirms (经办与复核分离).
FOUR_EYES = frozenset(
    {
        "refuse_acceptance",
        "refuse",
        "fail_again",
        "uphold_objection",
        "sign",
        "renew",
        "do_not_renew",
        "pass_trial",
        "fail_trial",
        "change_beds",
        "suspend_imposed",
        "terminate",
        "terminate_elsewhere",
        "annul",
    }
)
#: Roles that are granted for one district; the others hold in the whole place.
OF_A_DISTRICT = (Role.COUNTY, Role.CLERK, Role.SUPERVISOR)
#: Roles that are granted for what is one holder's own.
OF_A_HOLDER = (Role.INSTITUTION,)
#: Roles that are held by themselves alone, also more than once.
ALONE = frozenset({*ADMINS, *OF_A_HOLDER})


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a user holds; ``region`` is the code of its district, empty: the whole place.

    ``holder`` says whose own an institution's role is about: the code of an institution, or for
    an applicant without one the unified social credit code of its legal person.
    """

    role: Role
    region: str = ""
    holder: str = ""


#: The districts in which a right holds: ``None`` everywhere, none at all nowhere.
Districts = frozenset[str] | None
NOWHERE: frozenset[str] = frozenset()


def districts(held: Iterable[Held], right: Right) -> Districts:
    """Where a right holds for somebody with these roles.

    >>> districts([Held(Role.COUNTY, "210102")], Right.SUBMIT_DEMAND)
    frozenset({'210102'})
    >>> districts([Held(Role.PLANNER)], Right.RUN_PLAN) is None
    True
    >>> districts([Held(Role.INSTITUTION, holder="H21010200001")], Right.OWN_CASES)
    frozenset()
    """
    held = tuple(held)
    outside = any(each.role in OF_A_HOLDER for each in held)
    if right is Right.SIGNED_IN:  # also of somebody who was given no role yet
        return None
    if right is Right.IN_OFFICE:
        return NOWHERE if outside else None
    found: set[str] = set()
    for each in held:
        if right in RIGHTS[each.role] and each.role not in OF_A_HOLDER:
            if not each.region:
                return None
            found.add(each.region)
    return frozenset(found)


def holders(held: Iterable[Held], right: Right) -> frozenset[str]:
    """Whose own a right is about; none for the roles of the office.

    >>> sorted(holders([Held(Role.INSTITUTION, holder="H21010200001")], Right.OWN_CASES))
    ['H21010200001']
    """
    return frozenset(each.holder for each in held if each.holder and right in RIGHTS[each.role])


def clash(roles: Iterable[Role]) -> bool:
    """Whether roles may not be held by one user.

    An administrator is that one administrator only; an institution is nobody of the office.

    >>> clash([Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN]), clash([Role.PLANNER, Role.CLERK])
    (True, False)
    >>> clash([Role.INSTITUTION, Role.CLERK]), clash([Role.INSTITUTION, Role.INSTITUTION])
    (True, False)
    """
    kinds = set(roles)
    return bool(kinds & ALONE) and len(kinds) > 1


_View = TypeVar("_View", bound=Callable[..., Any])


def needs(*rights: Right) -> Callable[[_View], _View]:
    """Mark a view with the rights of which one opens it; ``middleware.guarding`` asks for it."""

    def mark(view: _View) -> _View:
        view.needs = frozenset(rights)  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(view: _View) -> _View:
    """Mark a view as one that needs no sign-in."""
    view.needs = frozenset()  # type: ignore[attr-defined]
    return view
