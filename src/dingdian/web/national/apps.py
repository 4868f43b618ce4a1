"""The Django app of this area."""

from django.apps import AppConfig


class NationalConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.national"
    label = "national"
