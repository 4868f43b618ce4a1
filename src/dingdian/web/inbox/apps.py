"""The Django app of this area."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.inbox"
    label = "inbox"
