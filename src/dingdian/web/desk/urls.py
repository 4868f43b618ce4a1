"""Addresses of the first page, tasks and search."""

from django.urls import path

from dingdian.web.desk import month, views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("tasks", views.tasks, name="tasks"),
    path("tasks.xlsx", views.tasks_export, name="tasks_export"),
    path("calendar", month.calendar, name="calendar"),
    path("search", views.search, name="search"),
]
