"""Addresses of this area."""

from django.urls import path

from dingdian.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.index, name="journal"),
]
