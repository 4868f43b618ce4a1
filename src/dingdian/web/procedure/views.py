"""The dossier of a plan, and a form for each step of its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dingdian.core.dossier.deciding import repeated
from dingdian.core.dossier.stages import STAGES, Kind, Phase, Stage
from dingdian.core.dossier.state import State, possible
from dingdian.core.dossier.steps import MAY_BE_LEFT, OFFICES, STEPS, cited
from dingdian.core.errors import RequestError, fault
from dingdian.storage.manifest import file_digest
from dingdian.web import bureau, clock, errors, papers
from dingdian.web.plans.models import Plan
from dingdian.web.procedure import describing, dossiers
from dingdian.web.procedure.advancing import Wish, advance, amend, theirs
from dingdian.web.procedure.forms import AmendForm, StepForm, shown_papers
from dingdian.web.rights import Right, needs

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User

_TAGS = {Phase.DRAFT: "info", Phase.IN_FORCE: "good", Phase.ENDED: "warn"}


def plan_of(user: User, pk: int) -> Plan:
    """A plan that somebody sees, or 404."""
    seen = Plan.objects.visible_to(user).select_related("amends", "issued_version")
    plan: Plan = get_object_or_404(seen, pk=pk)
    return plan


def head_of(plan: Plan, state: State, tab: str) -> dict[str, Any]:
    """What every page of a dossier shows above."""
    row = STAGES[state.stage]
    return {
        "plan": plan,
        "state": state,
        "stage": row.name.say(bureau.lang()),
        "stage_tag": _TAGS[row.phase],
        "in_force": row.phase is Phase.IN_FORCE,
        "tab": tab,
    }


@needs(Right.SEE_PLANS)
@require_safe
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier: where the plan stands, what is next and whose it is, what was done."""
    plan = plan_of(request.user, pk)
    state = dossiers.state_of_plan(plan)
    consultation = dossiers.consultation_of(plan)
    version = plan.versions.visible_to(request.user).filter(number=state.version).first()
    seen = describing.Seen(plan, request.user, state, dossiers.policy())
    lines = describing.way(seen)
    changed = version.changed_files() if version and plan.issued_version_id else ()
    context = {
        **head_of(plan, state, "dossier"),
        "lines": lines,
        "next": [line for line in lines if line.status == "next"],
        "beside": describing.beside(seen),
        "history": describing.history(state, plan.papers.all(), request.user),
        "consultation": consultation,
        "tally": dossiers.tally_of(consultation),
        "version": version,
        "manifest": dossiers.manifest_print(version) if version else "",
        "documents": shown_papers(version) if version else [],
        "changed": changed,
        "issued": state.facts("issue"),
        "issue": state.valid.get("issue"),
        "filed": state.valid.get("file"),
        "days": describing.days_of(state),
        "to_amend": describing.is_to_amend(state)
        and theirs(plan, request.user, "begin_amendment", state),
        "amendments": plan.amendments.visible_to(request.user),
        "has_versions": plan.versions.filter(what_if=False).exists(),
        "author": describing.names_of([plan.created_by])[plan.created_by],
    }
    return render(request, "procedure/dossier.html", context)


