"""Addresses of the bureau's system."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from dingdian.web import health, help
from dingdian.web.api import service
from dingdian.web.rights import open_to_all

urlpatterns = [
    path("health", health.health, name="health"),
    path("help", help.page, name="help"),
    path("language", open_to_all(set_language), name="language"),
    path("account/", include("dingdian.web.accounts.urls")),
    path("jobs/", include("dingdian.web.jobs.urls")),
    path("institutions/", include("dingdian.web.ledger.urls")),
    path("cases/", include("dingdian.web.cases.urls")),
    path("inbox/", include("dingdian.web.inbox.urls")),
    path("my/", include("dingdian.web.portal.urls")),
    path("windows/", include("dingdian.web.intake.urls")),
    path("letters/", include("dingdian.web.letters.urls")),
    path("rounds/", include("dingdian.web.rounds.urls")),
    path("licences/", include("dingdian.web.licences.urls")),
    path("assessments/", include("dingdian.web.assessments.urls")),
    path("points/", include("dingdian.web.points.urls")),
    path("access/", include("dingdian.web.access.urls")),
    path("projection/", include("dingdian.web.projection.urls")),
    path("streets/", include("dingdian.web.streets.urls")),
    path("national/", include("dingdian.web.national.urls")),
    path("objections/", include("dingdian.web.objections.urls")),
    path("complaints/", include("dingdian.web.complaints.urls")),
    path("panels/", include("dingdian.web.panels.urls")),
    path("evaluations/", include("dingdian.web.panels.own_urls")),
    path("surveys/", include("dingdian.web.surveys.urls")),
    path("imports/", include("dingdian.web.imports.urls")),
    path("plans/", include("dingdian.web.plans.urls")),
    path("procedure/", include("dingdian.web.procedure.urls")),
    path("map/", include("dingdian.web.maps.urls")),
    path("policy/", include("dingdian.web.shelf.urls")),
    path("journal/", include("dingdian.web.audit.urls")),
    path("api/v1/", service.urls),
    path("exchange/", include("dingdian.web.public.exchange_urls")),
    path("", include("dingdian.web.desk.urls")),
]
handler400 = "dingdian.web.errors.bad_request"
handler403 = "dingdian.web.errors.no_permission"
handler404 = "dingdian.web.errors.not_found"
handler500 = "dingdian.web.errors.server_error"
