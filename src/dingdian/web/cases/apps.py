"""The Django app of this area."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.cases"
    label = "cases"
