"""Addresses of the policy shelf."""

from django.urls import path

from dingdian.web.shelf import views

app_name = "shelf"
urlpatterns = [
    path("", views.index, name="policy"),
    path("readings", views.readings, name="readings"),
    path("readings/<slug:id>", views.one_reading, name="reading"),
    path("documents", views.documents, name="documents"),
    path("benchmarks", views.benchmarks, name="benchmarks"),
    path("calendar", views.calendar, name="calendar"),
    path("clauses/<path:id>", views.clause, name="clause"),
]
