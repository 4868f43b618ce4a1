"""The comments of a consultation: the list, an answer to each, letters, the table of adoption."""

from __future__ import annotations

import datetime as dt
import uuid
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dingdian.core.dossier.stages import DRAFT, Stage
from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.entry import SHANGHAI
from dingdian.web import bureau, clock, persons
from dingdian.web.plans.models import Plan
from dingdian.web.procedure import describing, dossiers
from dingdian.web.procedure.forms import AnswerForm, LetterForm
from dingdian.web.procedure.models import (
    Comment,
    CommentKind,
    Consultation,
    ConsultationState,
    Outcome,
    Source,
)
from dingdian.web.procedure.views import head_of, plan_of
from dingdian.web.rights import Right, needs
from dingdian.web.templatetags.showing import day as day_shown

ROWS = 50
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
#: Stages in which a comment may still be entered, and answered.
_TAKES = (Stage.CONSULTATION, Stage.ANSWERING)


def _consultation(plan: Plan, which: str) -> Consultation:
    """The consultation of a plan that counts, or an earlier one by its key; 404 where none."""
    if which.isdecimal():
        found: Consultation = get_object_or_404(plan.consultations, pk=int(which))
        return found
    live = dossiers.consultation_of(plan)
    if live is None:
        raise Http404
    return live


