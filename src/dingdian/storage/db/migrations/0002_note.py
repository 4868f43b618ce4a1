"""The journal of the office."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "seq",
                    models.BigIntegerField(
                        help_text="number in the journal, from 1", primary_key=True, serialize=False
                    ),
                ),
                (
                    "subject",
                    models.TextField(
                        help_text="what was done something to, as the body begins with it"
                    ),
                ),
                ("act", models.TextField(help_text="what was done: a code, as in the body")),
                ("by", models.TextField(help_text="who did it, as in the body")),
                ("region", models.TextField(help_text="district that it concerns, as in the body")),
                ("at", models.DateTimeField(help_text="moment, as in the body")),
                (
                    "body",
                    models.TextField(
                        help_text="the note as JSON text, byte for byte what is chained"
                    ),
                ),
                (
                    "digest",
                    models.TextField(
                        help_text="digest over the digest before and the body, hexadecimal"
                    ),
                ),
            ],
            options={
                "db_table": "ledger_note",
                "indexes": [
                    models.Index(fields=["subject", "seq"], name="ledger_note_subject"),
                    models.Index(fields=["act", "seq"], name="ledger_note_act"),
                ],
            },
        ),
    ]
