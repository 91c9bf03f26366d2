"""The tables of 0001 to 0005 in one step, for a database that has none of them. A database that has some of them goes on one by one."""

import django.core.validators
import django.db.models.deletion
import mobility.common.clock
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from mobility.common.new_tables import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("placements", "0001_initial"),
        ("placements", "0002_weeklylog_called"),
        ("placements", "0003_host_contact"),
        ("placements", "0004_online_language_support"),
        ("placements", "0005_price_facts_and_real_costs"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0003_codes_for_links"),
        ("apprentices", "0060_appeals"),
        ("common", "0003_mails_by_hand_and_saved_filters"),
        ("grants", "0002_rate_copies"),
        ("partners", "0002_search_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Grant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rate_table", models.CharField(max_length=40, verbose_name="rate table")),
                        ("total", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="total (EUR)")),
                        ("computed_at", models.DateTimeField(verbose_name="computed at")),
                        ("frozen_at", models.DateTimeField(blank=True, null=True, verbose_name="frozen at")),
                        (
                            "placement",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grant",
                                to="placements.placement",
                                verbose_name="placement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grant",
                        "verbose_name_plural": "grants",
                    },
                ),
                migrations.CreateModel(
                    name="GrantLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="order")),
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
                        ("amount", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="amount (EUR)")),
                        ("facts", models.JSONField(default=dict, verbose_name="calculation")),
                        ("source", models.CharField(max_length=200, verbose_name="source of the rule")),
                        (
                            "grant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="placements.grant"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a grant",
                        "verbose_name_plural": "lines of a grant",
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPlacement",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "status_since",
                            models.DateTimeField(
                                default=mobility.common.clock.now, editable=False, verbose_name="in this state since"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed to partner"),
                                    ("host_found", "host found"),
                                    ("refused", "refused by partner"),
                                    ("confirmed", "confirmed"),
                                    ("ready", "ready to travel"),
                                    ("abroad", "abroad"),
                                    ("returned", "returned"),
                                    ("evaluated", "evaluated"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "activity",
                            models.CharField(
                                choices=[
                                    ("short_term_learner", "short-term learning mobility"),
                                    ("long_term_learner", "long-term learning mobility (ErasmusPro)"),
                                ],
                                default="long_term_learner",
                                max_length=30,
                                verbose_name="activity",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                        ("travel_days", models.PositiveSmallIntegerField(default=2, verbose_name="travel days")),
                        (
                            "interruption_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="days of interruption"),
                        ),
                        ("is_green", models.BooleanField(default=False, verbose_name="green travel")),
                        (
                            "distance_km",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="One way, as the crow flies, by the programme's distance calculator.",
                                max_digits=7,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="distance (km)",
                            ),
                        ),
                        ("lodging", models.CharField(blank=True, max_length=200, verbose_name="lodging")),
                        (
                            "refusal_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason of the refusal"),
                        ),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason of the cancellation"),
                        ),
                        ("arrived_on", models.DateField(blank=True, null=True, verbose_name="arrived on")),
                        ("returned_on", models.DateField(blank=True, null=True, verbose_name="returned on")),
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
                            "application",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "apprentice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.apprentice",
                                verbose_name="apprentice",
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
                            "host_company",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty where the partner hosts itself.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partners.hostcompany",
                                verbose_name="host company",
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
                            "opening",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partners.opening",
                                verbose_name="opening",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partners.partner",
                                verbose_name="host partner",
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
                        (
                            "host_contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Where the partner hosts itself. A host company has its own contact person.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="partners.contact",
                                verbose_name="contact person at the partner",
                            ),
                        ),
                        (
                            "ols_lacks",
                            models.BooleanField(
                                default=False,
                                help_text="Then the programme pays linguistic support for a course of your own.",
                                verbose_name="online language support lacks the language or the level",
                            ),
                        ),
                        (
                            "days_not_requested",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Days of the stay for which no support is asked for.",
                                verbose_name="days without support",
                            ),
                        ),
                        (
                            "distance_reason",
                            models.CharField(
                                blank=True,
                                help_text="For a place or a distance other than the one we suggest. The agency may ask.",
                                max_length=300,
                                verbose_name="why another place or distance",
                            ),
                        ),
                        (
                            "green_percent",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="From 50 % on the journey counts as green travel.",
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="share of the round trip by train, bus or car-pooling (%)",
                            ),
                        ),
                        (
                            "has_fewer_opportunities",
                            models.BooleanField(
                                default=False,
                                help_text="Only that it is so: never write down why.",
                                verbose_name="participant with fewer opportunities",
                            ),
                        ),
                        (
                            "origin_place",
                            models.CharField(blank=True, max_length=160, verbose_name="place of departure"),
                        ),
                        ("venue_place", models.CharField(blank=True, max_length=160, verbose_name="place of the stay")),
                        (
                            "wants_organisational_support",
                            models.BooleanField(default=True, verbose_name="organisational support is asked for"),
                        ),
                    ],
                    options={
                        "verbose_name": "historical placement",
                        "verbose_name_plural": "historical placements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="LearningAgreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "status_since",
                            models.DateTimeField(
                                default=mobility.common.clock.now, editable=False, verbose_name="in this state since"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("signing", "being signed"),
                                    ("signed", "signed by everybody"),
                                    ("replaced", "replaced by a newer version"),
                                ],
                                default="signing",
                                editable=False,
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="en",
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        ("tasks", models.TextField(max_length=3000, verbose_name="tasks and programme")),
                        (
                            "monitoring",
                            models.TextField(blank=True, max_length=2000, verbose_name="monitoring and mentoring"),
                        ),
                        (
                            "recognition",
                            models.TextField(blank=True, max_length=2000, verbose_name="evaluation and recognition"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="made at")),
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
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "signed_document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="signed document",
                            ),
                        ),
                        (
                            "placement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="learning_agreements",
                                to="placements.placement",
                                verbose_name="placement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "learning agreement",
                        "verbose_name_plural": "learning agreements",
                        "ordering": ["-version"],
                        "constraints": [
                            models.UniqueConstraint(fields=("placement", "version"), name="one_agreement_per_version"),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "replaced"), _negated=True),
                                fields=("placement",),
                                name="one_agreement_in_force",
                                violation_error_message="There is a learning agreement already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LearningAgreementStatusChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="move")),
                        ("from_status", models.CharField(blank=True, max_length=30, verbose_name="from")),
                        ("to_status", models.CharField(max_length=30, verbose_name="to")),
                        ("at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="at")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="placements.learningagreement",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "move of a learning agreement",
                        "verbose_name_plural": "moves of learning agreements",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LearningOutcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                        ("text", models.CharField(max_length=500, verbose_name="learning outcome")),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outcomes",
                                to="placements.learningagreement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "learning outcome",
                        "verbose_name_plural": "learning outcomes",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "status_since",
                            models.DateTimeField(
                                default=mobility.common.clock.now, editable=False, verbose_name="in this state since"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed to partner"),
                                    ("host_found", "host found"),
                                    ("refused", "refused by partner"),
                                    ("confirmed", "confirmed"),
                                    ("ready", "ready to travel"),
                                    ("abroad", "abroad"),
                                    ("returned", "returned"),
                                    ("evaluated", "evaluated"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "activity",
                            models.CharField(
                                choices=[
                                    ("short_term_learner", "short-term learning mobility"),
                                    ("long_term_learner", "long-term learning mobility (ErasmusPro)"),
                                ],
                                default="long_term_learner",
                                max_length=30,
                                verbose_name="activity",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                        ("travel_days", models.PositiveSmallIntegerField(default=2, verbose_name="travel days")),
                        (
                            "interruption_days",
                            models.PositiveSmallIntegerField(default=0, verbose_name="days of interruption"),
                        ),
                        ("is_green", models.BooleanField(default=False, verbose_name="green travel")),
                        (
                            "distance_km",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="One way, as the crow flies, by the programme's distance calculator.",
                                max_digits=7,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(0)],
                                verbose_name="distance (km)",
                            ),
                        ),
                        ("lodging", models.CharField(blank=True, max_length=200, verbose_name="lodging")),
                        (
                            "refusal_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason of the refusal"),
                        ),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason of the cancellation"),
                        ),
                        ("arrived_on", models.DateField(blank=True, null=True, verbose_name="arrived on")),
                        ("returned_on", models.DateField(blank=True, null=True, verbose_name="returned on")),
                        (
                            "application",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "apprentice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="apprentices.apprentice",
                                verbose_name="apprentice",
                            ),
                        ),
                        (
                            "host_company",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty where the partner hosts itself.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="partners.hostcompany",
                                verbose_name="host company",
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
                        (
                            "opening",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="partners.opening",
                                verbose_name="opening",
                            ),
                        ),
                        (
                            "partner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="partners.partner",
                                verbose_name="host partner",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="grants.project",
                                verbose_name="project",
                            ),
                        ),
                        (
                            "host_contact",
                            models.ForeignKey(
                                blank=True,
                                help_text="Where the partner hosts itself. A host company has its own contact person.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partners.contact",
                                verbose_name="contact person at the partner",
                            ),
                        ),
                        (
                            "ols_lacks",
                            models.BooleanField(
                                default=False,
                                help_text="Then the programme pays linguistic support for a course of your own.",
                                verbose_name="online language support lacks the language or the level",
                            ),
                        ),
                        (
                            "days_not_requested",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Days of the stay for which no support is asked for.",
                                verbose_name="days without support",
                            ),
                        ),
                        (
                            "distance_reason",
                            models.CharField(
                                blank=True,
                                help_text="For a place or a distance other than the one we suggest. The agency may ask.",
                                max_length=300,
                                verbose_name="why another place or distance",
                            ),
                        ),
                        (
                            "green_percent",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="From 50 % on the journey counts as green travel.",
                                null=True,
                                validators=[django.core.validators.MaxValueValidator(100)],
                                verbose_name="share of the round trip by train, bus or car-pooling (%)",
                            ),
                        ),
                        (
                            "has_fewer_opportunities",
                            models.BooleanField(
                                default=False,
                                help_text="Only that it is so: never write down why.",
                                verbose_name="participant with fewer opportunities",
                            ),
                        ),
                        (
                            "origin_place",
                            models.CharField(blank=True, max_length=160, verbose_name="place of departure"),
                        ),
                        ("venue_place", models.CharField(blank=True, max_length=160, verbose_name="place of the stay")),
                        (
                            "wants_organisational_support",
                            models.BooleanField(default=True, verbose_name="organisational support is asked for"),
                        ),
                    ],
                    options={
                        "verbose_name": "placement",
                        "verbose_name_plural": "placements",
                        "ordering": ["starts_on", "pk"],
                        "indexes": [
                            models.Index(fields=["office", "status"], name="placement_office_status"),
                            models.Index(fields=["project", "starts_on", "id"], name="placement_project_order"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="placement_ends_after_start",
                                violation_error_message="The stay ends before it starts.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["refused", "cancelled"]), _negated=True),
                                fields=("application",),
                                name="one_living_placement_per_application",
                                violation_error_message="This application has a placement already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("green_percent", None), ("green_percent__lte", 100), _connector="OR"
                                ),
                                name="placement_green_percent_at_most_100",
                                violation_error_message="A share is at most 100 %.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalRealCost",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("inclusion", "extra cost of a participant with fewer opportunities"),
                                    ("expensive_travel", "expensive travel"),
                                    ("entry", "visa, residence permit, vaccination or medical certificate"),
                                    ("guarantee", "financial guarantee"),
                                ],
                                max_length=20,
                                verbose_name="kind of cost",
                            ),
                        ),
                        ("what_for", models.CharField(max_length=200, verbose_name="what it was for")),
                        (
                            "amount",
                            models.DecimalField(decimal_places=2, max_digits=9, verbose_name="what it cost (EUR)"),
                        ),
                        (
                            "agency_approved_on",
                            models.DateField(
                                blank=True,
                                help_text="Expensive travel needs the agency's approval.",
                                null=True,
                                verbose_name="approved by the agency on",
                            ),
                        ),
                        (
                            "entered_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="entered at"),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
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
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="evidence",
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
                            "placement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="placements.placement",
                                verbose_name="placement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical real cost",
                        "verbose_name_plural": "historical real costs",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Evaluation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "by",
                            models.CharField(
                                choices=[("apprentice", "apprentice"), ("partner", "host partner")],
                                max_length=20,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "overall",
                            models.PositiveSmallIntegerField(
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="the stay as a whole",
                            ),
                        ),
                        (
                            "learning",
                            models.PositiveSmallIntegerField(
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="learning",
                            ),
                        ),
                        (
                            "support",
                            models.PositiveSmallIntegerField(
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="support",
                            ),
                        ),
                        (
                            "lodging",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="lodging",
                            ),
                        ),
                        (
                            "language",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="language",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, max_length=3000, verbose_name="comment")),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="given at")),
                        (
                            "placement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evaluations",
                                to="placements.placement",
                                verbose_name="placement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evaluation",
                        "verbose_name_plural": "evaluations",
                        "ordering": ["by"],
                        "constraints": [
                            models.UniqueConstraint(fields=("placement", "by"), name="one_evaluation_per_party")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CriterionOutcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mark_at_selection",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=3, null=True, verbose_name="mark at selection"
                            ),
                        ),
                        (
                            "mark_at_end",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="mark at the end",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        ("assessed_at", models.DateTimeField(verbose_name="assessed at")),
                        (
                            "assessed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="assessed by",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprentices.criterion",
                                verbose_name="selection criterion",
                            ),
                        ),
                        (
                            "placement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="criterion_outcomes",
                                to="placements.placement",
                                verbose_name="placement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion at the end",
                        "verbose_name_plural": "criteria at the end",
                        "ordering": ["criterion__position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("placement", "criterion"), name="one_outcome_per_criterion"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mark_at_end__gte", 1), ("mark_at_end__lte", 5)),
                                name="outcome_mark_from_1_to_5",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlacementStatusChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="move")),
                        ("from_status", models.CharField(blank=True, max_length=30, verbose_name="from")),
                        ("to_status", models.CharField(max_length=30, verbose_name="to")),
                        ("at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="at")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "placement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="placements.placement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "move of a placement",
                        "verbose_name_plural": "moves of placements",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RealCost",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("inclusion", "extra cost of a participant with fewer opportunities"),
                                    ("expensive_travel", "expensive travel"),
                                    ("entry", "visa, residence permit, vaccination or medical certificate"),
                                    ("guarantee", "financial guarantee"),
                                ],
                                max_length=20,
                                verbose_name="kind of cost",
                            ),
                        ),
                        ("what_for", models.CharField(max_length=200, verbose_name="what it was for")),
                        (
                            "amount",
                            models.DecimalField(decimal_places=2, max_digits=9, verbose_name="what it cost (EUR)"),
                        ),
                        (
                            "agency_approved_on",
                            models.DateField(
                                blank=True,
                                help_text="Expensive travel needs the agency's approval.",
                                null=True,
                                verbose_name="approved by the agency on",
                            ),
                        ),
                        (
                            "entered_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="entered at"),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "placement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="real_costs",
                                to="placements.placement",
                                verbose_name="placement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "real cost",
                        "verbose_name_plural": "real costs",
                        "ordering": ["entered_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="real_cost_positive",
                                violation_error_message="A cost is more than 0.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approved_at", None),
                                    models.Q(("approved_by", None), _negated=True),
                                    _connector="OR",
                                ),
                                name="real_cost_approved_by_somebody",
                            ),
                            models.UniqueConstraint(
                                fields=("placement", "kind", "what_for", "amount"),
                                name="one_real_cost_of_a_name",
                                violation_error_message="This cost is entered already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "party",
                            models.CharField(
                                choices=[
                                    ("apprentice", "apprentice"),
                                    ("guardian", "guardian"),
                                    ("office", "sending organisation"),
                                    ("employer", "employer"),
                                    ("host", "host"),
                                ],
                                max_length=20,
                                verbose_name="party",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked at")),
                        ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="signed at")),
                        ("signed_name", models.CharField(blank=True, max_length=200, verbose_name="name as typed")),
                        (
                            "document_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="checksum of what was signed"),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="placements.learningagreement",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty for a signature by link.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "signature",
                        "verbose_name_plural": "signatures",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("agreement", "party"), name="one_signature_per_party"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at", None), models.Q(("signed_name", ""), _negated=True), _connector="OR"
                                ),
                                name="signed_with_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "status_since",
                            models.DateTimeField(
                                default=mobility.common.clock.now, editable=False, verbose_name="in this state since"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("booked", "booked"), ("cancelled", "cancelled")],
                                default="booked",
                                editable=False,
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        ("calendar_uid", models.CharField(max_length=80, unique=True, verbose_name="UID")),
                        (
                            "booked_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="booked at"),
                        ),
                        (
                            "instructor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="apprentices.instructor",
                                verbose_name="instructor (tutor)",
                            ),
                        ),
                        (
                            "placement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="placements.placement",
                                verbose_name="placement",
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="partners.visitslot",
                                verbose_name="visit place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tutor visit",
                        "verbose_name_plural": "tutor visits",
                        "ordering": ["slot__visit_day__on"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "booked")),
                                fields=("slot",),
                                name="one_visit_per_place",
                                violation_error_message="This place has just been taken.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VisitStatusChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="move")),
                        ("from_status", models.CharField(blank=True, max_length=30, verbose_name="from")),
                        ("to_status", models.CharField(max_length=30, verbose_name="to")),
                        ("at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="at")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="placements.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "move of a visit",
                        "verbose_name_plural": "moves of visits",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WeeklyLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("week_starts_on", models.DateField(verbose_name="week from")),
                        (
                            "days_present",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MaxValueValidator(7)],
                                verbose_name="days at work or course",
                            ),
                        ),
                        (
                            "mood",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="how it goes",
                            ),
                        ),
                        ("text", models.TextField(max_length=3000, verbose_name="what you did and learnt")),
                        ("wants_call", models.BooleanField(default=False, verbose_name="please call me")),
                        (
                            "written_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="written at"),
                        ),
                        (
                            "placement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="weekly_logs",
                                to="placements.placement",
                                verbose_name="placement",
                            ),
                        ),
                        ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="called back at")),
                        (
                            "called_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="called back by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "weekly log",
                        "verbose_name_plural": "weekly logs",
                        "ordering": ["-week_starts_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("placement", "week_starts_on"),
                                name="one_log_per_week",
                                violation_error_message="You have written about this week already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mood__gte", 1), ("mood__lte", 5)), name="mood_from_1_to_5"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
