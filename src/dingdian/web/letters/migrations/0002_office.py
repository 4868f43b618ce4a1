"""Letters say which office serves them; of those that are there the entry of the ledger knows."""

from __future__ import annotations

import json
from typing import Any

from django.db import migrations, models


def say_office(apps: Any, _editor: Any) -> None:
    """Fill in the office of the letters that were made before."""
    entries = apps.get_model("ledger", "Entry").objects
    for each in apps.get_model("letters", "Letter").objects.filter(office=""):
        body = entries.values_list("body", flat=True).get(seq=each.entry)
        each.office = "bureau" if json.loads(body)["role"] == "bureau" else "agency"
        each.save(update_fields=["office"])


class Migration(migrations.Migration):
    """The column, filled."""

    dependencies = [("letters", "0001_initial"), ("ledger", "0003_taking")]

    operations = [
        migrations.AddField("letter", "office", models.CharField(default="", max_length=20)),
        migrations.RunPython(say_office, migrations.RunPython.noop),
        migrations.AlterField("letter", "office", models.CharField(max_length=20)),
    ]
