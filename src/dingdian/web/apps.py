"""The Django app of what all areas share: frame, styles, words."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and translations of the frame."""

    name = "dingdian.web"
    label = "web"