@needs(Right.STEP_PLAN, Right.REVIEW_PLAN, Right.DECIDE_PLAN)
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The form of a step, and taking it."""
    if name not in STEPS or STEPS[name].own:
        raise Http404
    if STEPS[name].office not in dossiers.offices_of(request.user):
        raise PermissionDenied
    plan = plan_of(request.user, pk)
    state = dossiers.state_of_plan(plan)
    form = _form(request, plan, name, state)
    told: list[tuple[str, str, str]] = []
    status = 200
    if getattr(request, "too_large", False):
        told = errors.too_large_lines()
        status = 413
    elif request.method == "POST" and not form.is_valid():
        status = 422
    elif request.method == "POST":
        try:
            _take(request, plan, name, form)
        except RequestError as error:
            told, status = errors.fault_lines(error), errors.status_of(error)
        else:
            done = STEPS[name].name.say(bureau.lang())
            messages.success(request, _("Recorded: %(step)s.") % {"step": done})
            return redirect("procedure:plan", pk)
    return render(
        request,
        "procedure/step.html",
        _step_context(plan, name, state, form) | {"told": told},
        status=status,
    )


def _form(request: HttpRequest, plan: Plan, name: str, state: State) -> StepForm:
    versions = list(plan.versions.filter(what_if=False).order_by("-number"))
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {
        "seen": state.last,
        "version": state.version or (versions[0].number if versions else ""),
    }
    if name == "open_consultation":
        initial |= {"title": plan.title}
    return StepForm(
        *given, step=name, lang=bureau.lang(), versions=versions, day=clock.today(), initial=initial
    )


def _take(request: HttpRequest, plan: Plan, name: str, form: StepForm) -> None:
    kept = papers.keep(form.cleaned_data["papers"])
    wish = Wish(
        name,
        form.facts(),
        form.cleaned_data["seen"],
        kept,
        form.documents(),
        form.cleaned_data.get("text", ""),
    )
    advance(plan, request.user, wish)


def _step_context(plan: Plan, name: str, state: State, form: StepForm) -> dict[str, Any]:
    lang, row = bureau.lang(), STEPS[name]
    policy = dossiers.policy()
    clauses, basis = cited(name, policy.clauses.values())
    limit, reading = describing.limit(name, policy)
    again = []
    if name == "change_version":
        again = [
            (
                substantial,
                [
                    STEPS[each].name.say(lang)
                    for each in repeated(Kind(plan.kind), substantial=substantial)
                    if each not in MAY_BE_LEFT[state.kind] or each in state.valid
                ],
            )
            for substantial in (False, True)
        ]
    version = plan.versions.filter(number=state.version).first()
    return {
        **head_of(plan, state, "dossier"),
        "form": form,
        "warnings": describing.warnings(name, plan, version),
        "name": name,
        "step": row.name.say(lang),
        "office": OFFICES[row.office].say(lang),
        "clauses": clauses,
        "basis": basis.say(lang) if basis else "",
        "possible": name in possible(state),
        "again": again,
        "version": version,
        "limit": limit,
        "limit_reading": reading,
    }


@needs(Right.STEP_PLAN)
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw up the plan that amends this one."""
    plan = plan_of(request.user, pk)
    state = dossiers.state_of_plan(plan)
    if state.stage is not Stage.TO_AMEND:
        raise Http404
    title = _("%(title)s (amended)") % {"title": plan.title}
    form = AmendForm(request.POST or None, initial={"seen": state.last, "title": title})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        fresh = amend(plan, request.user, title=given["title"], seen=given["seen"])
        messages.success(request, _("The amending plan is drawn up: run a version of it next."))
        return redirect("procedure:plan", fresh.pk)
    return render(
        request, "procedure/amend.html", {**head_of(plan, state, "dossier"), "form": form}
    )


@needs(Right.SEE_PLANS)
@require_safe
def paper(request: HttpRequest, pk: int, paper_pk: int) -> FileResponse:
    """A paper that went with a step, to be saved; of reviews and minutes by those who act."""
    plan = plan_of(request.user, pk)
    found = get_object_or_404(plan.papers, pk=paper_pk)
    step = next((d.step for d in dossiers.state_of_plan(plan).history if d.seq == found.note), "")
    if not step or not describing.is_open_to(request.user, step):
        raise Http404
    if file_digest(found.path) != found.sha256:
        raise RequestError((fault("paper_changed", name=found.name),))
    return papers.attachment(found.path, found.name)


@needs(Right.SEE_PLANS)
@require_safe
def document(request: HttpRequest, pk: int, number: int, name: str) -> FileResponse:
    """A document of a version of the plan, as it was written, to be saved."""
    plan = plan_of(request.user, pk)
    version = get_object_or_404(plan.versions.visible_to(request.user), number=number)
    if name not in shown_papers(version):
        raise Http404
    path = version.path / name
    if file_digest(path) != version.manifest[name]:
        raise RequestError((fault("step_files_changed", number=number),))
    return papers.attachment(path, f"{plan.title}-{number}-{path.name}")
