"""Enter a version in the ledger: its results and the steps that were confirmed, all or nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop

from dingdian.actions.change_stage import Changed, change_stages
from dingdian.core.assessment.entering import entering
from dingdian.core.errors import RequestError, fault
from dingdian.core.lifecycle.moves import MOVES
from dingdian.core.lifecycle.reading import cases_by_id
from dingdian.web import bureau, clock
from dingdian.web.assessments import quality
from dingdian.web.assessments.models import Kind, Measure, Stand, Version
from dingdian.web.jobs.entitled import entitled
from dingdian.web.jobs.running import Running, ask, handler
from dingdian.web.ledger import refreshing
from dingdian.web.rights import Right
from dingdian.wiring import assessments

if TYPE_CHECKING:
    from dingdian.core.assessment.record import AssessmentRecord
    from dingdian.core.errors import Fault
    from dingdian.web.accounts.models import User

#: The kind of the work that enters.
WORK = "assess_enter"
_COMPARING = gettext_noop("comparing with the cases")
_ENTERING = gettext_noop("entering in the ledger")


@dataclass(frozen=True, slots=True)
class Preview:
    """What an entry would come to: how many of each move, and what is told with it."""

    moves: tuple[tuple[str, int], ...]
    faults: tuple[Fault, ...]


def record_of(version: Version) -> AssessmentRecord:
    """The record of a version, as its folder has it.

    Raises:
        RequestError: it is gone, or is not the one that was made.
    """
    record = assessments.read_assessed(version.made_place)
    if record.fingerprints.result != version.result:
        raise RequestError((fault("paper_changed", name=assessments.ASSESSMENT_JSON),))
    return record


def preview(user: User, version: Version) -> Preview:
    """What would be entered now; nothing is.

    Raises:
        RequestError: the record is gone or was changed.
    """
    cases = cases_by_id(bureau.desk().ledger.entries())
    asked, faults = entering(record_of(version), cases, known_at=clock.now(), by=user.username)
    counts = Counter(each.move for each in asked)
    moves = tuple((MOVES[move].name.say(bureau.lang()), n) for move, n in counts.items())
    return Preview(moves, faults)


def ask_for(user: User, measure: Measure) -> None:
    """Ask for the entry that was confirmed."""
    ask(WORK, measure.campaign.subject, by=user.username, pk=measure.pk)


@handler(WORK)
def enter(running: Running) -> dict[str, Any]:
    """Enter a version that two people want entered: moves, note and end of work in one."""
    measure = Measure.objects.select_related("version__campaign").get(pk=running.given["pk"])
    version = measure.version
    if measure.kind != Kind.ENTRY or measure.state != Stand.CONFIRMED or version.entered:
        return {}
    user = entitled(measure.decided_by, Right.CONFIRM_ASSESSMENT)
    running.tell(_COMPARING, 0, 2)
    desk = bureau.desk()
    cases = cases_by_id(desk.ledger.entries())
    by = f"{measure.by}+{measure.decided_by}"
    asked, left = entering(record_of(version), cases, known_at=clock.now(), by=by)
    running.tell(_ENTERING, 1, 2)

    def keep(changed: Changed) -> None:
        held = Version.objects.select_for_update().get(pk=version.pk)
        if held.entered:
            raise RequestError((fault("version_entered"),))
        held.entered = {
            "by": by,
            "at": clock.now().isoformat(),
            "entries": len(changed.entries),
            "first": changed.entries[0].seq if changed.entries else 0,
            "groups": quality.groups_of((*changed.faults, *left)),
        }
        held.save(update_fields=("entered",))
        bureau.note(
            user,
            version.campaign.subject,
            "assessment.enter",
            number=version.number,
            entries=len(changed.entries),
            result=version.result,
        )
        refreshing.ask(user.username)
        running.finish(entries=len(changed.entries))

    change_stages(desk.ledger, asked, desk.terms, within=keep)
    return {}
