"""The Django app of this area."""

from django.apps import AppConfig


class ShelfConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.shelf"
    label = "shelf"
