"""Addresses of this area."""

from django.urls import path

from dingdian.web.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.index, name="list"),
]
