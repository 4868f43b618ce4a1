"""Addresses of the first page, tasks and search."""

from django.urls import path

from dingdian.web.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("tasks", views.home, name="tasks"),
    path("search", views.home, name="search"),
]
