"""The Django app of this area."""

from django.apps import AppConfig


class MapsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.maps"
    label = "maps"
