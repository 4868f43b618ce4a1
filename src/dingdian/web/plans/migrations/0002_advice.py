import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Advice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=160)),
                ("kind", models.CharField(max_length=8)),
                ("size", models.IntegerField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("about", models.CharField(max_length=20)),
                ("census", models.CharField(max_length=64)),
                ("shelf", models.CharField(max_length=64)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="advice",
            constraint=models.UniqueConstraint(fields=("plan", "sha256"), name="advice_once"),
        ),
    ]
