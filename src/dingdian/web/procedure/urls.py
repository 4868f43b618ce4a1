"""Addresses of the procedure of a plan."""

from django.urls import URLPattern

app_name = "procedure"
urlpatterns: list[URLPattern] = []
