import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("day", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("by", models.CharField(blank=True, max_length=60)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="Installed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("day", models.DateField()),
                ("installed_at", models.DateTimeField()),
                ("folder", models.CharField(max_length=60)),
                ("about", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="PublicConsultation",
            fields=[
                ("public_id", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True)),
                ("opens", models.DateField()),
                ("closes", models.DateField()),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                ("papers", models.JSONField(default=list)),
                ("answers", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("-closes", "public_id"),
            },
        ),
        migrations.CreateModel(
            name="PublicPlan",
            fields=[
                ("public_id", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                ("number", models.CharField(blank=True, max_length=80)),
                ("year", models.IntegerField()),
                ("issued_on", models.DateField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("stage", models.CharField(max_length=20)),
                ("since", models.DateField(null=True)),
                ("through", models.DateField(null=True)),
                ("papers", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("-issued_on", "public_id"),
            },
        ),
        migrations.CreateModel(
            name="Sent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("made_at", models.DateTimeField()),
                ("comments", models.IntegerField()),
                ("sha256", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("consultation", models.CharField(max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("insured", "an insured person"),
                            ("institution", "a medical institution or pharmacy"),
                            ("expert", "an expert"),
                            ("other", "another person or body"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=60)),
                ("contact", models.CharField(blank=True, max_length=100)),
                ("text", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("exported_in", models.PositiveIntegerField(null=True)),
                ("receipted", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["receipted", "id"], name="comment_receipted"),
                    models.Index(fields=["received_at"], name="comment_received"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Knock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=64)),
                ("act", models.CharField(max_length=20)),
                ("slot", models.BigIntegerField()),
                ("times", models.IntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["slot"], name="knock_slot")],
                "constraints": [
                    models.UniqueConstraint(fields=("who", "act", "slot"), name="knock_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicInstitution",
            fields=[
                ("code", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=40)),
                ("level", models.CharField(blank=True, max_length=20)),
                ("services", models.CharField(blank=True, max_length=300)),
                ("district", models.CharField(blank=True, max_length=20)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("standing", models.CharField(max_length=20)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
            ],
            options={
                "ordering": ("code",),
                "indexes": [
                    models.Index(fields=["district", "code"], name="public_institution_district"),
                    models.Index(fields=["kind", "code"], name="public_institution_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicLocality",
            fields=[
                ("code", models.CharField(max_length=30, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("district", models.CharField(blank=True, max_length=20)),
                ("region", models.CharField(blank=True, max_length=20)),
                ("lon", models.FloatField()),
                ("lat", models.FloatField()),
            ],
            options={
                "ordering": ("name", "code"),
                "indexes": [
                    models.Index(fields=["district", "name"], name="public_locality_district")
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicRegion",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("level", models.CharField(max_length=20)),
                ("district", models.CharField(blank=True, max_length=20)),
                ("position", models.IntegerField()),
            ],
            options={
                "ordering": ("position",),
                "indexes": [models.Index(fields=["level", "position"], name="public_region_level")],
            },
        ),
        migrations.CreateModel(
            name="Received",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("number", models.PositiveIntegerField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("taken", "taken in"), ("refused", "refused")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField()),
                ("by", models.CharField(blank=True, max_length=60)),
                ("comments", models.IntegerField(default=0)),
                ("fresh", models.IntegerField(default=0)),
                ("installed", models.IntegerField(default=0)),
                ("faults", models.JSONField(default=list)),
            ],
            options={
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "taken")),
                        fields=("number",),
                        name="taken_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TakenComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(unique=True)),
                ("consultation", models.CharField(max_length=60)),
                ("held", models.JSONField(null=True)),
                (
                    "received",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="public.received"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["consultation"], name="taken_consultation")],
            },
        ),
    ]
