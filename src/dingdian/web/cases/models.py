"""What an entry of the ledger cannot hold: the papers that went with it.

Where a case stands is said by its entries in the ledger alone (``core.lifecycle``); each names its
papers with their SHA-256, so that a paper cannot be exchanged unnoticed.
"""

from __future__ import annotations

from django.db import models

from dingdian.web.papers import Paper as KeptPaper


class Paper(KeptPaper):
    """A paper that went with a move: ``entry`` is the number of the move in the ledger."""

    case = models.TextField()
    entry = models.BigIntegerField()

    class Meta(KeptPaper.Meta):
        indexes = (models.Index(fields=("case", "entry"), name="case_paper"),)
