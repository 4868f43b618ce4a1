"""Addresses of this area."""

from django.urls import path

from dingdian.web.projection import views

app_name = "projection"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/files/<str:name>", views.file, name="file"),
]
