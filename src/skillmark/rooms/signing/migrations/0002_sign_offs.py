"""Lives of keys, hand-overs from one to the next, keys in a device, and the switch that stops signing."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


def begin(apps, schema_editor):
    """Every key from before was active from the moment it was made."""
    apps.get_model("signing", "IssuerKey").objects.filter(active_from=None).update(active_from=models.F("made_at"))


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="issuerkey", options={"ordering": ("made_at", "id")}),
        migrations.AlterField(
            model_name="issuerkey",
            name="state",
            field=models.CharField(
                choices=[
                    ("staged", "Staged"),
                    ("active", "Active"),
                    ("retired", "Retired"),
                    ("compromised", "Compromised"),
                ],
                default="active",
                max_length=12,
            ),
        ),
        migrations.AlterField(model_name="issuerkey", name="wrapped", field=models.BinaryField(default=bytes)),
        migrations.AddField(
            model_name="issuerkey", name="algorithm", field=models.CharField(default="Ed25519", max_length=12)
        ),
        migrations.AddField(
            model_name="issuerkey",
            name="provider",
            field=models.CharField(choices=[("local", "Local"), ("pkcs11", "Pkcs11")], default="local", max_length=12),
        ),
        migrations.AddField(model_name="issuerkey", name="handle", field=models.CharField(blank=True, max_length=80)),
        migrations.AddField(model_name="issuerkey", name="active_from", field=models.DateTimeField(null=True)),
        migrations.AddField(model_name="issuerkey", name="compromised_at", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="issuerkey",
            name="compromised_why",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(begin, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="issuerkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "staged")), fields=("org_id", "purpose"), name="one_staged_key_a_purpose"
            ),
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("org_id", models.UUIDField(db_index=True)),
                ("document", models.BinaryField()),
                ("signed_at", models.DateTimeField()),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taken_over", to="signing.issuerkey"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handed_over", to="signing.issuerkey"
                    ),
                ),
            ],
            options={
                "ordering": ("signed_at", "id"),
                "constraints": [models.UniqueConstraint(fields=("old", "new"), name="one_hand_over_a_pair")],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("org_id", models.UUIDField(null=True)),
                ("template_id", models.UUIDField(null=True)),
                ("key_id", models.UUIDField(null=True)),
                ("why", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("made_at", "id"),
                "indexes": [models.Index(condition=models.Q(("ended_at__isnull", True)), fields=["org_id"], name="stops_now")],
            },
        ),
    ]
