"""The Django app of this area."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Its label is not that of the tables of cases (``ledger``)."""

    name = "dingdian.web.ledger"
    label = "institutions"
