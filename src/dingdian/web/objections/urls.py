"""Addresses of this area."""

from django.urls import path

from dingdian.web.objections import views

app_name = "objections"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/record", views.record, name="record"),
    path("<int:pk>/answer", views.answer, name="answer"),
]
