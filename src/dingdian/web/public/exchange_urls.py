"""Addresses of the exchange with the public site, on the bureau's side."""

from django.urls import path

from dingdian.web.public import exchange_views as views

app_name = "exchange"
urlpatterns = [
    path("", views.index, name="list"),
    path("make", views.make, name="make"),
    path("editions/<int:number>", views.download, name="download"),
    path("upload", views.upload, name="upload"),
    path("key", views.key, name="key"),
]
