"""Who applies what, and how long files are kept."""

import pytest
from django.conf import settings

from dingdian.web import clock
from dingdian.web.imports.models import Import, State
from dingdian.web.jobs import running
from dingdian.web.jobs.models import Job
from dingdian.web.rights import Role
from tests.web.importing import (
    ask_apply,
    kinds,
    ledger_print,
    packed,
    page,
    previewed,
    renamed,
    uploaded,
)


def test_only_the_preview_that_was_seen_is_applied(client, work, tables, tmp_path):
    renamed(tables)
    row = previewed(client, work, packed(tables, tmp_path))
    assert f'name="base" value="{row.base}"' in page(client, f"/imports/{row.pk}/apply")
    assert ask_apply(client, row, base="0" * 64).status_code == 422
    assert not Job.objects.filter(kind="import_apply").exists()
    ask_apply(client, row)
    Import.objects.filter(pk=row.pk).update(base="1" * 64)  # previewed anew before it is begun
    work()
    assert kinds(Job.objects.get(kind="import_apply")) == ["import_preview_other"]


def test_an_import_is_not_applied_once_its_end_was_asked_for(
    client, work, tables, tmp_path, monkeypatch
):
    from dingdian.web.imports import handlers

    renamed(tables)
    row = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, row)
    applies = handlers._apply_to

    def cancelled(found, applied, its):
        applies(found, applied, its)
        running.cancel(its.job)

    monkeypatch.setattr(handlers, "_apply_to", cancelled)
    before = ledger_print(row.day)
    work()
    row.refresh_from_db()
    assert (row.state, ledger_print(row.day)) == (State.PREVIEWED, before)


@pytest.mark.parametrize("how", ["inactive", "without the right"])
def test_who_may_no_longer_import_has_nothing_applied(client, user, work, tables, tmp_path, how):
    renamed(tables)
    row = previewed(client, work, packed(tables, tmp_path))
    ask_apply(client, row)
    planner = user(Role.PLANNER)
    if how == "inactive":
        planner.is_active = False
        planner.save()
    else:
        planner.grants.all().delete()
    work()
    row.refresh_from_db()
    assert row.state == State.PREVIEWED
    assert kinds(Job.objects.get(kind="import_apply")) == ["job_not_entitled"]


def test_what_was_uploaded_is_removed_when_its_days_are_over(client, work, tables, tmp_path):
    import datetime as dt

    from dingdian.web.persons import blank_old

    tables["institutions"][3]["region"] = "999999"
    row = uploaded(client, work, packed(tables, tmp_path))
    days = settings.CONFIG.personal_days
    assert "import_files" not in {k for k, n in blank_old(clock.now(), days).items() if n}
    assert row.files_place.is_dir()
    later = clock.now() + dt.timedelta(days=days + 1)
    assert blank_old(later, days)["import_files"] == 1
    assert not any((row.files_place.exists(), row.copy_place.exists(), row.marked.exists()))
    row.refresh_from_db()
    assert row.files[0]["sha256"]
    page(client, f"/imports/{row.pk}/quality")
    assert blank_old(later, days)["import_files"] == 0
