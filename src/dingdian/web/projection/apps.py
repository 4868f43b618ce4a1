"""The Django app of this area."""

from django.apps import AppConfig


class ProjectionConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.projection"
    label = "projection"
