"""The Django app of this area."""

from django.apps import AppConfig


class LicencesConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.licences"
    label = "licences"
