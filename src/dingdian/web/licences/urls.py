"""Addresses of this area."""

from django.urls import path

from dingdian.web.licences import views

app_name = "licences"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/settle", views.settle, name="settle"),
]
