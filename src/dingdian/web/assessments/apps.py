"""The Django app of this area."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.assessments"
    label = "assessments"
