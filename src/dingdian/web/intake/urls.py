"""Addresses of this area."""

from django.urls import path

from dingdian.web.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.index, name="list"),
    path("new", views.new, name="new"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/change", views.new, name="change"),
    path("<int:pk>/decide", views.decide, name="decide"),
]
