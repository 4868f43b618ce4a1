"""The Django app of this area."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.complaints"
    label = "complaints"
