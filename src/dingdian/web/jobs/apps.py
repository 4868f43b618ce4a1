"""The Django app of this area."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.jobs"
    label = "jobs"
