"""Addresses of this area."""

from django.urls import path

from dingdian.web.letters import views

app_name = "letters"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:pk>", views.one, name="one"),
    path("<int:pk>/page", views.page, name="page"),
    path("<int:pk>/file", views.file, name="file"),
    path("<int:pk>/serve", views.serve, name="serve"),
    path("<int:pk>/void", views.void, name="void"),
    path("receipt/<int:pk>", views.receipt, name="receipt"),
    path("of/<path:case>/<int:seq>/<slug:kind>/preview", views.preview, name="preview"),
    path("of/<path:case>/<int:seq>/<slug:kind>", views.make, name="make"),
]
