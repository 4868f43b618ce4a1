"""How the tables stand in Django: only added to, in no admin, and beside a web project's own."""

import os
import subprocess
import sys

import pytest
from django.db import IntegrityError

from tests.storage.contracts.houses import append, entry
from tests.storage.contracts.test_censuses import NOON, small

WEB_PROJECT = """
import sys
from dingdian.storage.database_url import address_of
from dingdian.storage.db.configuring import APP, database
import django
from django.conf import settings

url = sys.argv[1]
CONTRIB = ["admin", "auth", "contenttypes", "messages", "sessions"]
settings.configure(
    DATABASES={"default": database(address_of(url))},
    INSTALLED_APPS=[*(f"django.contrib.{each}" for each in CONTRIB), APP],
    USE_TZ=True,
)
django.setup()
from django.contrib import admin
from django.db import connections
from dingdian.storage.db.opening import create_ledger, open_ledger
from tests.storage.contracts.houses import MARK, append, entry

admin.autodiscover()
registered = {model._meta.label for model in admin.site._registry}
ledger = create_ledger(url, MARK)
append(ledger, entry(1))
made = sorted(connections[ledger.alias].introspection.table_names())
print(ledger.alias, "auth.User" in registered, [each for each in registered if "ledger" in each])
print(*made)
"""


def test_no_admin_knows_the_tables(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", WEB_PROJECT, f"sqlite:///{tmp_path / 'web.db'}"],
        capture_output=True,
        check=True,
        text=True,
        env=os.environ,
    )
    first, tables = done.stdout.splitlines()
    assert first == "default True []"
    assert all(each.startswith(("ledger_", "django_migrations")) for each in tables.split())


def test_the_steps_are_those_of_the_tables(database):
    database.make()
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    with translation.override(None, deactivate=True):  # as makemigrations has it: names in English
        translation.deactivate_all()
        steps = MigrationLoader(None)
        tables = ProjectState.from_apps(apps)
        found = MigrationAutodetector(steps.project_state(), tables)

        assert found.changes(graph=steps.graph) == {}


def test_what_is_only_added_to_can_be_neither_changed_nor_deleted(database):
    ledger = database.make()
    from dingdian.storage.db import models

    append(ledger, entry(1))
    ledger.save_census(small(), NOON)
    for model in (models.Entry, models.Census, models.CensusRow, models.Mark):
        there = model.objects.using(ledger.alias)
        row = there.first()
        for refused in (row.delete, there.all().delete, there.update):
            with pytest.raises(TypeError, match="only ever added to"):
                refused()
        with pytest.raises(IntegrityError):
            row.save(using=ledger.alias)
        assert there.filter(pk=row.pk).count() == 1
