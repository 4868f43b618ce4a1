"""Addresses of an evaluator: the cases that were drawn for them."""

from django.urls import path

from dingdian.web.panels import own_views

app_name = "evaluations"
urlpatterns = [
    path("", own_views.index, name="list"),
    path("<int:pk>", own_views.one, name="one"),
    path("<int:pk>/step-back", own_views.step_back, name="step_back"),
    path("<int:pk>/paper/<int:paper_pk>", own_views.paper, name="paper"),
]
