"""Letters of a round: all of a decision without numbers, and those of its entries with them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_noop

from dingdian.core.errors import RequestError, fault
from dingdian.reports.admission.letters import TEMPLATE, letter_forms, write_letters
from dingdian.storage.folders import Out, write_through
from dingdian.web.letters import batch
from dingdian.web.rights import Right
from dingdian.web.rounds import reading, working
from dingdian.web.rounds.models import HAVING, Round, State
from dingdian.wiring.papers import installed

if TYPE_CHECKING:
    from dingdian.core.admission.record import DecisionRecord, DecisionsRecord
    from dingdian.web.accounts.models import User
    from dingdian.web.jobs.running import Running

#: Kinds of work.
SPECIMENS, LETTERS = "round_specimens", "round_letters"
#: The name of the archive of letters.
ARCHIVE = "letters.zip"
#: Forms of a letter: the ending of its file.
FORMS = ("docx", "html")
WRITING = gettext_noop("writing letters")
#: Progress is told after so many letters.
_TOLD = 5


def specimen(record: DecisionsRecord, decision: DecisionRecord, form: str) -> tuple[str, bytes]:
    """The letter of an applicant, without a number: the name of the file and its bytes.

    Raises:
        RequestError: the template is wrong.
    """
    installed()
    made = write_letters(record, letter_forms(None), (decision,))
    return next(each for each in made if each[0].endswith(f".{form}"))


def write_specimens(running: Running) -> None:
    """Write the letters of the last decision into one archive, whole or not at all.

    Raises:
        RequestError: there is another decision by now, or its record cannot be read.
    """
    row = Round.objects.get(pk=running.given["pk"])
    row.in_state(*HAVING)
    if row.number != running.given["number"]:
        raise RequestError((fault("round_state", state=str(row.get_state_display())),))
    working.clerk(running.job.by, row)
    installed()
    record, forms = reading.shown(row).record, letter_forms(None)
    total = len(record.decisions)

    def write(fresh: Path) -> None:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(TEMPLATE, forms.template)
            made = write_letters(record, forms, record.decisions)
            for at, (name, content) in enumerate(made):
                archive.writestr(name, content)
                if at % _TOLD == 0:
                    running.tell(WRITING, at // len(FORMS), total)

    write_through(Out(row.letters, force=True, ours=zipfile.is_zipfile), write)
    with transaction.atomic():
        running.finish(letters=total)


# -- letters of the entries ---------------------------------------------------------------


def _wanted(user: User, row: Round) -> list[batch.Wanted]:
    """The letters of the entries of a round that were not made yet."""
    districts = user.districts(Right.MOVE_CASES)
    return batch.of_entries(range(row.first, row.last + 1), districts)


def left(user: User, row: Round) -> int:
    """How many letters of a round's entries somebody may still make."""
    return len(_wanted(user, row)) if user.may(Right.MOVE_CASES) else 0


def make_letters(running: Running) -> dict[str, Any]:
    """Make the letters of the entries of a round that were not made yet, each by itself.

    Raises:
        RequestError: the round is not entered, or who asked may not make letters any more.
    """
    row = Round.objects.get(pk=running.given["pk"])
    row.in_state(State.ENTERED)
    user = working.clerk(running.job.by, row)
    wanted = _wanted(user, row)
    made = batch.make_all(user, wanted, lambda n: running.tell(WRITING, n, len(wanted)))
    return made.plain()
