"""The Django app of this area."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.portal"
    label = "portal"
