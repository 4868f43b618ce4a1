"""Addresses of this area."""

from django.urls import path

from dingdian.web.streets import views

app_name = "streets"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/remove", views.remove, name="remove"),
]
