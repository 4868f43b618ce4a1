"""Addresses of the public site."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from dingdian.web import health
from dingdian.web.public import (
    check_views,
    complaint_views,
    consulting_views,
    intake_views,
    notice_views,
    survey_views,
    views,
)
from dingdian.web.rights import open_to_all

_pages = [
    path("", views.home, name="home"),
    path("institutions/", views.institutions, name="institutions"),
    path("institutions/<str:code>", views.institution, name="institution"),
    path("map", views.map_page, name="map"),
    path("map.json", views.map_data, name="map_data"),
    path("check", check_views.check, name="check"),
    path("check/localities", check_views.localities, name="localities"),
    path("plans/", views.plans, name="plans"),
    path("plans/<str:public_id>", views.plan, name="plan"),
    path("plans/<str:public_id>/<int:at>", views.plan_paper, name="plan_paper"),
    path("consultations/", consulting_views.consultations, name="consultations"),
    path("consultations/<str:public_id>", consulting_views.consultation, name="consultation"),
    path(
        "consultations/<str:public_id>/thanks/<uuid:comment>",
        consulting_views.thanks,
        name="thanks",
    ),
    path(
        "consultations/<str:public_id>/<int:at>",
        consulting_views.consultation_paper,
        name="consultation_paper",
    ),
    path("notices/", notice_views.notices, name="notices"),
    path("notices/<str:public_id>", notice_views.notice, name="notice"),
    path("windows", intake_views.windows, name="windows"),
    path("complain", complaint_views.complain, name="complain"),
    path("survey", survey_views.enter, name="survey_code"),
    path("survey/thanks", survey_views.surveyed, name="surveyed"),
    path("survey/<str:code>", survey_views.survey, name="survey"),
    path("receipt/<uuid:said>", notice_views.receipt, name="receipt"),
    path("receipt", notice_views.lookup, name="lookup"),
    path("contact", views.contact, name="contact"),
]
urlpatterns = [
    path("health", health.health, name="health"),
    path("language", open_to_all(set_language), name="language"),
    path("", include((_pages, "public"))),
]
handler400 = "dingdian.web.errors.bad_request"
handler403 = "dingdian.web.errors.no_permission"
handler404 = "dingdian.web.public.pages.not_found"
handler500 = "dingdian.web.errors.server_error"
