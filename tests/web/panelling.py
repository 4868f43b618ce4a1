"""Experts of the four fields, a case in evaluation, and a panel drawn for it, on pages."""

import datetime as dt

from dingdian.web.rights import Role
from tests.web.conftest import DISTRICT

FIELDS = ("health_insurance", "medicine", "finance", "information_technology")
SEED = "03-11-19-24-30-33+07"
PEOPLE = {"legal_person_name": "张三", "legal_person_number": "23270119700101001X"}
DRAW = {
    **PEOPLE,
    "seed": SEED,
    "source": "双色球 2026023期",
    "published_on": "2026-03-02",
    "witness": "",
}


def make_experts(each=2, districts=(), prefix="", **changed):
    """So many experts of each field; ``changed`` ones by code, ``-`` written as ``_``."""
    from dingdian.web.panels.models import Expert

    made = []
    for field in FIELDS:
        for n in range(each):
            code = f"{prefix}{field[:3].upper()}-{n}"
            said = {"name": f"专家{code}", "field": field, "employer": f"单位{code}"}
            said |= {"since": dt.date(2024, 1, 1), "districts": list(districts)}
            said |= changed.get(code.replace("-", "_"), {})
            made.append(Expert.objects.create(code=code, **said))
    return made


def evaluating(**other):
    """A case in evaluation, as lists show it too."""
    from dingdian.web.ledger import refreshing

    case = accepted(**other)
    refreshing.refresh()
    return case


def accepted(uscc="91232700MA00000001", name="试点大药房", district=DISTRICT, number=1):
    """A case in evaluation, in the ledger alone."""
    from dingdian.actions.change_stage import change_stages
    from dingdian.core.lifecycle.moving import Asked
    from dingdian.web import bureau, clock

    case = f"{district}-2026-{number:04}"
    day = dt.date(2026, 3, 2)
    said = {"case": case, "known_at": clock.now(), "by": "test", "role": "agency", "held_on": day}
    facts = {"name": name, "kind": "retail_pharmacy", "region": district, "uscc": uscc}
    desk = bureau.desk()
    asked = [
        Asked(move="apply", facts=facts | {"services": "personal_account"}, **said),
        Asked(move="accept", **said),
    ]
    change_stages(desk.ledger, asked, desk.terms)
    return case


def drawn(client, case, **other):
    """The panel that a clerk drew for a case."""
    from dingdian.web.panels.models import Panel

    answer = client.post(f"/panels/of/{case}/draw", DRAW | other)
    assert answer.status_code == 302, answer.content.decode()
    return Panel.objects.get(case=case)


def state_of(panel):
    from dingdian.web.panels.advancing import state_of_key

    return state_of_key(panel.key)


def sheet(panel, *, share=1, code="", **other):
    """What is filled in: everything passed, so much of the full points."""
    from dingdian.web.panels.advancing import moment, seen_by

    state = state_of(panel)
    given = {
        f"item-{each.item}": "yes" if each.full is None else str(float(each.full * share))
        for each in state.terms.items
    }
    said = {"seen": seen_by(state, code), "evaluated_on": moment().date().isoformat()}
    return given | said | {"opinion": ""} | other


def enter_all(client, panel, but=(), share=1):
    """The clerk enters the sheets of everybody without a user."""
    for code in state_of(panel).members:
        if code not in but:
            answer = client.post(
                f"/panels/{panel.pk}/sheet/{code}", sheet(panel, code=code, share=share)
            )
            assert answer.status_code == 302, answer.content.decode()


def link(panel, username="evaluator", at=0):
    """Make a user that of a member of a panel; the member's code."""
    from dingdian.web.accounts.models import User
    from dingdian.web.panels.models import Expert

    code = state_of(panel).members[at]
    Expert.objects.filter(code=code).update(user=User.objects.get(username=username))
    return code


def another_evaluator(username="evaluator2"):
    """A second evaluator."""
    from dingdian.web.accounts.models import Grant, User

    user = User.objects.create(username=username, name="另一专家", must_change=False)
    Grant.objects.create(user=user, role=Role.EVALUATOR, granted_by="test")
    return user


__all__ = ["DRAW", "drawn", "enter_all", "evaluating", "link", "make_experts", "sheet", "state_of"]
