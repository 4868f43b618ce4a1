"""Addresses of the journal."""

from django.urls import path

from dingdian.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.index, name="journal"),
    path("export", views.export, name="export"),
    path("verification", views.verification, name="verification"),
    path("verification/<int:pk>", views.verified, name="verified"),
    path("heads/<slug:chain>", views.head, name="head"),
]
