"""The Django app of this area."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.access"
    label = "access"
