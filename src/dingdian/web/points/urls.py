"""Addresses of this area."""

from django.urls import path

from dingdian.web.points import views

app_name = "points"
urlpatterns = [
    path("", views.index, name="list"),
    path("persons/<int:pk>", views.one, name="one"),
    path("new/<slug:form>", views.new, name="new"),
    path("handed-in/<int:pk>", views.batch, name="batch"),
]
