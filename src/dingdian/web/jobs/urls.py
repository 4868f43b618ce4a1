"""Addresses of long work."""

from django.urls import path

from dingdian.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/cancel", views.cancel, name="cancel"),
]