@needs(Right.SEE_PLANS)
@require_safe
def comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The comments of a consultation, by whom they are and what became of them."""
    plan = plan_of(request.user, pk)
    state = dossiers.state_of_plan(plan)
    every = list(plan.consultations.all())
    context = {**head_of(plan, state, "comments"), "every": every, "kinds": CommentKind.choices}
    if not every:
        return render(request, "procedure/comments.html", context)
    consultation = _consultation(plan, request.GET.get("of") or str(every[0].pk))
    rows = consultation.comments.all()
    if (kind := request.GET.get("kind", "")) in CommentKind.values:
        rows = rows.filter(kind=kind)
    outcome = request.GET.get("outcome", "")
    if outcome in Outcome.values:
        rows = rows.filter(outcome=outcome)
    elif outcome == "open":
        rows = rows.filter(outcome="")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    for each in page:
        each.who = persons.shown(request.user, each.name, "name", "")
    context |= {
        "consultation": consultation,
        "page": page,
        "tally": dossiers.tally_of(consultation),
        "outcomes": [("open", _("to answer")), *Outcome.choices],
        "enters": _enters(request) and state.stage in _TAKES,
    }
    return render(request, "procedure/comments.html", context)


def _enters(request: HttpRequest) -> bool:
    """Planners, and clerks: they see plans and persons."""
    user = request.user
    return user.may(Right.STEP_PLAN) or (user.may(Right.SEE_PLANS) and user.may(Right.SEE_PERSONS))


@needs(Right.SEE_PLANS)
def comment(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """One comment, and its answer by the planner while the comments are open."""
    plan = plan_of(request.user, pk)
    state = dossiers.state_of_plan(plan)
    found = get_object_or_404(
        Comment.objects.select_related("consultation"), pk=comment_pk, consultation__plan=pk
    )
    answers = request.user.may(Right.STEP_PLAN) and _open(found, state.stage)
    form = AnswerForm(
        request.POST or None, initial={"outcome": found.outcome, "answer": found.answer}
    )
    if request.method == "POST":
        if not answers:
            raise PermissionDenied
        if form.is_valid():
            _answer(request, found, form)
            messages.success(request, _("The answer is kept."))
            following = found.consultation.comments.filter(outcome="").first()
            if following is not None:
                return redirect("procedure:comment", pk, following.pk)
            return redirect("procedure:comments", pk)
    return render(
        request,
        "procedure/comment.html",
        {
            **head_of(plan, state, "comments"),
            "comment": found,
            **_person(request, found),
            "form": form,
            "answers": answers,
            "answerer": describing.names_of([found.answered_by]).get(found.answered_by, ""),
        },
    )


def _person(request: HttpRequest, found: Comment) -> dict[str, str]:
    """Who wrote it and how to ask back: in full for who answers, each look noted in the journal."""
    if request.user.districts(Right.STEP_PLAN) is None:
        if found.name or found.contact:
            bureau.note(
                request.user, f"comment:{found.pk}", "comment.look", plan=found.consultation.plan_id
            )
        return {"who": found.name, "contact": found.contact}
    return {
        "who": persons.shown(request.user, found.name, "name", ""),
        "contact": persons.shown(request.user, found.contact, "contact", ""),
    }


def _open(found: Comment, stage: Stage) -> bool:
    """Whether a comment may be answered now: until the answers are out, later only a late one."""
    before = stage in _TAKES and found.consultation.state != ConsultationState.DROPPED
    late = not found.outcome and stage in DRAFT
    return before or late


def _answer(request: HttpRequest, found: Comment, form: AnswerForm) -> None:
    given = form.cleaned_data
    with transaction.atomic():
        held = Comment.objects.select_for_update().get(pk=found.pk)
        if (held.outcome, held.answer) != (found.outcome, found.answer):
            raise RequestError((fault("comment_answered", by=held.answered_by),))
        held.outcome, held.answer = given["outcome"], given["answer"].strip()
        held.answered_by, held.answered_at = request.user.username, clock.now()
        held.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
        bureau.note(
            request.user, f"comment:{held.pk}", "comment.answer", outcome=held.outcome,
            plan=held.consultation.plan_id,
        )  # fmt: skip


@needs(Right.STEP_PLAN, Right.SEE_PERSONS)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a comment that came by letter or in a meeting."""
    if not _enters(request):
        raise PermissionDenied
    plan = plan_of(request.user, pk)
    state = dossiers.state_of_plan(plan)
    consultation = _consultation(plan, "")
    if state.stage not in _TAKES:
        raise Http404
    form = LetterForm(request.POST or None, initial={"received_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        day = given["received_on"]
        if not consultation.opened_on <= day <= clock.today():
            form.add_error("received_on", _("It lies before the consultation, or ahead."))
        else:
            with transaction.atomic():
                made = Comment.objects.create(
                    consultation=consultation,
                    public_id=str(uuid.uuid4()),
                    kind=given["kind"],
                    name=given["name"],
                    contact=given["contact"],
                    text=given["text"],
                    received_at=dt.datetime.combine(day, dt.time(12), SHANGHAI),
                    source=Source.LETTER,
                    entered_by=request.user.username,
                )
                bureau.note(request.user, f"comment:{made.pk}", "comment.enter", plan=plan.pk)
            messages.success(request, _("The comment is entered."))
            return redirect("procedure:comments", pk)
    return render(
        request, "procedure/letter.html", {**head_of(plan, state, "comments"), "form": form}
    )


@needs(Right.SEE_PLANS)
@require_safe
def adoption(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The table of comments and what became of them, to be saved; it names nobody."""
    from dingdian.reports.adoption import Adoption, AdoptionRow, adoption_docx, adoption_xlsx

    consultation = _consultation(plan_of(request.user, pk), request.GET.get("of", ""))
    lang = bureau.lang()
    tally = dossiers.tally_of(consultation)
    rows = [
        AdoptionRow(c.get_kind_display(), c.text, c.get_outcome_display() or "—", c.answer)
        for c in consultation.comments.all()
    ]
    table = Adoption(
        consultation.title,
        f"{day_shown(consultation.opened_on)} – {day_shown(consultation.through)}",
        rows,
        {
            "received": tally.received,
            "adopted": tally.adopted,
            "partly": tally.partly,
            "not_adopted": tally.not_adopted,
            "open": tally.open,
        },
    )
    content = adoption_xlsx(table, lang) if ending == "xlsx" else adoption_docx(table, lang)
    name = f"{consultation.title}-{_('adoption')}.{ending}"
    answer = HttpResponse(content, content_type=_TYPES[ending])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
