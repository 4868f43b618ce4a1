"""The Django app of this area."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.plans"
    label = "plans"
