"""The Django app of this area."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.intake"
    label = "intake"
