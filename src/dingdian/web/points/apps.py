"""The Django app of this area."""

from django.apps import AppConfig


class PointsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.points"
    label = "points"
