"""Addresses of this area."""

from django.urls import path

from dingdian.web.complaints import views

app_name = "complaints"
urlpatterns = [
    path("", views.index, name="list"),
    path("new", views.new, name="new"),
    path("export", views.export, name="export"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/assign", views.assign, name="assign"),
    path("<int:pk>/step/<str:status>", views.step, name="step"),
    path("<int:pk>/link", views.link, name="link"),
    path("paper/<int:pk>", views.paper, name="paper"),
]
