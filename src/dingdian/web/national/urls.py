"""Addresses of this area."""

from django.urls import path

from dingdian.web.national import views

app_name = "national"
urlpatterns = [
    path("", views.index, name="list"),
    path("confirm", views.confirm, name="confirm"),
    path("export", views.export, name="export"),
    path("<int:pk>/reopen", views.reopen, name="reopen"),
]
