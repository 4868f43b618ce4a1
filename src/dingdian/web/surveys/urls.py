"""Addresses of this area."""

from django.urls import path

from dingdian.web.surveys import views

app_name = "surveys"
urlpatterns = [
    path("", views.index, name="list"),
    path("new", views.new, name="new"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/close", views.close, name="close"),
    path("<int:pk>/results", views.export, name="export"),
    path("institution/<int:pk>", views.institution, name="institution"),
    path("institution/<int:pk>/qr", views.qr, name="qr_file"),
]
