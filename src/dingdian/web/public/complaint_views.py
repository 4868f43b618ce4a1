"""A complaint about an institution, written at the public site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from dingdian.web.public import keeping
from dingdian.web.public.models import PublicInstitution
from dingdian.web.public.pages import page
from dingdian.web.public.said_forms import ComplaintForm
from dingdian.web.public.spoken import Kind
from dingdian.web.rights import open_to_all


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """The form; from the page of an institution it comes with that filled in."""
    if request.method != "POST":
        code = request.GET.get("code", "")[:30]
        found = PublicInstitution.objects.filter(code=code).first()
        about = {}
        if found is not None:
            about = {"institution": found.name, "code": found.code, "district": found.district}
        return page(request, "complain", form=ComplaintForm(initial=about))
    form = ComplaintForm(request.POST)
    if not form.is_valid():
        return page(request, "complain", 422, form=form)
    try:
        kept = keeping.keep(request, Kind.COMPLAINT, form.cleaned_data["code"], form)
    except keeping.RefusedError as refused:
        return page(request, "complain", refused.status, form=form, told=refused.why)
    return redirect("public:receipt", said=kept)
