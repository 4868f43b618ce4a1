"""Addresses of this area."""

from django.urls import path

from dingdian.web.maps import views

app_name = "maps"
urlpatterns = [
    path("", views.index, name="map"),
    path("points", views.points, name="points"),
    path("localities", views.localities, name="localities"),
    path("script-<str:tag>.js", views.scripts, name="scripts"),
    path("check", views.check, name="check"),
    path("keep", views.keep, name="keep"),
    path("kept", views.kept_list, name="kept_list"),
    path("kept/<int:pk>", views.kept, name="kept"),
]
