"""The Django app of this area."""

from django.apps import AppConfig


class ObjectionsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.objections"
    label = "objections"
