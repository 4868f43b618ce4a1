"""Rounds of applications: each a row, with its files and its decisions in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from dingdian.core.errors import RequestError, fault
from dingdian.web.plans.models import Version
from dingdian.web.rights import Right

if TYPE_CHECKING:
    from dingdian.web.accounts.models import User


class State(models.TextChoices):
    """How far a round has come."""

    UPLOADED = "uploaded", pgettext_lazy("round", "uploaded")
    BLOCKED = "blocked", pgettext_lazy("round", "to be mended")
    CHECKED = "checked", pgettext_lazy("round", "checked, not decided")
    DECIDED = "decided", pgettext_lazy("round", "decided")
    ASKED = "asked", pgettext_lazy("round", "waits to be confirmed")
    ENTERED = "entered", pgettext_lazy("round", "entered")
    DISCARDED = "discarded", pgettext_lazy("round", "discarded")


#: States in which the ledger has nothing of a round and nobody waits to confirm it.
BEFORE = (State.UPLOADED, State.BLOCKED, State.CHECKED, State.DECIDED)
#: States in which there is a decision to be looked at.
HAVING = (State.DECIDED, State.ASKED, State.ENTERED)
_BETWEEN = ","
_TONES = {State.BLOCKED: "bad", State.ENTERED: "good", State.ASKED: "warn", State.DISCARDED: ""}


class Visible(models.QuerySet):
    """Rounds, as far as somebody sees them."""

    def visible_to(self, user: User) -> Self:
        """Those with an applicant in one's districts, and those that one uploaded oneself."""
        districts = user.districts(Right.SEE_LEDGER)
        if districts is None:
            return self
        found = models.Q(by=user.username)
        for each in districts:
            found |= models.Q(spread__contains=f"{_BETWEEN}{each}{_BETWEEN}")
        return self.filter(found)


class Round(models.Model):
    """One round of applications.

    ``folder`` is the name of its folder below ``data/rounds``; ``files`` are ``{"name", "bytes",
    "sha256"}`` as they were stored. ``day`` is the day of decision, ``stated`` the one that whoever
    uploaded it gave beside the file. ``spread`` are the districts of its applicants between commas,
    an empty one for those of whom it is not known.

    ``number`` counts its decisions from 1; 0: none yet. Of the last one: ``decided_in`` is the name
    of its folder in that of the round, ``version`` that of the issued plan, ``result`` and
    ``stock`` are the fingerprints of decisions and of the census of the day, ``head`` the entries
    that the ledger had, ``counts`` how many came to what, ``manifest`` the SHA-256 of each file of
    its folder; ``own_taken``: what was taken before stood in the file.

    ``asked_by`` asked for it to be entered; ``first`` to ``last`` are the numbers of its
    ``entries`` entries.
    """

    folder = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    files = models.JSONField(default=list)
    by = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State, default=State.UPLOADED)
    stated = models.DateField(null=True)
    # -- what the check found
    day = models.DateField(null=True)
    code = models.CharField(max_length=200, blank=True)
    applicants = models.IntegerField(null=True)
    spread = models.TextField(blank=True)
    blocking = models.IntegerField(default=0)
    faults = models.IntegerField(default=0)
    # -- the last decision
    number = models.IntegerField(default=0)
    decided_in = models.CharField(max_length=60, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="rounds")
    result = models.CharField(max_length=64, blank=True)
    stock = models.CharField(max_length=64, blank=True)
    head = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    engine = models.CharField(max_length=40, blank=True)
    own_taken = models.BooleanField(default=False)
    manifest = models.JSONField(default=dict)
    # -- entering it in the ledger
    asked_by = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    entered_by = models.CharField(max_length=60, blank=True)
    entered_at = models.DateTimeField(null=True)
    first = models.BigIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    entries = models.IntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    objects = Visible.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.code or self.name

    @property
    def subject(self) -> str:
        """What long work and the journal call it."""
        return f"round:{self.pk}"

    @property
    def place(self) -> Path:
        """Its folder."""
        return rounds_folder() / self.folder

    @property
    def files_place(self) -> Path:
        """Where the files lie as they were uploaded."""
        return self.place / "files"

    @property
    def lines_place(self) -> Path:
        """What the check found, line by line."""
        return self.place / "faults.jsonl"

    @property
    def marked(self) -> Path:
        """The workbook with marked cells."""
        return self.place / "quality.xlsx"

    @property
    def letters(self) -> Path:
        """The letters of the last decision, without numbers, in one archive."""
        return self.place / f"letters-{self.number}.zip"

    @property
    def decision(self) -> Path:
        """The folder of the last decision with its evidence."""
        return self.place / (self.decided_in or "none")

    @property
    def districts(self) -> list[str]:
        """The districts of its applicants; an empty one: of some it is not known."""
        return self.spread.strip(_BETWEEN).split(_BETWEEN) if self.spread else []

    @districts.setter
    def districts(self, codes: list[str]) -> None:
        self.spread = f"{_BETWEEN}{_BETWEEN.join(codes)}{_BETWEEN}"

    @property
    def tone(self) -> str:
        """The colour of the tag of its state."""
        return _TONES.get(State(self.state), "info")

    @property
    def has_decision(self) -> bool:
        """Whether there is a decision to be looked at."""
        return self.state in HAVING

    @property
    def may_be_discarded(self) -> bool:
        """Whether the ledger has nothing of it and nobody waits to confirm it."""
        return self.state in BEFORE

    def within(self, user: User, right: Right) -> bool:
        """Whether somebody has a right in all the districts that it is about."""
        held = user.districts(right)
        if held is None:
            return True
        return bool(held) and bool(self.districts) and held >= set(self.districts)

    def in_state(self, *states: Any) -> None:
        """That it is in one of some states.

        Raises:
            RequestError: it is in another.
        """
        if self.state not in states:
            raise RequestError((fault("round_state", state=str(self.get_state_display())),))

    def changed_files(self) -> tuple[str, ...]:
        """Files of its decision that are not what was written: changed, gone or added."""
        from dingdian.storage.manifest import manifest_as_known

        found = manifest_as_known(self.decision) if self.decision.is_dir() else {}
        names = {*found, *self.manifest}
        return tuple(sorted(n for n in names if found.get(n) != self.manifest.get(n)))


def rounds_folder() -> Path:
    """Where the folders of rounds lie."""
    return Path(settings.CONFIG.data) / "rounds"


def held(pk: int, *states: Any) -> Round:
    """A round, held until the end of the transaction.

    Raises:
        RequestError: it is in another state by now.
    """
    found = Round.objects.select_for_update().get(pk=pk)
    found.in_state(*states)
    return found
