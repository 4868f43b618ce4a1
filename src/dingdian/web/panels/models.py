"""The register of experts, the people of an applicant, and who sits in which panel.

Where a panel stands is said by its notes in the journal alone (``core.panel``). ``Panel`` and
``Seat`` repeat of it what lists ask for; names and numbers of persons stand here and never there.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dingdian.core.panel.state import OVER, Stage

STAGES = {
    Stage.UNDRAWN: _("not drawn"),
    Stage.SHORT: _("a seat is free"),
    Stage.SCORING: _("sheets are awaited"),
    Stage.SCORED: _("all sheets are there"),
    Stage.CONCLUDED: _("concluded"),
    Stage.CLOSED: _("closed without a result"),
}


class Expert(models.Model):
    """An expert of the register; one who leaves it gets a last day, and nobody is deleted.

    ``employer``: uscc, code or name; empty where there is none, ``None`` where it is not known.
    ``districts``: codes of those that they evaluate in; none: in all. ``user``: who signs in as
    this expert; ``None``: their sheets come on paper.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    id_number = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=60)
    employer = models.CharField(max_length=200, null=True, blank=True)
    since = models.DateField()
    through = models.DateField(null=True, blank=True)
    districts = models.JSONField(default=list)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="expert"
    )

    class Meta:
        ordering = ("code",)


class Relation(models.Model):
    """A relation of an expert to an institution: ``ground`` of the shelf, last day if it ended.

    ``panel``: the case in which the expert declared it; empty: it came with the register.
    """

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="relations")
    ground = models.CharField(max_length=40)
    institution = models.CharField(max_length=200)
    ended = models.DateField(null=True)
    panel = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)


class Person(models.Model):
    """Legal person, head or controller of the applicant of a case, to tell who is related to it."""

    case = models.TextField()
    role = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    id_number = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("case", "role"), name="applicant_person"),)


class Panel(models.Model):
    """The panel of an evaluation of a case: the first, or the second after a rectification.

    ``key`` is how the journal calls it behind ``panel:``. ``last``: number of its last note.
    """

    key = models.TextField(unique=True)
    case = models.TextField()
    number = models.PositiveSmallIntegerField()
    name = models.TextField()
    district = models.TextField(blank=True)
    stage = models.CharField(max_length=12)
    drawn_on = models.DateField()
    concluded_on = models.DateField(null=True)
    last = models.BigIntegerField()

    class Meta:
        ordering = ("-last",)
        indexes = (
            models.Index(fields=("case",), name="panel_case"),
            models.Index(fields=("district", "stage"), name="panel_stage"),
        )

    @property
    def is_over(self) -> bool:
        """Whether it has nothing more to do."""
        return self.stage in OVER

    @property
    def stage_said(self) -> str:
        """Where it stands, in words."""
        return str(STAGES[Stage(self.stage)])


class Seat(models.Model):
    """A seat that an expert was drawn for; ``recused_on``: the day on which they left it.

    ``complete``: their sheet has no open item.
    """

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="seats")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="seats")
    drawn_on = models.DateField()
    recused_on = models.DateField(null=True)
    complete = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("panel", "expert"), name="seat_once"),)
