"""The Django app of this area."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.api"
    label = "api"
