"""Addresses of this area."""

from django.urls import path

from dingdian.web.shelf import views

app_name = "shelf"
urlpatterns = [
    path("", views.index, name="policy"),
]
