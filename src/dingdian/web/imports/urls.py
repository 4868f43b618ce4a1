"""Addresses of this area."""

from django.urls import path

from dingdian.web.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="list"),
]
