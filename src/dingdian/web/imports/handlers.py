"""The long work of an import. Each piece may be begun again: it finds out how far it came."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop

from dingdian.actions.apply_import import Applied, By, Undone, apply_import, undo_import
from dingdian.actions.open_ledger import Recording
from dingdian.actions.preview_import import preview_import
from dingdian.core.census.faults import KINDS
from dingdian.core.errors import RequestError, Severity, fault
from dingdian.storage.folders import Out, write_folder
from dingdian.web import bureau, clock
from dingdian.web.imports import changes, quality, tidying
from dingdian.web.imports.models import BEFORE, Import, State
from dingdian.web.jobs.entitled import entitled
from dingdian.web.jobs.running import Running, ask, handler
from dingdian.web.ledger import refreshing
from dingdian.web.rights import Right
from dingdian.wiring import imports

# What a piece of work says that it does.
_READING = gettext_noop("reading the files")
_CHECKING = gettext_noop("checking")
_COPYING = gettext_noop("writing a copy of what was read")
_MARKING = gettext_noop("marking cells in a workbook")
_REREADING = gettext_noop("reading what was checked")
_COMPARING = gettext_noop("comparing with the ledger")
_NOTING = gettext_noop("writing down what would change")
_WRITING = gettext_noop("writing into the ledger")
_EXPORTING = gettext_noop("writing the ledger as a workbook")
#: In how many steps each piece of work tells how far it is.
_STEPS = 4


@handler("import_check")
def check(running: Running) -> dict[str, Any]:
    """Read an upload and check it."""
    row = Import.objects.get(pk=running.given["pk"])
    if row.state != State.UPLOADED:  # begun again after all was kept
        return {}
    tidying.tidy()
    running.tell(_READING, 0, _STEPS)
    _there(row)
    checked = imports.check(
        bureau.desk(),
        row.files_place,
        lambda name, rows: running.tell(f"{_READING}: {name}", rows),
        clock.today(),
    )
    running.tell(_CHECKING, 2, _STEPS)
    return _kept(row, checked, running)


def _kept(row: Import, checked: imports.Checked, running: Running) -> dict[str, Any]:
    """Write what was found beside the database, then say in the row that it is there."""
    groups: list[dict[str, Any]] = []
    write_folder(_anew(row.lines_place), lambda fresh: groups.extend(quality.keep(checked, fresh)))
    running.tell(_COPYING, 3, _STEPS)
    if checked.census is not None and not checked.blocking:
        row.fingerprint = imports.write_copy(checked.census, row.copy_place)
    if checked.census is not None:
        row.tables = {name: len(t) for name, t in checked.census.tables.items() if len(t)}
        row.rows = sum(row.tables.values())
        row.day = checked.census.taken_on
    severities = [KINDS[each.kind].severity for each in checked.faults]
    row.blocking = severities.count(Severity.BLOCKING)
    row.warnings = severities.count(Severity.WARNING)
    row.notes = severities.count(Severity.NOTE)
    row.groups = groups
    row.state = State.BLOCKED if checked.blocking else State.CHECKED
    result = {"rows": row.rows or 0, "faults": len(checked.faults)}
    with transaction.atomic():
        _locked(row, State.UPLOADED)
        row.save()
        ask("import_marked", row.subject, by=running.job.by, **running.given)
        running.finish(**result)
    return result


@handler("import_marked")
def marked(running: Running) -> dict[str, Any]:
    """Write the workbook with marked cells."""
    row = Import.objects.get(pk=running.given["pk"])
    running.tell(_MARKING, 0, 2)
    _there(row)
    checked = imports.recheck(bureau.desk(), row.files_place, localdate(row.uploaded_at))
    running.tell(_MARKING, 1, 2)
    faults = tuple(quality.masked(checked))
    imports.write_marked(row.marked, checked, faults, running.given["language"])
    return {}


@handler("import_preview")
def preview(running: Running) -> dict[str, Any]:
    """Find what an import would change."""
    row = Import.objects.get(pk=running.given["pk"])
    running.tell(_REREADING, 0, _STEPS)
    census = imports.read_copy(row.copy_place, row.fingerprint)
    running.tell(_COMPARING, 1, _STEPS)
    desk = bureau.desk()
    found = preview_import(
        desk.ledger,
        census,
        desk.terms,
        today=clock.today(),
        recording=Recording(clock.now(), running.job.by, "preview"),
    )
    running.tell(_NOTING, 3, _STEPS)
    counts: dict[str, Any] = {}
    write_folder(_anew(row.preview_place), lambda fresh: counts.update(changes.keep(found, fresh)))
    with transaction.atomic():
        row = _locked(row, State.CHECKED, State.PREVIEWED)
        row.state, row.previewed_at = State.PREVIEWED, clock.now()
        row.base, row.preview = found.base.fingerprint, counts
        row.save()
        running.finish(changes=len(found.changes))
    return {}


@handler("import_apply")
def apply(running: Running) -> dict[str, Any]:
    """Keep an import: census, cases, row, journal and the end of this work in one transaction.

    Whoever dies before it has ended leaves nothing; after it, nothing is left to do. What was
    applied by another piece of work, with a reason of its own, is not this one's to call done.
    """
    row = Import.objects.get(pk=running.given["pk"])
    base, own = running.given["base"], (running.job.by, running.given["reason"])
    if row.state == State.APPLIED and (row.applied_by, row.reason) == own:  # asked once more
        return {"rows": row.rows_kept, "cases": row.cases}
    _previewed_as(row, base)
    desk, user = bureau.desk(), entitled(running.job.by, Right.IMPORT)
    running.tell(_REREADING, 0, 2)
    census = imports.read_copy(row.copy_place, row.fingerprint)
    running.tell(_WRITING, 1, 2)

    def within(applied: Applied) -> None:
        found = _locked(row, State.PREVIEWED)
        _previewed_as(found, base)
        _apply_to(found, applied, running)
        bureau.note(
            user,
            found.subject,
            "import.apply",
            file=found.name,
            day=applied.day,
            rows=applied.rows,
            cases=applied.cases,
            census=applied.fingerprint,
            base=found.base,
            reason=found.reason,
        )
        ask(refreshing.KIND, refreshing.ABOUT, by=running.job.by)
        running.finish(rows=applied.rows, cases=applied.cases)

    by = By(user.username, running.given["reason"], clock.now)
    try:
        apply_import(desk.ledger, census, desk.terms, base=base, by=by, within=within)
    except RequestError as error:
        if any(each.kind == "import_base_changed" for each in error.faults):
            Import.objects.filter(pk=row.pk, state=State.PREVIEWED, base=base).update(
                state=State.CHECKED
            )
        raise
    return {}


def _apply_to(row: Import, applied: Applied, running: Running) -> None:
    row.state, row.reason = State.APPLIED, running.given["reason"]
    row.applied_by, row.applied_at = running.job.by, clock.now()
    row.before, row.kept_at = applied.before, applied.kept_at
    row.rows_kept, row.first, row.last = applied.rows, applied.first, applied.last
    row.save()


@handler("import_undo")
def undo(running: Running) -> dict[str, Any]:
    """Undo the import that was applied last, in one transaction as ``apply``."""
    row = Import.objects.get(pk=running.given["pk"])
    if row.state == State.UNDONE:
        return {}
    if not row.is_last_applied:
        raise RequestError((fault("import_not_last"),))
    desk, user = bureau.desk(), entitled(running.job.by, Right.IMPORT)
    running.tell(_WRITING, 0, 1)

    def within(undone: Undone) -> None:
        found = _locked(row, State.APPLIED)
        found.state, found.closed_at = State.UNDONE, clock.now()
        found.save()
        bureau.note(
            user,
            found.subject,
            "import.undo",
            rows=undone.rows,
            cases=undone.cases,
            census=undone.fingerprint,
            reason=running.given["reason"],
        )
        ask(refreshing.KIND, refreshing.ABOUT, by=running.job.by)
        running.finish(rows=undone.rows, cases=undone.cases)

    assert row.day is not None  # noqa: S101 -- it was applied
    applied = Applied(
        day=row.day,
        before=row.before,
        kept_at=row.kept_at,
        rows=row.rows_kept or 0,
        first=row.first,
        last=row.last,
        fingerprint=row.fingerprint,
    )
    by = By(user.username, running.given["reason"], clock.now)
    undo_import(desk.ledger, applied, desk.terms, by=by, within=within)
    return {}


@handler("ledger_workbook")
def ledger_workbook(running: Running) -> dict[str, Any]:
    """Write the ledger of a day as a workbook to edit; of today where none was asked for."""
    entitled(running.job.by, Right.IMPORT)
    running.tell(_EXPORTING, 0, 1)
    lang = running.given.get("language", "zh")
    day = dt.date.fromisoformat(running.given.get("day") or clock.today().isoformat())
    imports.write_ledger(bureau.desk(), day, tidying.workbook(), lang=lang)
    return {"day": day.isoformat()}


def _locked(row: Import, *states: Any) -> Import:
    """The row, held until the end of the transaction.

    Raises:
        RequestError: it is in another state by now.
    """
    found = Import.objects.select_for_update().get(pk=row.pk)
    if found.state not in states:
        raise RequestError((fault("import_state", state=str(found.get_state_display())),))
    return found


def _previewed_as(row: Import, base: str) -> None:
    """That an import waits to be applied with the preview that somebody has seen.

    Raises:
        RequestError: it does not, or was previewed against another ledger since.
    """
    if row.state != State.PREVIEWED:
        raise RequestError((fault("import_state", state=str(row.get_state_display())),))
    if row.base != base:
        raise RequestError((fault("import_preview_other"),))


def _there(row: Import) -> None:
    if row.state not in BEFORE or not row.files_place.is_dir():
        raise RequestError((fault("import_files_gone"),))


def _anew(path: Path) -> Out:
    """A folder of ours that is written anew."""
    shutil.rmtree(path, ignore_errors=True)
    return Out(path)
