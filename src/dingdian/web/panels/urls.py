"""Addresses of the office: panels and the register."""

from django.urls import path

from dingdian.web.panels import register_views, views

app_name = "panels"
urlpatterns = [
    path("", views.index, name="list"),
    path("experts", register_views.index, name="experts"),
    path("experts/new", register_views.new, name="expert_new"),
    path("experts/template", register_views.template, name="template"),
    path("experts/<int:pk>", register_views.edit, name="expert"),
    path("of/<path:case>/draw", views.draw, name="draw"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/recuse", views.recuse, name="recuse"),
    path("<int:pk>/redraw", views.redraw, name="redraw"),
    path("<int:pk>/sheet/<str:code>", views.enter, name="enter"),
    path("<int:pk>/conclude", views.conclude, name="conclude"),
    path("<int:pk>/retrace", views.retrace, name="retrace"),
]
