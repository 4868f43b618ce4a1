"""The Django app of this area."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Signing in and out is written down."""
        from dingdian.web.accounts import signals  # noqa: F401 -- connects them
