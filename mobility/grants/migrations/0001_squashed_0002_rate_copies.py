"""The tables of 0001 and 0002 in one step, for a database that has none of them. A database that has some of them goes on one by one."""

import django.core.validators
import django.db.models.deletion
import mobility.common.clock
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from mobility.common.new_tables import CreateModels


class Migration(migrations.Migration):
    replaces = [("grants", "0001_initial"), ("grants", "0002_rate_copies")]

    initial = True

    dependencies = [
        ("accounts", "0003_codes_for_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="HistoricalRateCopy",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("call_year", models.PositiveSmallIntegerField(verbose_name="call year")),
                        ("source", models.CharField(max_length=300, verbose_name="where the figures come from")),
                        ("made_from", models.CharField(blank=True, max_length=40, verbose_name="made from")),
                        ("version", models.CharField(max_length=40, verbose_name="version")),
                        ("created_at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="made at")),
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
                            "created_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
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
                        "verbose_name": "historical own rate table",
                        "verbose_name_plural": "historical own rate tables",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Project",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                help_text="From the grant agreement, such as 2026-1-NO01-KA121-VET-000012345.",
                                max_length=40,
                                unique=True,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(20\\d\\d)-[1-9]-[A-Z]{2}\\d{2}-KA12[12]-(VET|ADU)-\\d{9}$",
                                        "This is not a project code of the programme.",
                                    )
                                ],
                                verbose_name="project code",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(verbose_name="ends on")),
                        (
                            "awarded",
                            models.DecimalField(decimal_places=2, max_digits=12, verbose_name="awarded grant (EUR)"),
                        ),
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
                            "is_price_due",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="its stays are to be priced again"
                            ),
                        ),
                        (
                            "rate_copy",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: the table of the call year that comes with Utferd.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="projects",
                                to="grants.ratecopy",
                                verbose_name="rate table",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "project",
                        "verbose_name_plural": "projects",
                        "ordering": ["-starts_on", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                                name="project_ends_after_start",
                                violation_error_message="The project ends before it starts.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("awarded__gte", 0)),
                                name="project_awarded_not_negative",
                                violation_error_message="An amount cannot be negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalBaseRate",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "participant_kind",
                            models.CharField(
                                choices=[("vet_learner", "learner"), ("staff", "staff")],
                                max_length=20,
                                verbose_name="participants",
                            ),
                        ),
                        (
                            "country_group",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1"), (2, "2"), (3, "3")], verbose_name="country group"
                            ),
                        ),
                        ("eur_per_day", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="EUR a day")),
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
                            "project",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="grants.project",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical base rate",
                        "verbose_name_plural": "historical base rates",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="RateCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        ("call_year", models.PositiveSmallIntegerField(verbose_name="call year")),
                        ("source", models.CharField(max_length=300, verbose_name="where the figures come from")),
                        ("made_from", models.CharField(blank=True, max_length=40, verbose_name="made from")),
                        ("version", models.CharField(max_length=40, verbose_name="version")),
                        ("created_at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="made at")),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.office",
                                verbose_name="office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "own rate table",
                        "verbose_name_plural": "own rate tables",
                        "ordering": ["-call_year", "name"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("office", "name"),
                                name="one_rate_copy_of_a_name",
                                violation_error_message="There is a table of this name already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalRateFigure",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("band", "travel support by distance"),
                                    ("daily_rate", "range of the daily rate"),
                                    ("organisational_support", "organisational support"),
                                    ("amount", "fixed sum"),
                                    ("percent", "percentage"),
                                    ("days", "number of days"),
                                    ("staff_rate_for", "paid at the daily rates of staff"),
                                    ("country", "country group"),
                                    ("country_outside", "country group, outside the programme"),
                                ],
                                max_length=30,
                                verbose_name="kind of figure",
                            ),
                        ),
                        ("of", models.CharField(blank=True, max_length=60, verbose_name="of what")),
                        (
                            "low",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="from"
                            ),
                        ),
                        (
                            "high",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="to"
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="figure"
                            ),
                        ),
                        (
                            "second",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="second figure"
                            ),
                        ),
                        (
                            "provenance",
                            models.CharField(
                                choices=[
                                    ("guide", "read in the Programme Guide of that year"),
                                    ("agency", "read on pages of national agencies, not in the Guide"),
                                    ("recalled", "not verified: check it against your grant agreement"),
                                ],
                                max_length=10,
                                verbose_name="where it was read",
                            ),
                        ),
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
                            "copy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="grants.ratecopy",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical figure of a rate table",
                        "verbose_name_plural": "historical figures of rate tables",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalProject",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "code",
                            models.CharField(
                                db_index=True,
                                help_text="From the grant agreement, such as 2026-1-NO01-KA121-VET-000012345.",
                                max_length=40,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^(20\\d\\d)-[1-9]-[A-Z]{2}\\d{2}-KA12[12]-(VET|ADU)-\\d{9}$",
                                        "This is not a project code of the programme.",
                                    )
                                ],
                                verbose_name="project code",
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(verbose_name="ends on")),
                        (
                            "awarded",
                            models.DecimalField(decimal_places=2, max_digits=12, verbose_name="awarded grant (EUR)"),
                        ),
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
                        (
                            "rate_copy",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: the table of the call year that comes with Utferd.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="grants.ratecopy",
                                verbose_name="rate table",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical project",
                        "verbose_name_plural": "historical projects",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="RateFigure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("band", "travel support by distance"),
                                    ("daily_rate", "range of the daily rate"),
                                    ("organisational_support", "organisational support"),
                                    ("amount", "fixed sum"),
                                    ("percent", "percentage"),
                                    ("days", "number of days"),
                                    ("staff_rate_for", "paid at the daily rates of staff"),
                                    ("country", "country group"),
                                    ("country_outside", "country group, outside the programme"),
                                ],
                                max_length=30,
                                verbose_name="kind of figure",
                            ),
                        ),
                        ("of", models.CharField(blank=True, max_length=60, verbose_name="of what")),
                        (
                            "low",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="from"
                            ),
                        ),
                        (
                            "high",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="to"
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="figure"
                            ),
                        ),
                        (
                            "second",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="second figure"
                            ),
                        ),
                        (
                            "provenance",
                            models.CharField(
                                choices=[
                                    ("guide", "read in the Programme Guide of that year"),
                                    ("agency", "read on pages of national agencies, not in the Guide"),
                                    ("recalled", "not verified: check it against your grant agreement"),
                                ],
                                max_length=10,
                                verbose_name="where it was read",
                            ),
                        ),
                        (
                            "copy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="figures",
                                to="grants.ratecopy",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "figure of a rate table",
                        "verbose_name_plural": "figures of rate tables",
                        "ordering": ["position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("low__lt", 0), _negated=True),
                                    models.Q(("high__lt", 0), _negated=True),
                                    models.Q(("value__lt", 0), _negated=True),
                                    models.Q(("second__lt", 0), _negated=True),
                                ),
                                name="rate_figure_not_negative",
                                violation_error_message="An amount cannot be negative.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsortiumMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("city", models.CharField(max_length=80, verbose_name="city")),
                        ("oid", models.CharField(blank=True, max_length=9, verbose_name="organisation ID (OID)")),
                        ("contact_name", models.CharField(max_length=160, verbose_name="contact person")),
                        ("contact_email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        ("joined_on", models.DateField(blank=True, null=True, verbose_name="joined on")),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.office",
                                verbose_name="office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consortium member",
                        "verbose_name_plural": "consortium members",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(fields=("office", "name"), name="one_member_of_a_name")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "heading",
                            models.CharField(
                                choices=[
                                    ("individual_support", "individual support"),
                                    ("travel", "travel support"),
                                    ("organisational_support", "organisational support"),
                                    ("linguistic_support", "linguistic support"),
                                    ("inclusion_support_organisation", "inclusion support for organisations"),
                                    ("inclusion_support_participants", "inclusion support for participants"),
                                    ("preparatory_visits", "preparatory visits"),
                                    ("course_fees", "course fees"),
                                    ("exceptional_costs", "exceptional costs"),
                                ],
                                max_length=40,
                                verbose_name="heading",
                            ),
                        ),
                        ("awarded", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="awarded (EUR)")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="budget_lines",
                                to="grants.project",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "budget line",
                        "verbose_name_plural": "budget lines",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "heading"),
                                name="one_budget_line_per_heading",
                                violation_error_message="There is a line for this heading already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("awarded__gte", 0)),
                                name="budget_line_not_negative",
                                violation_error_message="An amount cannot be negative.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BaseRate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "participant_kind",
                            models.CharField(
                                choices=[("vet_learner", "learner"), ("staff", "staff")],
                                max_length=20,
                                verbose_name="participants",
                            ),
                        ),
                        (
                            "country_group",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "1"), (2, "2"), (3, "3")], verbose_name="country group"
                            ),
                        ),
                        ("eur_per_day", models.DecimalField(decimal_places=2, max_digits=6, verbose_name="EUR a day")),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="base_rates",
                                to="grants.project",
                                verbose_name="project",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "base rate",
                        "verbose_name_plural": "base rates",
                        "ordering": ["participant_kind", "country_group"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("project", "participant_kind", "country_group"),
                                name="one_base_rate_per_kind_and_group",
                                violation_error_message="There is a rate for these participants and this country group already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("eur_per_day__gt", 0)),
                                name="base_rate_positive",
                                violation_error_message="A daily rate is more than 0.",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
