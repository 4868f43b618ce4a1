"""Addresses of this area."""

from django.urls import path

from dingdian.web.maps import views

app_name = "maps"
urlpatterns = [
    path("", views.index, name="map"),
]
