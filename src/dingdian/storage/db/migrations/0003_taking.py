"""The index of the places that cases have taken, made for the entries that are there."""

from django.db import migrations, models

from dingdian.core.lifecycle.chain import Stored
from dingdian.storage.db import takings


def fill(_apps, editor):
    """Make it from the entries."""
    alias = editor.connection.alias
    with editor.connection.chunked_cursor() as cursor:
        cursor.execute("SELECT seq, case_name, body, digest FROM ledger_entry ORDER BY seq")
        cases = takings.changed(Stored(*row) for row in cursor)
    takings.keep(alias, cases)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_note"),
    ]

    operations = [
        migrations.CreateModel(
            name="Taking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.BigIntegerField(help_text="number of the entry that took them")),
                ("case", models.TextField(db_column="case_name", help_text="case")),
                (
                    "region",
                    models.TextField(
                        help_text="region of the case at that entry, empty where unknown"
                    ),
                ),
                (
                    "day",
                    models.DateField(
                        help_text="day on which the entry held: the places are of its year"
                    ),
                ),
                ("resource", models.TextField(help_text="resource of a plan")),
                (
                    "bed_class",
                    models.TextField(help_text="class of beds, empty for what is no beds"),
                ),
                ("amount", models.IntegerField(help_text="how many places or beds")),
                ("exempt", models.BooleanField(help_text="whether by an exemption from the plan")),
            ],
            options={
                "db_table": "ledger_taking",
                "indexes": [models.Index(fields=["resource", "day"], name="ledger_taking_year")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "seq", "resource", "bed_class"), name="ledger_taking_once"
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
