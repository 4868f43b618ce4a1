"""The Django app of this area."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.accounts"
    label = "accounts"
