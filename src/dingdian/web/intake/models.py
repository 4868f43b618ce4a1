"""Windows in which applications are taken; one that holds is the word of two people."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

from dingdian.core.lifecycle import intake


class State(models.TextChoices):
    """What became of a window that was asked for."""

    ASKED = "asked", pgettext_lazy("intake", "waits to be confirmed")
    SET = "set", pgettext_lazy("intake", "holds")
    REPLACED = "replaced", pgettext_lazy("intake", "replaced by a later one")
    RETURNED = "returned", pgettext_lazy("intake", "sent back")
    WITHDRAWN = "withdrawn", pgettext_lazy("intake", "withdrawn")


class Window(models.Model):
    """Both days belong to it; no ``kinds``, ``services``: all; empty ``district``: the whole place.

    ``basis`` says what it rests on: a plan, a notice of the bureau. ``replaces`` is the window
    whose days it changes, such as one that is closed early; ``why`` says why it was sent back.
    """

    opens = models.DateField()
    closes = models.DateField()
    kinds = models.JSONField(default=list)
    services = models.JSONField(default=list)
    district = models.TextField(blank=True)
    basis = models.CharField(max_length=300)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("-opens", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("replaces",),
                condition=models.Q(state__in=("asked", "set", "replaced")),
                name="intake_replaced_once",
            ),
        )

    @property
    def core(self) -> intake.Window:
        """The same as the core knows it."""
        districts = frozenset({self.district} - {""})
        kinds, services = frozenset(self.kinds), frozenset(self.services)
        return intake.Window(self.opens, self.closes, kinds, services, districts)
