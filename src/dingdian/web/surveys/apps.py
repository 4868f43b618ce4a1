"""The Django app of this area."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.surveys"
    label = "surveys"
