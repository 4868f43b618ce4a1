"""Addresses of users and their sign-in."""

from django.urls import path

from dingdian.web.accounts import factor_views, leave_views, security_views, user_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("me", views.me, name="me"),
    path("me/tokens/<int:token>", views.collect_token, name="collect_token"),
    path("leave", leave_views.leave, name="leave"),
    path("leave/<int:pk>/end", leave_views.end, name="leave_end"),
    path("password", views.password, name="password"),
    path("second-factor", factor_views.second_factor, name="second_factor"),
    path("second-factor/codes", factor_views.fresh_codes, name="fresh_codes"),
    path("second-factor/forget", factor_views.forget, name="forget_factor"),
    path("users", user_views.users, name="users"),
    path("users/new", user_views.new, name="user_new"),
    path("users/<int:pk>", user_views.one, name="user"),
    path("users/<int:pk>/edit", user_views.edit, name="user_edit"),
    path("users/<int:pk>/deactivate", user_views.deactivate, name="deactivate"),
    path("users/<int:pk>/reactivate", user_views.reactivate, name="reactivate"),
    path("users/<int:pk>/grant", security_views.grant, name="grant"),
    path("users/<int:pk>/withdraw/<int:grant>", security_views.withdraw, name="withdraw"),
    path("users/<int:pk>/password", user_views.reset_password, name="reset_password"),
    path("users/<int:pk>/second-factor", security_views.reset_factor, name="reset_factor"),
    path("users/<int:pk>/unlock", security_views.unlock, name="unlock"),
    path("users/<int:pk>/sessions", security_views.end_sessions, name="end_sessions"),
    path("users/<int:pk>/tokens", security_views.issue_token, name="issue_token"),
    path(
        "users/<int:pk>/tokens/<int:token>/withdraw",
        security_views.withdraw_token,
        name="withdraw_token",
    ),
]
