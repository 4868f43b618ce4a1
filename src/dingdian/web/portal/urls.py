"""Addresses of this area."""

from django.urls import path

from dingdian.web.portal import scores, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("apply", views.new, name="new"),
    path("paper/<int:pk>", views.paper, name="paper"),
    path("letters/<int:pk>", views.letter, name="letter"),
    path("scores/<int:year>/<path:code>", scores.scores, name="scores"),
    path("cases/<path:case>/<slug:move>/record", views.record, name="record"),
    path("cases/<path:case>", views.one, name="one"),
]
