"""The Django app of this area."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.desk"
    label = "desk"
