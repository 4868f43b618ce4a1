"""Addresses of this area."""

from django.urls import path

from dingdian.web.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.index, name="list"),
    path("export.<str:form>", views.export, name="export"),
    path("of/<path:code>", views.one, name="one"),
]
