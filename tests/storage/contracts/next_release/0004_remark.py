"""A column more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("ledger", "0003_taking"),)
    operations = (
        migrations.AddField("case", "remark", models.TextField(null=True)),
        migrations.AddIndex("case", models.Index(fields=["last_seq"], name="ledger_case_last")),
    )
