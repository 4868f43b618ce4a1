"""The Django app of this area."""

from django.apps import AppConfig


class ProcedureConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.procedure"
    label = "procedure"
