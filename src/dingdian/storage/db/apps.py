"""The Django app of the ledger."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Tables ``ledger_…``; none of them is ever registered with an admin."""

    name = "dingdian.storage.db"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
