"""Addresses of users and their sign-in."""

from django.urls import path

from dingdian.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("me", views.me, name="me"),
    path("password", views.password, name="password"),
]
