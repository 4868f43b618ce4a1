"""The Django app of this area."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.public"
    label = "public"
