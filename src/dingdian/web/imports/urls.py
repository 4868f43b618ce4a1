"""Addresses of this area."""

from django.urls import path

from dingdian.web.imports import downloads, steps, views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="list"),
    path("new", views.upload, name="new"),
    path("template.xlsx", downloads.template, name="template"),
    path("ledger", views.ledger, name="ledger"),
    path("ledger.xlsx", downloads.ledger, name="ledger_workbook"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/quality", steps.quality, name="quality"),
    path("<int:pk>/quality/<int:number>", steps.group, name="group"),
    path("<int:pk>/marking", steps.marking, name="marking"),
    path("<int:pk>/quality.xlsx", downloads.marked, name="marked"),
    path("<int:pk>/preview", steps.preview, name="preview"),
    path("<int:pk>/preview/institutions", steps.institutions, name="institutions"),
    path("<int:pk>/preview.csv", downloads.changes, name="changes"),
    path("<int:pk>/apply", steps.apply, name="apply"),
    path("<int:pk>/discard", steps.discard, name="discard"),
    path("<int:pk>/undo", steps.undo, name="undo"),
]
