"""Addresses of this area."""

from django.urls import path

from dingdian.web.access import views

app_name = "access"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/advise", views.advise, name="advise"),
    path("<int:pk>/files/<str:name>", views.file, name="file"),
]
