"""The Django app of this area."""

from django.apps import AppConfig


class PanelsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.panels"
    label = "panels"
