"""Addresses of this area."""

from django.urls import path

from dingdian.web.cases import views

app_name = "cases"
urlpatterns = [
    path("", views.index, name="list"),
    path("new", views.new, name="new"),
    path("paper/<int:pk>", views.paper, name="paper"),
    path("of/<path:case>/<slug:move>/record", views.record, name="record"),
    path("of/<path:case>", views.one, name="one"),
]
