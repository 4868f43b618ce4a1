"""Addresses of this area."""

from django.urls import path

from dingdian.web.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.index, name="list"),
    path("export.<str:form>", views.export, name="export"),
    path("case/<path:case>", views.case, name="case"),
    path("of/<path:code>", views.one, name="one"),
]
