"""The Django app of this area."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.audit"
    label = "audit"
