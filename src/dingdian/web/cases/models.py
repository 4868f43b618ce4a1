"""What an entry of the ledger cannot hold: the papers that went with it.

Where a case stands is said by its entries in the ledger alone (``core.lifecycle``); each names its
papers with their SHA-256, so that a paper cannot be exchanged unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from dingdian.core.errors import RequestError, fault
from dingdian.storage.manifest import file_digest
from dingdian.web.papers import Paper as KeptPaper
from dingdian.web.papers import attachment


class ProposalState(models.TextChoices):
    """What became of a move that was asked for."""

    WAITING = "waiting", _("waits to be confirmed")
    CONFIRMED = "confirmed", _("confirmed and recorded")
    RETURNED = "returned", _("sent back")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Proposal(models.Model):
    """A move that one person asks for and another is to confirm; one a case at a time.

    Its fields are those of ``core.lifecycle.moving.Asked``. ``entry`` is the number of the move
    once it is recorded; ``why`` says why it was sent back.
    """

    case = models.TextField()
    district = models.TextField(blank=True)
    move = models.CharField(max_length=40)
    role = models.CharField(max_length=20)
    held_on = models.DateField()
    seen = models.BigIntegerField()
    facts = models.JSONField()
    reason = models.TextField(blank=True)
    documents = models.JSONField(default=list)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    entry = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "district"), name="proposal_state"),)
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=models.Q(state="waiting"),
                name="proposal_waits_once",
            ),
        )


class Paper(KeptPaper):
    """A paper that went with a move: ``entry`` is the number of the move in the ledger.

    ``None`` until the move is recorded that ``proposal`` asks for. ``item`` is the item of the
    checklist of materials that it was handed in for; empty: none.
    """

    case = models.TextField()
    entry = models.BigIntegerField(null=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="papers")
    item = models.CharField(max_length=80, blank=True)

    class Meta(KeptPaper.Meta):
        indexes = (models.Index(fields=("case", "entry"), name="case_paper"),)

    def attachment(self) -> FileResponse:
        """The paper, to be saved.

        Raises:
            RequestError: its bytes are not those that were handed in.
        """
        if file_digest(self.path) != self.sha256:
            raise RequestError((fault("paper_changed", name=self.name),))
        return attachment(self.path, self.name)


class HandOver(models.Model):
    """The hand-over of the patients of a case whose agreement ended with number ``entry``.

    ``numbers`` are patients by kind (``core.lifecycle.handover``), never names. ``closed``: nothing
    is left to be done. ``last`` is the number of the last note about it.
    """

    case = models.TextField()
    entry = models.BigIntegerField()
    district = models.TextField(blank=True)
    numbers = models.JSONField(default=dict)
    receiver = models.TextField(blank=True)
    by = models.DateField(null=True)
    done_on = models.DateField(null=True)
    closed = models.BooleanField(default=False)
    last = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "entry"), name="handover_once"),)


def by_entry(papers: Iterable[Paper]) -> dict[int | None, list[Paper]]:
    """The papers of each move, by its number in the ledger."""
    found: dict[int | None, list[Paper]] = {}
    for each in papers:
        found.setdefault(each.entry, []).append(each)
    return found
