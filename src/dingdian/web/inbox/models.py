"""Messages: one row a person and thing, read or not."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Message(models.Model):
    """What one person is told: ``kind`` has its words in ``words.KINDS``, filled with ``facts``.

    ``address`` is the page that it is about. ``mailed_at``: when it went out by e-mail.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="inbox")
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    address = models.CharField(max_length=300)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("user", "read_at"), name="message_unread"),)
