"""Long work: asked for by a page, done by a worker, watched and cancelled from a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.signing import Signer
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

#: Kind of work -> its words.
KINDS: Mapping[str, Promise] = {
    "access": _("measuring of access"),
    "projection": _("projecting the years ahead"),
    "assess": _("yearly assessment"),
    "assess_enter": _("entry of an assessment in the ledger"),
    "count_outcomes": _("count of outcomes"),
    "edition": _("public edition"),
    "import_apply": _("import of a ledger"),
    "import_check": _("check of an upload"),
    "import_marked": _("workbook with marked cells"),
    "import_preview": _("preview of an import"),
    "import_undo": _("undoing of an import"),
    "ledger_workbook": _("ledger as a workbook"),
    "plan": _("run of a plan"),
    "refresh_picture": _("picture of the ledger"),
    "round": _("check and decision of a round"),
    "round_enter": _("entry of a round in the ledger"),
    "round_letters": _("letters of a round"),
    "round_replay": _("decision of a round again"),
    "round_specimens": _("specimens of the letters of a round"),
    "streets": _("reading of a street file"),
    "send_mail": _("e-mail"),
    "verify": _("verification of the chains"),
}


class State(models.TextChoices):
    """Where a piece of long work stands."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Job(models.Model):
    """One piece of long work.

    ``kind`` names what does it (``running.HANDLERS``), ``about`` what it is for, such as
    ``import:7``. ``step`` is an English text of gettext, behind a colon of what. ``beat_at`` is
    when its worker was last heard of, ``attempts`` how often it was begun. ``told`` is what it says
    of itself, a code with details; ``result`` what it came to.
    """

    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60, blank=True)
    given = models.JSONField(default=dict)
    by = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(max_length=120, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    cancel = models.BooleanField(default=False)
    worker = models.CharField(max_length=80, blank=True)
    attempts = models.IntegerField(default=0)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    faults = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("state", "id"), name="job_state"),
            models.Index(fields=("about", "id"), name="job_about"),
        )

    @property
    def open(self) -> bool:
        """Whether it is still to end."""
        return self.state in (State.WAITING, State.RUNNING)

    @property
    def pass_to_watch(self) -> str:
        """Lets whoever was shown this piece of work on a page watch it, also if another asked."""
        return Signer(salt="job").signature(str(self.pk))

    @property
    def kind_words(self) -> str:
        """What it does, in words; its code where there are none."""
        return str(KINDS.get(self.kind, self.kind))

    @property
    def step_words(self) -> str:
        """Where it stands, in words."""
        step, colon, of = self.step.partition(": ")
        return f"{_now(step)}{colon}{of}" if step else ""

    @property
    def seconds(self) -> int | None:
        """How long it took; ``None`` before its end."""
        if self.began_at is None or self.ended_at is None:
            return None
        span: dt.timedelta = self.ended_at - self.began_at
        return round(span.total_seconds())

    def fault_lines(self) -> list[Any]:
        """Its faults as pages of errors show them: where, what, and what to do."""
        from dingdian.core.errors import DingdianError, Fault, Place
        from dingdian.web.errors import fault_lines

        faults = [
            Fault(kind, Place(*place), tuple(details.items()))
            for kind, place, details in self.faults
        ]
        return fault_lines(DingdianError(tuple(faults)))
