"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from dingdian.web import health
from dingdian.web.rights import open_to_all

urlpatterns = [
    path("health", health.health, name="health"),
    path("language", open_to_all(set_language), name="language"),
]
handler400 = "dingdian.web.errors.bad_request"
handler403 = "dingdian.web.errors.no_permission"
handler404 = "dingdian.web.errors.not_found"
handler500 = "dingdian.web.errors.server_error"
