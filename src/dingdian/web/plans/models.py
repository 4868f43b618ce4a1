"""Plans and their versions, what-if overlays, and what county branches ask for.

A version is a folder that ``wiring.plans`` wrote whole: its row says how it came to be and holds
the fingerprint of every file, so that a changed file is noticed before it is shown.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dingdian.reports.words import answers
from dingdian.web.bureau import lang
from dingdian.web.papers import Paper
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.core.record import Record
    from dingdian.web.accounts.models import User

#: How many records a process keeps read.
KEPT = 8


class PlanKind(models.TextChoices):
    """Two different objects: what holds for years, and what one year's work is."""

    RESOURCE_PLAN = "resource_plan", _("Resource plan")
    WORK_PLAN = "work_plan", _("Work plan of a year")


class SubmissionState(models.TextChoices):
    """Where a submission of a county branch stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


class Visible(models.QuerySet):
    """Plans or versions, as far as somebody sees them."""

    def visible_to(self, user: User) -> Self:
        """All for whom the whole place is; for a district what has gone out to be consulted.

        Of a plan its consultation or issue makes it seen, of a version that it was consulted or
        issued: drafts and what-ifs say what no district may act upon yet.
        """
        if user.districts(Right.SEE_PLANS) is None:
            return self
        every = Plan._base_manager
        if self.model is Plan:
            out = models.Q(consultations__isnull=False) | models.Q(issued_version__isnull=False)
            return self.filter(pk__in=every.filter(out).values("pk"))
        consulted = every.filter(consultations__isnull=False).values("consultations__version")
        issued = every.filter(issued_version__isnull=False).values("issued_version")
        return self.filter(models.Q(pk__in=consulted) | models.Q(pk__in=issued), what_if=False)


class Plan(models.Model):
    """A resource plan, or the work plan of a year: what its versions are versions of.

    ``amends`` is the plan that this one amends. ``stage`` is a code of the procedure, which alone
    changes it together with ``issued_version``.
    """

    kind = models.CharField(max_length=20, choices=PlanKind)
    year = models.IntegerField()
    title = models.CharField(max_length=120)
    created_by = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="amendments")
    stage = models.CharField(max_length=30, default="drafting")
    issued_version = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")

    objects = Visible.as_manager()

    class Meta:
        ordering = ("-year", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"plan:{self.pk}"


class Overlay(models.Model):
    """What-if changes of the census: cells with their old and their new value.

    ``changes`` is a list of ``{"table", "row", "name", "column", "old", "new"}``: ``row`` is the
    key of the row, ``name`` how people call it. ``plan`` is the plan it was thought up for.
    """

    name = models.CharField(max_length=80)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="overlays")
    changes = models.JSONField(default=list)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class Advice(Paper):
    """A file of ``retain``, ``site``, ``move-beds`` or ``access``, added to a plan for its runs.

    ``about`` is its kind (``retention``, ``siting``, ``transfer``, ``access``), ``census``
    and ``shelf`` are the fingerprints of what it was worked out with.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="advice")
    about = models.CharField(max_length=20)
    census = models.CharField(max_length=64)
    shelf = models.CharField(max_length=64)

    class Meta(Paper.Meta):
        constraints = (models.UniqueConstraint(fields=("plan", "sha256"), name="advice_once"),)

    @property
    def title(self) -> str:
        """What it is about, in the language of the page."""
        return answers.KINDS[self.about].say(lang())


class Version(models.Model):
    """One run of a plan, as its folder holds it.

    ``number`` counts from 1 in its plan. ``asked`` says what was asked for (year, day, what was
    taken in), ``what_if`` that the census was overlaid (never to be issued). ``result``, ``census``
    and ``shelf`` are the fingerprints of the record; ``marks`` its marks (``simulation`` …).
    ``manifest`` maps the path of each file in the folder to its SHA-256.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    folder = models.CharField(max_length=80, unique=True)
    asked = models.JSONField(default=dict)
    what_if = models.BooleanField(default=False)
    overlay = models.ForeignKey(Overlay, models.PROTECT, null=True, related_name="versions")
    result = models.CharField(max_length=64)
    census = models.CharField(max_length=64)
    shelf = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    marks = models.JSONField(default=list)
    manifest = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=60)
    remark = models.CharField(max_length=200, blank=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ("plan", "-number")
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="version_once"),)

    def __str__(self) -> str:
        return f"{self.plan} · {self.number}"

    @property
    def path(self) -> Path:
        """Its folder."""
        return Path(settings.CONFIG.data) / "plans" / self.folder

    @property
    def as_of(self) -> dt.date | None:
        """The day of the ledger that it started from."""
        return _day(self.asked.get("as_of"))

    @property
    def rules_of(self) -> dt.date | None:
        """The day whose rules it went by."""
        return _day(self.asked.get("day"))

    def record(self) -> Record:
        """The plan as plain data; read once in a process.

        Raises:
            RequestError: its file is gone, is not what was written, or cannot be read.
        """
        from dingdian.web.plans.reading import record_at

        return record_at(self.path, self.manifest.get("plan.json", ""))

    def changed_files(self, *, full: bool = False) -> tuple[str, ...]:
        """Files of the folder that are not what was written: changed, gone or added.

        A file that stands as it stood when it was last read is not read again, unless ``full``.
        """
        from dingdian.storage.manifest import manifest, manifest_as_known

        found = manifest(self.path) if full else manifest_as_known(self.path)
        names = {*found, *self.manifest}
        return tuple(sorted(n for n in names if found.get(n) != self.manifest.get(n)))

    def intact(self) -> bool:
        """Whether the folder holds what was written: every file is read, and there is no other."""
        return not self.changed_files(full=True)


class Call(models.Model):
    """The call to the county branches to submit what they ask for in a year; until ``through``."""

    year = models.IntegerField(unique=True)
    through = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()


class Submission(models.Model):
    """What a county branch asks for (申报): new places of a resource in its district for a year.

    One that was returned stays as it was; what is asked instead is a submission of its own.
    ``answer`` is the planner's reason, ``document`` the reference of the paper it stands in.
    """

    region = models.CharField(max_length=20)
    year = models.IntegerField()
    resource = models.CharField(max_length=60)
    asked = models.IntegerField()
    reason = models.CharField(max_length=500)
    document = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=SubmissionState, default=SubmissionState.DRAFT)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("year", "region", "resource", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "year", "resource"),
                condition=~models.Q(state="returned"),
                name="submission_live_once",
            ),
        )

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"submission:{self.pk}"


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
