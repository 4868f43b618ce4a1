"""The Django app of this area."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.rounds"
    label = "rounds"
