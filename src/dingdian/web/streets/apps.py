"""The Django app of this area."""

from django.apps import AppConfig


class StreetsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.streets"
    label = "streets"
