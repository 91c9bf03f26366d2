"""The tables of 0001 and 0002 in one step, for a database that has none of them. A database that has some of them goes on one by one."""

import django.core.validators
import django.db.models.deletion
import mobility.common.search
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from mobility.common.new_tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("partners", "0001_initial"), ("partners", "0002_search_text")]

    initial = True

    dependencies = [
        ("accounts", "0003_codes_for_links"),
        ("apprentices", "0060_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="HostCompany",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("city", models.CharField(max_length=80, verbose_name="city")),
                        ("contact_name", models.CharField(max_length=160, verbose_name="contact person")),
                        ("contact_email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("contact_phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                        (
                            "language",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="en",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="host_companies",
                                to="partners.partner",
                                verbose_name="partner",
                            ),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=mobility.common.search.Folded(
                                    "name", "city", "contact_name", "contact_email", "contact_phone"
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "host company",
                        "verbose_name_plural": "host companies",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPartner",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        ("city", models.CharField(max_length=80, verbose_name="city")),
                        ("oid", models.CharField(blank=True, max_length=9, verbose_name="organisation ID (OID)")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                        (
                            "language",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="en",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.CharField(max_length=100, null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.office",
                                verbose_name="office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical host partner",
                        "verbose_name_plural": "historical host partners",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Partner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("country", models.CharField(max_length=2, verbose_name="country")),
                        ("city", models.CharField(max_length=80, verbose_name="city")),
                        ("oid", models.CharField(blank=True, max_length=9, verbose_name="organisation ID (OID)")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                        (
                            "language",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="en",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=mobility.common.search.Folded("name", "city", "oid", "email", "phone"),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "host partner",
                        "verbose_name_plural": "host partners",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "name"),
                                name="one_partner_of_a_name",
                                violation_error_message="There is a partner of this name already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(verbose_name="ends on")),
                        (
                            "places",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="places",
                            ),
                        ),
                        (
                            "minimum_age",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="minimum age"),
                        ),
                        ("lodging", models.CharField(blank=True, max_length=200, verbose_name="lodging")),
                        (
                            "host_company",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty where the partner hosts itself.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="partners.hostcompany",
                                verbose_name="host company",
                            ),
                        ),
                        (
                            "trades",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="apprentices.trade", verbose_name="trades"
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="partners.partner",
                                verbose_name="partner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opening",
                        "verbose_name_plural": "openings",
                        "ordering": ["starts_on", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="opening_ends_after_start",
                                violation_error_message="The opening ends before it starts.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactAccess",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "membership",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="contact_access",
                                to="accounts.membership",
                                verbose_name="membership",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accesses",
                                to="partners.partner",
                                verbose_name="partner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partner access",
                        "verbose_name_plural": "partner accesses",
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                        ("is_primary", models.BooleanField(default=False, verbose_name="first contact")),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="partners.partner",
                                verbose_name="partner",
                            ),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=mobility.common.search.Folded("name", "email", "phone"),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact person",
                        "verbose_name_plural": "contact persons",
                        "ordering": ["-is_primary", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="VisitDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        ("from_time", models.TimeField(verbose_name="from")),
                        ("to_time", models.TimeField(verbose_name="to")),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_days",
                                to="partners.partner",
                                verbose_name="partner",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visit day",
                        "verbose_name_plural": "visit days",
                        "ordering": ["on"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("partner", "on"),
                                name="one_visit_day_per_date",
                                violation_error_message="This day is offered already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("to_time__gt", models.F("from_time"))),
                                name="visit_day_ends_after_start",
                                violation_error_message="The visit ends before it begins.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitSlot",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="place")),
                        (
                            "visit_day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="slots",
                                to="partners.visitday",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visit place",
                        "verbose_name_plural": "visit places",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("visit_day", "number"), name="one_slot_per_number")
                        ],
                    },
                ),
            ],
        ),
    ]
