"""The Django app of this area."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Its label is its name."""

    name = "dingdian.web.letters"
    label = "letters"
