"""Addresses of this area."""

from django.urls import path

from dingdian.web.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.index, name="list"),
]
