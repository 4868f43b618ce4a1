"""Addresses of this area."""

from django.urls import path

from dingdian.web.plans import (
    advice,
    comparing,
    documents,
    figures,
    overlays,
    submissions,
    versions,
    views,
)

app_name = "plans"
urlpatterns = [
    path("", views.index, name="list"),
    path("new", views.new, name="new"),
    path("<int:pk>", views.plan, name="plan"),
    path("<int:pk>/advice", advice.index, name="advice"),
    path("<int:pk>/advice/drop", advice.drop, name="advice_drop"),
    path("<int:pk>/run", views.run, name="run"),
    path("versions/<int:pk>", versions.one, name="version"),
    path("versions/<int:pk>/figures/", figures.index, name="figures"),
    path("versions/<int:pk>/figures/<str:key>", figures.one, name="figure"),
    path("versions/<int:pk>/files/<path:name>", documents.one, name="file"),
    path("versions/<int:pk>/evidence.zip", documents.evidence, name="evidence"),
    path("compare", comparing.compare, name="compare"),
    path("overlays/<int:pk>", overlays.one, name="overlay"),
    path("overlays/<int:pk>/add", overlays.add, name="overlay_add"),
    path("overlays/<int:pk>/drop", overlays.drop, name="overlay_drop"),
    path("<int:pk>/overlays/new", overlays.new, name="overlay_new"),
    path("submissions", submissions.index, name="submissions"),
    path("submissions/new", submissions.new, name="submission_new"),
    path("submissions/<int:pk>", submissions.one, name="submission"),
    path("submissions/<int:pk>/edit", submissions.edit, name="submission_edit"),
    path("submissions/<int:pk>/submit", submissions.submit, name="submission_submit"),
    path("submissions/<int:pk>/answer", submissions.answer, name="submission_answer"),
    path("submissions/call", submissions.set_call, name="call"),
]
