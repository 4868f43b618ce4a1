"""The street network of the bureau: one is in force at a time, those before it stay known.

The file lies among the papers by its fingerprint, also after it was replaced: what was measured
along it can be measured again.
"""

from __future__ import annotations

from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dingdian.core.record import StreetsRecord
from dingdian.web.papers import Paper, path_of

#: How a graph is kept beside its file.
KEPT = "npz"


class State(models.TextChoices):
    """What a street file is to the bureau."""

    UPLOADED = "uploaded", pgettext_lazy("streets", "not in force yet")
    IN_FORCE = "in_force", pgettext_lazy("streets", "in force")
    REPLACED = "replaced", pgettext_lazy("streets", "replaced")
    REMOVED = "removed", pgettext_lazy("streets", "removed")


class Network(Paper):
    """A street file that was handed in.

    ``graph`` is the fingerprint of its streets, ``record`` what it holds and what is wrong with it
    (``StreetsRecord``); both empty until it was read. ``since`` and ``ended_at``: from when to
    when it was in force.
    """

    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    graph = models.CharField(max_length=64, blank=True)
    record = models.JSONField(default=dict)
    since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=60, blank=True)

    class Meta(Paper.Meta):
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("state",), condition=models.Q(state="in_force"), name="one_network"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """What long work and the journal call it."""
        return f"streets:{self.pk}"

    @property
    def told(self) -> StreetsRecord:
        """What it holds, and who joins it."""
        return StreetsRecord.model_validate(self.record)

    @property
    def kept(self) -> Path:
        """Where its graph lies as it was read."""
        return path_of(self.graph, KEPT)


WAYS = (("walking", _("on foot, along streets")), ("driving", _("by car, along streets")))
