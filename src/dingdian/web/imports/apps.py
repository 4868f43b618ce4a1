"""The Django app of this area."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.imports"
    label = "imports"
