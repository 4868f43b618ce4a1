"""Addresses of this area."""

from django.urls import path

from dingdian.web.inbox import views

app_name = "inbox"
urlpatterns = [
    path("", views.index, name="list"),
    path("read", views.read_all, name="read_all"),
    path("<int:pk>", views.one, name="one"),
]
