"""The tables of 0001 to 0060 in one step, for a database that has none of them (ADR 0195).

A database that has some of them goes on one by one. The trades are loaded as in 0002, published decisions are guarded
as in 0033, searches are indexed as in 0051.
"""

import csv
from pathlib import Path

import apprentices.models.trades
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import mobility.common.clock
import mobility.common.fields
import mobility.common.search
import phonenumber_field.modelfields
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models
from apprentices.decision_guard import guard_published_decisions, unguard_published_decisions
from mobility.common.new_tables import CreateModels
from mobility.common.trigrams import backwards, forwards

SEARCHED = (
    "apprentices_application",
    "apprentices_apprentice",
    "apprentices_trainingcompany",
    "apprentices_trainingmanager",
    "apprentices_instructor",
)
LIST = Path(__file__).resolve().parents[1] / "data" / "trades.csv"


def load(apps, schema_editor):
    trade = apps.get_model("apprentices", "Trade")
    with LIST.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            row.pop("provenance")
            trade.objects.update_or_create(code=row.pop("code"), defaults=row)


class Migration(migrations.Migration):
    replaces = [
        ("apprentices", "0001_initial"),
        ("apprentices", "0002_trades"),
        ("apprentices", "0003_application_trade_index"),
        ("apprentices", "0004_attachments_and_second_stage"),
        ("apprentices", "0005_first_stage_fields"),
        ("apprentices", "0006_round_grace"),
        ("apprentices", "0007_drafts"),
        ("apprentices", "0008_contract_import"),
        ("apprentices", "0009_on_behalf"),
        ("apprentices", "0010_same_person"),
        ("apprentices", "0011_rules_of_rounds"),
        ("apprentices", "0012_completion_requests"),
        ("apprentices", "0013_eligibility_checks"),
        ("apprentices", "0014_endorsements_of_three_kinds"),
        ("apprentices", "0015_first_replies"),
        ("apprentices", "0016_move_attachments"),
        ("apprentices", "0017_remove_application_attachment"),
        ("apprentices", "0018_apprentice_without_address"),
        ("apprentices", "0019_second_guardian"),
        ("apprentices", "0050_search_text"),
        ("apprentices", "0051_trigrams"),
        ("apprentices", "0040_casework"),
        ("apprentices", "0030_decisions_in_depth"),
        ("apprentices", "0031_number_decisions"),
        ("apprentices", "0032_one_decision_per_version"),
        ("apprentices", "0033_published_decisions_stand"),
        ("apprentices", "0034_deferrals"),
        ("apprentices", "0020_reviews_in_depth"),
        ("apprentices", "0021_totals"),
        ("apprentices", "0022_review_constraints"),
        ("apprentices", "0023_interviews"),
        ("apprentices", "0060_appeals"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0003_codes_for_links"),
        ("common", "0003_mails_by_hand_and_saved_filters"),
        ("grants", "0002_rate_copies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name="Criterion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=30, verbose_name="code")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                        (
                            "weight",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="weight (%)",
                            ),
                        ),
                        ("name_nb", models.CharField(max_length=80, verbose_name="name (Bokmål)")),
                        ("name_nn", models.CharField(blank=True, max_length=80, verbose_name="name (Nynorsk)")),
                        ("name_sv", models.CharField(blank=True, max_length=80, verbose_name="name (Swedish)")),
                        ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name (English)")),
                        (
                            "anchors",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="Mark 1 to 5: what it means.",
                                verbose_name="anchor texts",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="apprentices.round",
                                verbose_name="round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "selection criterion",
                        "verbose_name_plural": "selection criteria",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "code"),
                                name="one_criterion_per_code",
                                violation_error_message="There is a criterion with this code already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterviewPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="place")),
                        (
                            "time",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="apprentices.interviewtime",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "interview place",
                        "verbose_name_plural": "interview places",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("time", "number"), name="one_interview_place_per_number")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Trade",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=10, unique=True, verbose_name="code")),
                        ("name_nb", models.CharField(max_length=120, verbose_name="name (Bokmål)")),
                        ("name_nn", models.CharField(blank=True, max_length=120, verbose_name="name (Nynorsk)")),
                        ("name_sv", models.CharField(blank=True, max_length=120, verbose_name="name (Swedish)")),
                        ("name_en", models.CharField(blank=True, max_length=120, verbose_name="name (English)")),
                        ("programme", models.CharField(max_length=2, verbose_name="education programme")),
                    ],
                    options={
                        "verbose_name": "trade",
                        "verbose_name_plural": "trades",
                        "ordering": ["name_nb"],
                    },
                ),
                migrations.CreateModel(
                    name="Appeal",
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
                                    ("received", "received"),
                                    ("admitted", "late, admitted"),
                                    ("refused", "late, refused"),
                                    ("sent_on", "sent on to the appeal body"),
                                    ("upheld", "upheld"),
                                    ("partly", "partly upheld"),
                                    ("rejected", "not upheld"),
                                ],
                                default="received",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="appeal")),
                        (
                            "received_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="received at"),
                        ),
                        ("due_on", models.DateField(verbose_name="last day to appeal")),
                        ("is_late", models.BooleanField(default=False, verbose_name="came late")),
                        ("late_words", models.TextField(blank=True, verbose_name="why it is read though late")),
                        (
                            "sent_on_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="sent on to the appeal body at"),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="reasons of the outcome")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeal",
                                to="apprentices.decision",
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="letter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appeal",
                        "verbose_name_plural": "appeals",
                        "ordering": ["-received_at", "-pk"],
                        "indexes": [models.Index(fields=["status"], name="appeal_status")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="appeal_has_text"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at", None), ("status__in", ["received", "admitted", "sent_on"])
                                    ),
                                    models.Q(
                                        models.Q(("words", ""), _negated=True),
                                        ("answered_at__isnull", False),
                                        ("answered_by__isnull", False),
                                        ("status__in", ["refused", "upheld", "partly", "rejected"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="answered_appeal_has_reasons",
                                violation_error_message="An answered appeal says why, who answered it and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["admitted", "refused"]), _negated=True),
                                    ("is_late", True),
                                    _connector="OR",
                                ),
                                name="only_late_appeals_are_admitted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_late", False),
                                    ("status__in", ["received", "refused"]),
                                    models.Q(("late_words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="late_appeal_is_admitted_first",
                                violation_error_message="A late appeal is admitted, with the reason, before it is answered.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "sent_on"), _negated=True),
                                    ("sent_on_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="appeal_sent_on_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AppealStatusChange",
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
                            "appeal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="apprentices.appeal",
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
                        "verbose_name": "move of an appeal",
                        "verbose_name_plural": "moves of appeals",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Application",
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
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("in_review", "in review"),
                                    ("returned", "returned for completion"),
                                    ("offered", "offered"),
                                    ("waiting_list", "waiting list"),
                                    ("rejected", "rejected"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("lapsed", "lapsed"),
                                    ("withdrawn", "withdrawn"),
                                    ("deferred", "deferred"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                editable=False, max_length=20, null=True, unique=True, verbose_name="reference"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=mobility.common.clock.now, editable=False, verbose_name="begun at"
                            ),
                        ),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                        ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="mobile"
                            ),
                        ),
                        (
                            "written_form",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="nb",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                        ("consented_at", models.DateTimeField(blank=True, null=True, verbose_name="consented at")),
                        (
                            "consent_version",
                            models.CharField(blank=True, max_length=20, verbose_name="version of the consent text"),
                        ),
                        (
                            "email_confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="address confirmed at"),
                        ),
                        ("birth_date", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                        (
                            "contract_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("apprenticeship", "apprenticeship contract"),
                                    ("training", "training contract"),
                                ],
                                max_length=20,
                                verbose_name="kind of contract",
                            ),
                        ),
                        (
                            "contract_starts_on",
                            models.DateField(blank=True, null=True, verbose_name="training period from"),
                        ),
                        (
                            "contract_ends_on",
                            models.DateField(blank=True, null=True, verbose_name="training period to"),
                        ),
                        ("company_name", models.CharField(blank=True, max_length=160, verbose_name="training company")),
                        (
                            "company_number",
                            models.CharField(
                                blank=True,
                                max_length=16,
                                validators=[apprentices.models.trades.validate_organisation_number],
                                verbose_name="organisation number of the company",
                            ),
                        ),
                        ("manager_name", models.CharField(blank=True, max_length=160, verbose_name="training manager")),
                        (
                            "manager_email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="e-mail of the training manager"
                            ),
                        ),
                        ("guardian_name", models.CharField(blank=True, max_length=160, verbose_name="guardian")),
                        (
                            "guardian_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the guardian"),
                        ),
                        ("first_country", models.CharField(blank=True, max_length=2, verbose_name="first wish")),
                        ("second_country", models.CharField(blank=True, max_length=2, verbose_name="second wish")),
                        ("third_country", models.CharField(blank=True, max_length=2, verbose_name="third wish")),
                        (
                            "goes_anywhere",
                            models.BooleanField(default=False, verbose_name="another country is fine, too"),
                        ),
                        (
                            "english_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("A1", "A1: single words and simple sentences"),
                                    ("A2", "A2: simple everyday messages"),
                                    ("B1", "B1: I manage in familiar situations"),
                                    ("B2", "B2: I speak rather freely"),
                                    ("C1", "C1: I speak freely at work"),
                                    ("C2", "C2: nearly as my first language"),
                                ],
                                max_length=2,
                                verbose_name="how well you speak English",
                            ),
                        ),
                        (
                            "wished_tasks",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what you would like to do there"
                            ),
                        ),
                        (
                            "motivation",
                            models.TextField(blank=True, max_length=2000, verbose_name="why you want to go"),
                        ),
                        (
                            "withdrawn_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason for withdrawing"),
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
                            "apprentice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="apprentices.apprentice",
                                verbose_name="apprentice",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="applications",
                                to="apprentices.round",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "trade",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.trade",
                                verbose_name="trade",
                            ),
                        ),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                        ("call_name", models.CharField(blank=True, max_length=100, verbose_name="call name")),
                        (
                            "competence_aims",
                            models.TextField(blank=True, max_length=1000, verbose_name="competence aims"),
                        ),
                        (
                            "earlier_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="days of the earlier stays"
                            ),
                        ),
                        ("earlier_ends_on", models.DateField(blank=True, null=True, verbose_name="earlier stay to")),
                        (
                            "earlier_starts_on",
                            models.DateField(blank=True, null=True, verbose_name="earlier stay from"),
                        ),
                        (
                            "earlier_where",
                            models.CharField(blank=True, max_length=200, verbose_name="where the earlier stays were"),
                        ),
                        (
                            "expected_wages",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("full", "full wages"),
                                    ("part", "part of the wages"),
                                    ("none", "no wages"),
                                    ("not_agreed", "not agreed yet"),
                                ],
                                max_length=10,
                                verbose_name="wages during the stay",
                            ),
                        ),
                        (
                            "gender",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("female", "woman"),
                                    ("male", "man"),
                                    ("other", "other"),
                                    ("not_stated", "I would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="gender",
                            ),
                        ),
                        (
                            "has_earlier_stays",
                            models.BooleanField(blank=True, null=True, verbose_name="earlier stays with Erasmus+"),
                        ),
                        (
                            "has_photo_consent",
                            models.BooleanField(blank=True, null=True, verbose_name="consent to photos"),
                        ),
                        ("has_protected_address", models.BooleanField(default=False, verbose_name="protected address")),
                        (
                            "instructor_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the instructor"),
                        ),
                        (
                            "instructor_name",
                            models.CharField(blank=True, max_length=160, verbose_name="instructor (tutor)"),
                        ),
                        (
                            "instructor_phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="phone of the instructor"
                            ),
                        ),
                        (
                            "is_late",
                            models.BooleanField(default=False, editable=False, verbose_name="sent after closing"),
                        ),
                        (
                            "manager_phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="phone of the training manager"
                            ),
                        ),
                        ("municipality", models.CharField(blank=True, max_length=80, verbose_name="municipality")),
                        ("nationality", models.CharField(blank=True, max_length=2, verbose_name="nationality")),
                        (
                            "photo_answered_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="photo consent answered at"),
                        ),
                        (
                            "photo_consent_version",
                            models.CharField(blank=True, max_length=20, verbose_name="version of the photo consent"),
                        ),
                        ("postal_code", models.CharField(blank=True, max_length=12, verbose_name="postal code")),
                        ("postal_place", models.CharField(blank=True, max_length=80, verbose_name="postal place")),
                        (
                            "referee_contact",
                            models.CharField(blank=True, max_length=160, verbose_name="how we reach that person"),
                        ),
                        (
                            "referee_name",
                            models.CharField(blank=True, max_length=160, verbose_name="person who knows you"),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced",
                                to="apprentices.application",
                                verbose_name="replaced by",
                            ),
                        ),
                        (
                            "training_office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.trainingoffice",
                                verbose_name="training office",
                            ),
                        ),
                        (
                            "training_office_answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("listed", "one of the office's list"),
                                    ("none", "no training office"),
                                    ("other", "another training office"),
                                ],
                                max_length=10,
                                verbose_name="training office or none",
                            ),
                        ),
                        (
                            "training_office_name",
                            models.CharField(blank=True, max_length=160, verbose_name="name of the training office"),
                        ),
                        (
                            "second_guardian_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the second guardian"),
                        ),
                        (
                            "second_guardian_name",
                            models.CharField(blank=True, max_length=160, verbose_name="second guardian"),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=mobility.common.search.Folded(
                                    "reference",
                                    "given_name",
                                    "family_name",
                                    "call_name",
                                    "email",
                                    "phone",
                                    "company_name",
                                    "company_number",
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                        (
                            "news_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last news at"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="case officer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application",
                        "verbose_name_plural": "applications",
                        "ordering": ["-submitted_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["office", "-submitted_at", "-id"], name="application_newest"),
                            models.Index(fields=["office", "status"], name="application_status"),
                            models.Index(fields=["round", "status"], name="application_round_status"),
                            models.Index(fields=["email"], name="application_email"),
                            models.Index(fields=["office", "trade"], name="application_trade"),
                            models.Index(fields=["office", "status", "status_since"], name="application_since"),
                            models.Index(fields=["owner", "status"], name="application_owner"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "draft"),
                                    models.Q(
                                        ("apprentice__isnull", False),
                                        ("reference__isnull", False),
                                        ("submitted_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="submitted_has_reference_and_apprentice",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["draft", "withdrawn"]), _negated=True),
                                fields=("round", "apprentice"),
                                name="one_application_per_round",
                                violation_error_message="You have applied in this round already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("training_office", None), ("training_office_answer", "listed"), _connector="OR"
                                ),
                                name="training_office_is_listed",
                                violation_error_message="A training office of the list is chosen together with the answer.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("earlier_starts_on", None),
                                    ("earlier_ends_on", None),
                                    ("earlier_ends_on__gte", models.F("earlier_starts_on")),
                                    _connector="OR",
                                ),
                                name="earlier_stay_ends_after_start",
                                violation_error_message="The earlier stay ends before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("has_photo_consent", None),
                                    models.Q(
                                        ("photo_answered_at__isnull", False),
                                        models.Q(("photo_consent_version", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="photo_consent_has_version_and_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("replaced_by", None), ("status", "draft"), _connector="OR"),
                                name="only_drafts_are_replaced",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApplicationStatusChange",
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
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="apprentices.application",
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
                        "verbose_name": "move of an application",
                        "verbose_name_plural": "moves of applications",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Apprentice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                        ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="mobile"
                            ),
                        ),
                        (
                            "written_form",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="nb",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                        ("call_name", models.CharField(blank=True, max_length=100, verbose_name="call name")),
                        ("birth_date", models.DateField(verbose_name="date of birth")),
                        ("municipality", models.CharField(blank=True, max_length=80, verbose_name="municipality")),
                        (
                            "member",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="apprentices",
                                to="grants.consortiummember",
                                verbose_name="consortium member",
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
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                        (
                            "trade",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.trade",
                                verbose_name="trade",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged_rows",
                                to="apprentices.apprentice",
                                verbose_name="merged into",
                            ),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=mobility.common.search.Folded(
                                    "given_name", "family_name", "email", "phone", "call_name"
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "apprentice",
                        "verbose_name_plural": "apprentices",
                        "ordering": ["family_name", "given_name", "pk"],
                        "indexes": [models.Index(fields=["office", "email"], name="apprentice_office_email")],
                    },
                ),
                migrations.CreateModel(
                    name="BankAccount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content",
                            mobility.common.fields.EncryptedJSON(blank=True, default=dict, verbose_name="content"),
                        ),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bank account",
                        "verbose_name_plural": "bank accounts",
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="certificate")),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="valid to")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate",
                        "verbose_name_plural": "certificates",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("offer", "offer"),
                                    ("waiting_list", "waiting list"),
                                    ("rejection", "rejection"),
                                ],
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        ("reasons", models.TextField(blank=True, verbose_name="statement of reasons")),
                        (
                            "score",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="score"
                            ),
                        ),
                        ("rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="rank")),
                        ("answer_by", models.DateField(blank=True, null=True, verbose_name="answer by")),
                        ("decided_at", models.DateTimeField(verbose_name="decided at")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprentices.criterion",
                                verbose_name="decisive criterion",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="letter",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
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
                            "criteria_version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="version of the criteria"),
                        ),
                        (
                            "freed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprentices.application",
                                verbose_name="place freed by",
                            ),
                        ),
                        ("goes_alone", models.BooleanField(default=False, verbose_name="goes out by itself")),
                        (
                            "mail",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.outboundmail",
                                verbose_name="mail with the letter",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent to the head at")),
                        (
                            "sent_back_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent back by",
                            ),
                        ),
                        ("sent_back_words", models.TextField(blank=True, verbose_name="why it was sent back")),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent to the head by",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("ranking", "the ranking"),
                                    ("waiting_list", "the waiting list"),
                                    ("appeal", "an appeal"),
                                ],
                                default="ranking",
                                max_length=20,
                                verbose_name="where it comes from",
                            ),
                        ),
                        (
                            "spread",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=4,
                                null=True,
                                verbose_name="spread of the two scores",
                            ),
                        ),
                        (
                            "version",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="version",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision",
                        "verbose_name_plural": "decisions",
                        "ordering": ["-decided_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", "rejection"), _negated=True),
                                    models.Q(("reasons", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="rejection_has_reasons",
                                violation_error_message="A rejection needs reasons.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at", None)),
                                fields=("application",),
                                name="one_pending_decision",
                                violation_error_message="There is a pending decision already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_at", None),
                                    models.Q(("decided_by__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="published_decision_has_people",
                                violation_error_message="A published decision names who decided and who published it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at", None), ("approved_by", None)),
                                    models.Q(
                                        ("approved_at__isnull", False),
                                        ("approved_by__isnull", False),
                                        ("sent_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="approval_has_person_and_request",
                                violation_error_message="An approval names who gave it, and when it was asked for.",
                            ),
                            models.UniqueConstraint(
                                fields=("application", "version"),
                                name="one_decision_per_version",
                                violation_error_message="There is a decision with this number already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Details",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        ("cv_english", models.TextField(blank=True, max_length=6000, verbose_name="CV in English")),
                        (
                            "letter_english",
                            models.TextField(blank=True, max_length=4000, verbose_name="letter in English"),
                        ),
                        (
                            "has_licence",
                            models.BooleanField(blank=True, null=True, verbose_name="has a driving licence"),
                        ),
                        (
                            "licence_classes",
                            models.CharField(blank=True, max_length=60, verbose_name="classes of the driving licence"),
                        ),
                        (
                            "licence_since",
                            models.DateField(blank=True, null=True, verbose_name="driving licence since"),
                        ),
                        (
                            "has_certificates",
                            models.BooleanField(blank=True, null=True, verbose_name="has certificates"),
                        ),
                        (
                            "lodging_wish",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("family", "with a family"),
                                    ("shared", "in a shared flat"),
                                    ("residence", "in a student residence"),
                                    ("alone", "on my own"),
                                    ("any", "I have no wish"),
                                ],
                                max_length=20,
                                verbose_name="how you would like to live",
                            ),
                        ),
                        (
                            "lodging_notes",
                            models.TextField(blank=True, max_length=1000, verbose_name="more about lodging"),
                        ),
                        (
                            "guardian_phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="phone of the guardian"
                            ),
                        ),
                        (
                            "second_guardian_name",
                            models.CharField(blank=True, max_length=160, verbose_name="second guardian"),
                        ),
                        (
                            "second_guardian_phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="phone of the second guardian"
                            ),
                        ),
                        (
                            "a1_asked_on",
                            models.DateField(blank=True, null=True, verbose_name="A1 certificate asked for on"),
                        ),
                        (
                            "a1_received_on",
                            models.DateField(blank=True, null=True, verbose_name="A1 certificate received on"),
                        ),
                        (
                            "police_shown_on",
                            models.DateField(blank=True, null=True, verbose_name="police certificate shown on"),
                        ),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="details",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "police_shown_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="police certificate shown to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "details after the offer",
                        "verbose_name_plural": "details after the offer",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("police_shown_on", None), ("police_shown_to", None)),
                                    models.Q(("police_shown_on__isnull", False), ("police_shown_to__isnull", False)),
                                    _connector="OR",
                                ),
                                name="police_certificate_has_day_and_witness",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("a1_received_on", None),
                                    ("a1_asked_on", None),
                                    ("a1_received_on__gte", models.F("a1_asked_on")),
                                    _connector="OR",
                                ),
                                name="a1_received_after_asked",
                                violation_error_message="The A1 certificate came before it was asked for.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DraftReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField(verbose_name="days before closing")),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reminder of a draft",
                        "verbose_name_plural": "reminders of drafts",
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "days"), name="one_reminder_per_day_count")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EligibilityCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rules_version", models.CharField(max_length=20, verbose_name="version of the rules")),
                        (
                            "computed_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="computed at"),
                        ),
                        ("findings", models.JSONField(default=list, verbose_name="findings")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("ok", "fulfilled"),
                                    ("unknown", "not known yet"),
                                    ("warn", "look at it"),
                                    ("block", "not fulfilled"),
                                ],
                                max_length=10,
                                verbose_name="eligibility",
                            ),
                        ),
                        ("excepted_at", models.DateTimeField(blank=True, null=True, verbose_name="exception made at")),
                        (
                            "exception_reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="reason for the exception"),
                        ),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="eligibility",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "excepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="exception made by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "eligibility check",
                        "verbose_name_plural": "eligibility checks",
                        "indexes": [models.Index(fields=["level"], name="eligibility_level")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("excepted_at", None), ("excepted_by", None), ("exception_reason", "")),
                                    models.Q(
                                        ("excepted_at__isnull", False),
                                        ("excepted_by__isnull", False),
                                        models.Q(("exception_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="exception_says_who_and_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Endorsement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for an answer"),
                                    ("yes", "consents"),
                                    ("conditional", "recommends with conditions"),
                                    ("no", "does not consent"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "wages",
                            models.CharField(
                                blank=True,
                                choices=[("full", "full wages"), ("part", "part of the wages"), ("none", "no wages")],
                                max_length=10,
                                verbose_name="wages during the stay",
                            ),
                        ),
                        ("conditions", models.TextField(blank=True, max_length=1000, verbose_name="conditions")),
                        (
                            "opinion",
                            models.TextField(blank=True, max_length=1000, verbose_name="opinion of the apprentice"),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="endorsements",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("employer", "employer"),
                                    ("training_office", "training office"),
                                    ("guardian", "guardian"),
                                ],
                                default="employer",
                                max_length=20,
                                verbose_name="who is asked",
                            ),
                        ),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="mobile"
                            ),
                        ),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded at")),
                        (
                            "reminders",
                            models.PositiveSmallIntegerField(default=0, verbose_name="reminders by the clock"),
                        ),
                        (
                            "written_form",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="nb",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "endorsement",
                        "verbose_name_plural": "endorsements",
                        "ordering": ["asked_at", "pk"],
                        "indexes": [models.Index(fields=["answer", "asked_at"], name="endorsement_waiting")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answer", "waiting"), ("answered_at__isnull", False), _connector="OR"
                                ),
                                name="answered_endorsement_has_a_moment",
                            ),
                            models.UniqueConstraint(
                                models.F("application"),
                                models.F("kind"),
                                django.db.models.functions.text.Lower("email"),
                                name="a_party_is_asked_once",
                                violation_error_message="This person has been asked already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind__in", ["employer", "training_office"])),
                                fields=("application", "kind"),
                                name="one_employer_and_one_training_office",
                                violation_error_message="Somebody else has been asked already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EndorsementReply",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for an answer"),
                                    ("yes", "consents"),
                                    ("conditional", "recommends with conditions"),
                                    ("no", "does not consent"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "wages",
                            models.CharField(
                                blank=True,
                                choices=[("full", "full wages"), ("part", "part of the wages"), ("none", "no wages")],
                                max_length=10,
                                verbose_name="wages during the stay",
                            ),
                        ),
                        ("conditions", models.TextField(blank=True, max_length=1000, verbose_name="conditions")),
                        (
                            "opinion",
                            models.TextField(blank=True, max_length=1000, verbose_name="opinion of the apprentice"),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name that was typed")),
                        ("email", models.EmailField(max_length=254, verbose_name="link sent to")),
                        ("given_at", models.DateTimeField(verbose_name="answered at")),
                        (
                            "text_version",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="version of the text that was shown"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                max_length=2,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "endorsement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="replies",
                                to="apprentices.endorsement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer of an endorsement",
                        "verbose_name_plural": "answers of endorsements",
                        "ordering": ["given_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="HealthNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content",
                            mobility.common.fields.EncryptedJSON(blank=True, default=dict, verbose_name="content"),
                        ),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "health note",
                        "verbose_name_plural": "health notes",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalDecision",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "version",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="version",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("ranking", "the ranking"),
                                    ("waiting_list", "the waiting list"),
                                    ("appeal", "an appeal"),
                                ],
                                default="ranking",
                                max_length=20,
                                verbose_name="where it comes from",
                            ),
                        ),
                        ("goes_alone", models.BooleanField(default=False, verbose_name="goes out by itself")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("offer", "offer"),
                                    ("waiting_list", "waiting list"),
                                    ("rejection", "rejection"),
                                ],
                                max_length=20,
                                verbose_name="decision",
                            ),
                        ),
                        ("reasons", models.TextField(blank=True, verbose_name="statement of reasons")),
                        (
                            "score",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="score"
                            ),
                        ),
                        ("rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="rank")),
                        (
                            "spread",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=4,
                                null=True,
                                verbose_name="spread of the two scores",
                            ),
                        ),
                        (
                            "criteria_version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="version of the criteria"),
                        ),
                        ("answer_by", models.DateField(blank=True, null=True, verbose_name="answer by")),
                        ("decided_at", models.DateTimeField(verbose_name="decided at")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent to the head at")),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="approved at")),
                        ("sent_back_words", models.TextField(blank=True, verbose_name="why it was sent back")),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published at")),
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
                            "criterion",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.criterion",
                                verbose_name="decisive criterion",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "freed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.application",
                                verbose_name="place freed by",
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
                            "letter",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="letter",
                            ),
                        ),
                        (
                            "mail",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="common.outboundmail",
                                verbose_name="mail with the letter",
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="published by",
                            ),
                        ),
                        (
                            "sent_back_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent back by",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="sent to the head by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical decision",
                        "verbose_name_plural": "historical decisions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDetails",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        (
                            "has_licence",
                            models.BooleanField(blank=True, null=True, verbose_name="has a driving licence"),
                        ),
                        (
                            "licence_classes",
                            models.CharField(blank=True, max_length=60, verbose_name="classes of the driving licence"),
                        ),
                        (
                            "licence_since",
                            models.DateField(blank=True, null=True, verbose_name="driving licence since"),
                        ),
                        (
                            "has_certificates",
                            models.BooleanField(blank=True, null=True, verbose_name="has certificates"),
                        ),
                        (
                            "lodging_wish",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("family", "with a family"),
                                    ("shared", "in a shared flat"),
                                    ("residence", "in a student residence"),
                                    ("alone", "on my own"),
                                    ("any", "I have no wish"),
                                ],
                                max_length=20,
                                verbose_name="how you would like to live",
                            ),
                        ),
                        (
                            "lodging_notes",
                            models.TextField(blank=True, max_length=1000, verbose_name="more about lodging"),
                        ),
                        (
                            "guardian_phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="phone of the guardian"
                            ),
                        ),
                        (
                            "second_guardian_name",
                            models.CharField(blank=True, max_length=160, verbose_name="second guardian"),
                        ),
                        (
                            "second_guardian_phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="phone of the second guardian"
                            ),
                        ),
                        (
                            "a1_asked_on",
                            models.DateField(blank=True, null=True, verbose_name="A1 certificate asked for on"),
                        ),
                        (
                            "a1_received_on",
                            models.DateField(blank=True, null=True, verbose_name="A1 certificate received on"),
                        ),
                        (
                            "police_shown_on",
                            models.DateField(blank=True, null=True, verbose_name="police certificate shown on"),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "police_shown_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="police certificate shown to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical details after the offer",
                        "verbose_name_plural": "historical details after the offer",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEligibilityCheck",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("rules_version", models.CharField(max_length=20, verbose_name="version of the rules")),
                        (
                            "computed_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="computed at"),
                        ),
                        ("findings", models.JSONField(default=list, verbose_name="findings")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("ok", "fulfilled"),
                                    ("unknown", "not known yet"),
                                    ("warn", "look at it"),
                                    ("block", "not fulfilled"),
                                ],
                                max_length=10,
                                verbose_name="eligibility",
                            ),
                        ),
                        ("excepted_at", models.DateTimeField(blank=True, null=True, verbose_name="exception made at")),
                        (
                            "exception_reason",
                            models.TextField(blank=True, max_length=1000, verbose_name="reason for the exception"),
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
                            "excepted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="exception made by",
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
                    ],
                    options={
                        "verbose_name": "historical eligibility check",
                        "verbose_name_plural": "historical eligibility checks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalEndorsement",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for an answer"),
                                    ("yes", "consents"),
                                    ("conditional", "recommends with conditions"),
                                    ("no", "does not consent"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "wages",
                            models.CharField(
                                blank=True,
                                choices=[("full", "full wages"), ("part", "part of the wages"), ("none", "no wages")],
                                max_length=10,
                                verbose_name="wages during the stay",
                            ),
                        ),
                        ("conditions", models.TextField(blank=True, max_length=1000, verbose_name="conditions")),
                        (
                            "opinion",
                            models.TextField(blank=True, max_length=1000, verbose_name="opinion of the apprentice"),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("employer", "employer"),
                                    ("training_office", "training office"),
                                    ("guardian", "guardian"),
                                ],
                                default="employer",
                                max_length=20,
                                verbose_name="who is asked",
                            ),
                        ),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="mobile"
                            ),
                        ),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded at")),
                        (
                            "reminders",
                            models.PositiveSmallIntegerField(default=0, verbose_name="reminders by the clock"),
                        ),
                        (
                            "written_form",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="nb",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical endorsement",
                        "verbose_name_plural": "historical endorsements",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalLateAdmission",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("until", models.DateTimeField(verbose_name="may send until")),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("admitted_at", models.DateTimeField(verbose_name="let in at")),
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
                            "admitted_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="let in by",
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
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical late admission",
                        "verbose_name_plural": "historical late admissions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRound",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "status_since",
                            models.DateTimeField(
                                default=mobility.common.clock.now, editable=False, verbose_name="in this state since"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("prepared", "being prepared"),
                                    ("open", "opened"),
                                    ("published", "decisions published"),
                                ],
                                default="prepared",
                                editable=False,
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        ("opens_at", models.DateTimeField(verbose_name="opens at")),
                        (
                            "closes_at",
                            models.DateTimeField(
                                help_text="Date and clock in the office's time zone.", verbose_name="closes at"
                            ),
                        ),
                        (
                            "places",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="places"
                            ),
                        ),
                        ("departs_from", models.DateField(verbose_name="first departure")),
                        ("departs_to", models.DateField(verbose_name="last departure")),
                        ("returns_from", models.DateField(verbose_name="first return")),
                        ("returns_to", models.DateField(verbose_name="last return")),
                        ("answer_by", models.DateField(blank=True, null=True, verbose_name="offers are answered by")),
                        (
                            "reference_prefix",
                            models.CharField(
                                default="UT", max_length=6, verbose_name="beginning of the reference numbers"
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
                            "grace_minutes",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Who has begun before closing may still send for so long. The application is marked as late.",
                                validators=[django.core.validators.MaxValueValidator(1440)],
                                verbose_name="grace after closing (minutes)",
                            ),
                        ),
                        (
                            "decisions_by",
                            models.DateField(blank=True, null=True, verbose_name="everybody has an answer by"),
                        ),
                        (
                            "first_stay_only",
                            models.BooleanField(
                                default=False, verbose_name="only those who have not been abroad with Erasmus+"
                            ),
                        ),
                        (
                            "maximum_age",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="oldest (years at departure)"
                            ),
                        ),
                        (
                            "minimum_age",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="youngest (years at departure)"
                            ),
                        ),
                        (
                            "minimum_months_served",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="months served before departure, at least"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Gets the new applications. Nobody chosen: they are shared out evenly.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="case officer",
                            ),
                        ),
                        (
                            "criteria_version",
                            models.PositiveSmallIntegerField(
                                default=1, editable=False, verbose_name="version of the criteria"
                            ),
                        ),
                        (
                            "interview_notice_hours",
                            models.PositiveSmallIntegerField(
                                default=24,
                                help_text="Until then the applicant may move or cancel it alone; afterwards only the office can.",
                                validators=[django.core.validators.MaxValueValidator(336)],
                                verbose_name="an interview can be moved until (hours before)",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical round",
                        "verbose_name_plural": "historical rounds",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSelectionSettings",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "head_approves",
                            models.BooleanField(
                                default=False,
                                verbose_name="the head of section approves decisions before they are published",
                            ),
                        ),
                        (
                            "first_reminder_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="0: no first reminder.",
                                validators=[django.core.validators.MaxValueValidator(30)],
                                verbose_name="first reminder of an offer (days before the last day)",
                            ),
                        ),
                        (
                            "second_reminder_days",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="0: no second reminder.",
                                validators=[django.core.validators.MaxValueValidator(30)],
                                verbose_name="second reminder of an offer (days before the last day)",
                            ),
                        ),
                        (
                            "answer_days",
                            models.PositiveSmallIntegerField(
                                default=7,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="days to answer for somebody who moves up from the waiting list",
                            ),
                        ),
                        (
                            "letters_go_alone",
                            models.BooleanField(
                                default=False,
                                help_text="Off: the next is proposed, and you publish. On: you stand as the one who decides.",
                                verbose_name="the letter to the next of the waiting list goes out by itself",
                            ),
                        ),
                        ("switched_on_at", models.DateTimeField(blank=True, null=True, verbose_name="switched on at")),
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
                            "switched_on_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="switched on by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical settings of the selection",
                        "verbose_name_plural": "historical settings of the selection",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="InsurancePolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("company", models.CharField(max_length=160, verbose_name="insurance company")),
                        ("policy_number", models.CharField(blank=True, max_length=60, verbose_name="policy number")),
                        (
                            "emergency_phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="emergency phone"
                            ),
                        ),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="valid to")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="insurance_policies",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "insurance",
                        "verbose_name_plural": "insurances",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Interview",
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
                                    ("invited", "invited, no time chosen"),
                                    ("booked", "time chosen"),
                                    ("held", "held"),
                                    ("missed", "applicant did not come"),
                                    ("called_off", "called off"),
                                ],
                                default="invited",
                                editable=False,
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("pick_by", models.DateField(verbose_name="last day to choose a time")),
                        (
                            "invited_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="invited at"),
                        ),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded at")),
                        (
                            "calendar_sequence",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="number of the calendar entry"
                            ),
                        ),
                        ("outcome", models.TextField(blank=True, max_length=2000, verbose_name="what came out of it")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interviews",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="invited by",
                            ),
                        ),
                        (
                            "outcome_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="noted by",
                            ),
                        ),
                        (
                            "place",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interview",
                                to="apprentices.interviewplace",
                                verbose_name="interview place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "interview",
                        "verbose_name_plural": "interviews",
                        "ordering": ["-invited_at", "-pk"],
                        "indexes": [models.Index(fields=["status", "pick_by"], name="interview_waiting")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ["invited", "booked", "held"])),
                                fields=("application",),
                                name="one_interview_per_application",
                                violation_error_message="This applicant is invited already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place", None), ("status__in", ["invited", "called_off"])),
                                    models.Q(("place__isnull", False), ("status__in", ["booked", "held", "missed"])),
                                    _connector="OR",
                                ),
                                name="interview_place_fits_its_state",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterviewStatusChange",
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
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="apprentices.interview",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "move of an interview",
                        "verbose_name_plural": "moves of interviews",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InterviewTime",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("starts_at", models.DateTimeField(verbose_name="begins")),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=20,
                                validators=[
                                    django.core.validators.MinValueValidator(5),
                                    django.core.validators.MaxValueValidator(480),
                                ],
                                verbose_name="minutes",
                            ),
                        ),
                        ("where", models.CharField(blank=True, max_length=200, verbose_name="place")),
                        (
                            "video_url",
                            models.URLField(blank=True, max_length=300, verbose_name="address of the video meeting"),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="opened at"),
                        ),
                        (
                            "interviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interview_times",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="interviewer",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="opened by",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interview_times",
                                to="apprentices.round",
                                verbose_name="round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "interview time",
                        "verbose_name_plural": "interview times",
                        "ordering": ["starts_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("interviewer", "starts_at"),
                                name="one_interview_time_per_interviewer",
                                violation_error_message="This person has a time at this clock already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 5), ("minutes__lte", 480)),
                                name="interview_lasts_5_to_480_minutes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("where", ""), _negated=True),
                                    models.Q(("video_url", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="interview_is_somewhere",
                                violation_error_message="Say where you meet, or give the address of the video meeting.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LanguageSkill",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(help_text="Code of ISO 639.", max_length=3, verbose_name="language"),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("A1", "A1: single words and simple sentences"),
                                    ("A2", "A2: simple everyday messages"),
                                    ("B1", "B1: I manage in familiar situations"),
                                    ("B2", "B2: I speak rather freely"),
                                    ("C1", "C1: I speak freely at work"),
                                    ("C2", "C2: nearly as my first language"),
                                ],
                                max_length=2,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="language_skills",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "language",
                        "verbose_name_plural": "languages",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "language"),
                                name="one_level_per_language",
                                violation_error_message="You have written this language twice.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LateAdmission",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("until", models.DateTimeField(verbose_name="may send until")),
                        ("reason", models.CharField(max_length=500, verbose_name="reason")),
                        ("admitted_at", models.DateTimeField(verbose_name="let in at")),
                        (
                            "admitted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="let in by",
                            ),
                        ),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="late_admission",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "late admission",
                        "verbose_name_plural": "late admissions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("admitted_at"))),
                                name="late_admission_lies_ahead",
                                violation_error_message="The new deadline has passed already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="late_admission_has_a_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NextOfKin",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content",
                            mobility.common.fields.EncryptedJSON(blank=True, default=dict, verbose_name="content"),
                        ),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "next of kin",
                        "verbose_name_plural": "next of kin",
                    },
                ),
                migrations.CreateModel(
                    name="OfferReminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("sent_at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="sent at")),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="apprentices.decision",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reminder of an offer",
                        "verbose_name_plural": "reminders of offers",
                        "constraints": [
                            models.UniqueConstraint(fields=("decision", "number"), name="one_reminder_per_number"),
                            models.CheckConstraint(
                                condition=models.Q(("number__in", [1, 2])), name="reminder_is_first_or_second"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PersonMerge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("taken", models.JSONField(default=list, verbose_name="values taken from the merged row")),
                        ("moved", models.JSONField(default=dict, verbose_name="rows that moved")),
                        ("at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merges",
                                to="apprentices.apprentice",
                                verbose_name="kept",
                            ),
                        ),
                        (
                            "merged",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merge",
                                to="apprentices.apprentice",
                                verbose_name="merged",
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
                        "verbose_name": "merge of two people",
                        "verbose_name_plural": "merges of two people",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("assigned_at", models.DateTimeField(verbose_name="assigned at")),
                        ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="given at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewer",
                            ),
                        ),
                        (
                            "assigned_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="assigned by",
                            ),
                        ),
                        ("changed_at", models.DateTimeField(blank=True, null=True, verbose_name="changed at")),
                        (
                            "criteria_version",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="version of the criteria"
                            ),
                        ),
                        ("draft", models.JSONField(blank=True, default=dict, verbose_name="typed and not given")),
                        ("draft_saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        (
                            "has_confirmed_name",
                            models.BooleanField(
                                default=False,
                                editable=False,
                                verbose_name="the same family name was confirmed as no relation",
                            ),
                        ),
                        (
                            "remark",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="remark on the whole application"
                            ),
                        ),
                        (
                            "seen_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="saw the other's marks at"),
                        ),
                        (
                            "took_over_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="taken over from",
                            ),
                        ),
                        (
                            "took_over_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="why it was taken over"),
                        ),
                        (
                            "total",
                            models.PositiveSmallIntegerField(
                                blank=True, editable=False, null=True, verbose_name="sum of mark times weight"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                        "verbose_name_plural": "reviews",
                        "ordering": ["assigned_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("application", "reviewer"),
                                name="one_review_per_reviewer",
                                violation_error_message="This reviewer has this application already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("given_at", None), ("total__isnull", False), _connector="OR"),
                                name="given_review_has_a_total",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("seen_at", None), ("given_at__isnull", False), _connector="OR"),
                                name="own_marks_before_the_others",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewMark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "mark",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(5),
                                ],
                                verbose_name="mark",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.criterion",
                                verbose_name="selection criterion",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="marks",
                                to="apprentices.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mark",
                        "verbose_name_plural": "marks",
                        "constraints": [
                            models.UniqueConstraint(fields=("review", "criterion"), name="one_mark_per_criterion"),
                            models.CheckConstraint(
                                condition=models.Q(("mark__gte", 1), ("mark__lte", 5)), name="mark_from_1_to_5"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
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
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("prepared", "being prepared"),
                                    ("open", "opened"),
                                    ("published", "decisions published"),
                                ],
                                default="prepared",
                                editable=False,
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        ("opens_at", models.DateTimeField(verbose_name="opens at")),
                        (
                            "closes_at",
                            models.DateTimeField(
                                help_text="Date and clock in the office's time zone.", verbose_name="closes at"
                            ),
                        ),
                        (
                            "places",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)], verbose_name="places"
                            ),
                        ),
                        ("departs_from", models.DateField(verbose_name="first departure")),
                        ("departs_to", models.DateField(verbose_name="last departure")),
                        ("returns_from", models.DateField(verbose_name="first return")),
                        ("returns_to", models.DateField(verbose_name="last return")),
                        ("answer_by", models.DateField(blank=True, null=True, verbose_name="offers are answered by")),
                        (
                            "reference_prefix",
                            models.CharField(
                                default="UT", max_length=6, verbose_name="beginning of the reference numbers"
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
                            "project",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="grants.project",
                                verbose_name="project",
                            ),
                        ),
                        (
                            "grace_minutes",
                            models.PositiveSmallIntegerField(
                                default=0,
                                help_text="Who has begun before closing may still send for so long. The application is marked as late.",
                                validators=[django.core.validators.MaxValueValidator(1440)],
                                verbose_name="grace after closing (minutes)",
                            ),
                        ),
                        (
                            "decisions_by",
                            models.DateField(blank=True, null=True, verbose_name="everybody has an answer by"),
                        ),
                        (
                            "first_stay_only",
                            models.BooleanField(
                                default=False, verbose_name="only those who have not been abroad with Erasmus+"
                            ),
                        ),
                        (
                            "maximum_age",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="oldest (years at departure)"
                            ),
                        ),
                        (
                            "minimum_age",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="youngest (years at departure)"
                            ),
                        ),
                        (
                            "minimum_months_served",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="months served before departure, at least"
                            ),
                        ),
                        (
                            "trades",
                            models.ManyToManyField(
                                blank=True,
                                help_text="None chosen: every trade.",
                                related_name="+",
                                to="apprentices.trade",
                                verbose_name="trades",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                help_text="Gets the new applications. Nobody chosen: they are shared out evenly.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="case officer",
                            ),
                        ),
                        (
                            "criteria_version",
                            models.PositiveSmallIntegerField(
                                default=1, editable=False, verbose_name="version of the criteria"
                            ),
                        ),
                        (
                            "interview_notice_hours",
                            models.PositiveSmallIntegerField(
                                default=24,
                                help_text="Until then the applicant may move or cancel it alone; afterwards only the office can.",
                                validators=[django.core.validators.MaxValueValidator(336)],
                                verbose_name="an interview can be moved until (hours before)",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "round",
                        "verbose_name_plural": "rounds",
                        "ordering": ["-opens_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="round_closes_after_opening",
                                violation_error_message="The round closes before it opens.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("departs_to__gte", models.F("departs_from"))),
                                name="round_departure_window",
                                violation_error_message="The last departure lies before the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("returns_from__gt", models.F("departs_from")),
                                    ("returns_to__gte", models.F("returns_from")),
                                ),
                                name="round_return_window",
                                violation_error_message="The return window lies before the departure window, or ends before it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grace_minutes__lte", 1440)),
                                name="round_grace_within_a_day",
                                violation_error_message="The grace is at most a day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum_age", None),
                                    ("maximum_age", None),
                                    ("maximum_age__gte", models.F("minimum_age")),
                                    _connector="OR",
                                ),
                                name="round_age_window",
                                violation_error_message="The oldest are younger than the youngest.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlannedPublication",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                    ("failed", "did not happen"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "planned_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="planned at"),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                        ("problem", models.TextField(blank=True, verbose_name="why it did not happen")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="ended by",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="planned by",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="planned_publications",
                                to="apprentices.round",
                                verbose_name="round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "planned publication",
                        "verbose_name_plural": "planned publications",
                        "ordering": ["-planned_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "planned")),
                                fields=("round",),
                                name="one_planned_publication",
                                violation_error_message="The publication of this round is planned already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at", None), ("state", "planned")),
                                    models.Q(
                                        ("ended_at__isnull", False), models.Q(("state", "planned"), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="ended_plan_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deferral",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "asked for"), ("confirmed", "confirmed"), ("refused", "refused")],
                                default="asked",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("asked_at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="asked at")),
                        ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        ("words", models.TextField(blank=True, verbose_name="the office's words")),
                        ("carried_at", models.DateTimeField(blank=True, null=True, verbose_name="carried over at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deferrals",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "carried_to",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deferred_from",
                                to="apprentices.application",
                                verbose_name="application in the later round",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="letter",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="answered by",
                            ),
                        ),
                        (
                            "to_round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprentices.round",
                                verbose_name="later round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deferral",
                        "verbose_name_plural": "deferrals",
                        "ordering": ["-asked_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["asked", "confirmed"])),
                                fields=("application",),
                                name="one_deferral",
                                violation_error_message="This application is deferred, or somebody has asked for it already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "asked"),
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="settled_deferral_names_who",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("carried_to", None),
                                    models.Q(("carried_at__isnull", False), ("state", "confirmed")),
                                    _connector="OR",
                                ),
                                name="carried_deferral_is_confirmed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CriteriaChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="version of the criteria")),
                        ("before", models.JSONField(verbose_name="before")),
                        ("after", models.JSONField(verbose_name="after")),
                        ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                        ("at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="at")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="criteria_changes",
                                to="apprentices.round",
                                verbose_name="round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of criteria",
                        "verbose_name_plural": "changes of criteria",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="criteria_change_has_a_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundStatusChange",
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
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="status_changes",
                                to="apprentices.round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "move of a round",
                        "verbose_name_plural": "moves of rounds",
                        "ordering": ["at", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SamePersonHint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reasons", models.JSONField(default=list, verbose_name="why they look alike")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "not looked at"), ("not_same", "two people"), ("merged", "merged")],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("found_at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="found at")),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprentices.apprentice",
                                verbose_name="one",
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
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="apprentices.apprentice",
                                verbose_name="the other",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "same person, perhaps",
                        "verbose_name_plural": "same person, perhaps",
                        "ordering": ["-found_at", "-pk"],
                        "indexes": [models.Index(fields=["office", "state"], name="same_person_open")],
                        "constraints": [
                            models.UniqueConstraint(fields=("first", "second"), name="one_hint_per_pair"),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="hint_names_the_older_row_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "open"), ("decided_at__isnull", False), _connector="OR"),
                                name="decided_hint_has_a_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SelectionSettings",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "head_approves",
                            models.BooleanField(
                                default=False,
                                verbose_name="the head of section approves decisions before they are published",
                            ),
                        ),
                        (
                            "first_reminder_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                help_text="0: no first reminder.",
                                validators=[django.core.validators.MaxValueValidator(30)],
                                verbose_name="first reminder of an offer (days before the last day)",
                            ),
                        ),
                        (
                            "second_reminder_days",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="0: no second reminder.",
                                validators=[django.core.validators.MaxValueValidator(30)],
                                verbose_name="second reminder of an offer (days before the last day)",
                            ),
                        ),
                        (
                            "answer_days",
                            models.PositiveSmallIntegerField(
                                default=7,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                                verbose_name="days to answer for somebody who moves up from the waiting list",
                            ),
                        ),
                        (
                            "letters_go_alone",
                            models.BooleanField(
                                default=False,
                                help_text="Off: the next is proposed, and you publish. On: you stand as the one who decides.",
                                verbose_name="the letter to the next of the waiting list goes out by itself",
                            ),
                        ),
                        ("switched_on_at", models.DateTimeField(blank=True, null=True, verbose_name="switched on at")),
                        (
                            "office",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="selection_settings",
                                to="accounts.office",
                                verbose_name="office",
                            ),
                        ),
                        (
                            "switched_on_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="switched on by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "settings of the selection",
                        "verbose_name_plural": "settings of the selection",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("letters_go_alone", False),
                                    models.Q(("switched_on_at__isnull", False), ("switched_on_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="letters_alone_names_who",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("head_approves", True), ("letters_go_alone", True), _negated=True),
                                name="approval_or_letters_alone",
                                violation_error_message="Where the head approves decisions, no letter goes out by itself.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("first_reminder_days", 0),
                                    ("second_reminder_days__lt", models.F("first_reminder_days")),
                                    _connector="OR",
                                ),
                                name="second_reminder_is_later",
                                violation_error_message="The second reminder comes after the first: nearer to the last day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tie",
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
                                choices=[("company", "a company or an office"), ("person", "a person")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        (
                            "organisation_number",
                            models.CharField(
                                blank=True,
                                max_length=16,
                                validators=[apprentices.models.trades.validate_organisation_number],
                                verbose_name="organisation number",
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="mobile"
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="how you are tied")),
                        (
                            "declared_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="declared at"),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back at")),
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ties",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tie of a reviewer",
                        "verbose_name_plural": "ties of reviewers",
                        "ordering": ["kind", "name", "pk"],
                        "indexes": [models.Index(fields=["office", "person"], name="tie_person")],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalRound_trades",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("m2m_history_id", models.AutoField(primary_key=True, serialize=False)),
                        (
                            "history",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                to="apprentices.historicalround",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.round",
                            ),
                        ),
                        (
                            "trade",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_tablespace="",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.trade",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "HistoricalRound_trades",
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalApprentice",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                        ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="mobile"
                            ),
                        ),
                        (
                            "written_form",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="nb",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                        ("call_name", models.CharField(blank=True, max_length=100, verbose_name="call name")),
                        ("birth_date", models.DateField(verbose_name="date of birth")),
                        ("municipality", models.CharField(blank=True, max_length=80, verbose_name="municipality")),
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
                            "member",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="grants.consortiummember",
                                verbose_name="consortium member",
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
                            "user",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                        (
                            "trade",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.trade",
                                verbose_name="trade",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.apprentice",
                                verbose_name="merged into",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical apprentice",
                        "verbose_name_plural": "historical apprentices",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="TrainingCompany",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        (
                            "organisation_number",
                            models.CharField(
                                blank=True,
                                max_length=12,
                                validators=[apprentices.models.trades.validate_organisation_number],
                                verbose_name="organisation number",
                            ),
                        ),
                        ("municipality", models.CharField(blank=True, max_length=80, verbose_name="municipality")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
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
                            "training_office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.trainingoffice",
                                verbose_name="training office",
                            ),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=mobility.common.search.Folded(
                                    "name", "organisation_number", "municipality", "email", "phone"
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "training company",
                        "verbose_name_plural": "training companies",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("organisation_number", ""), _negated=True),
                                fields=("office", "organisation_number"),
                                name="one_company_per_number",
                                violation_error_message="A company with this organisation number is here already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Instructor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                        ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="mobile"
                            ),
                        ),
                        (
                            "written_form",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="nb",
                                max_length=2,
                                verbose_name="language of letters",
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
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.trainingcompany",
                                verbose_name="training company",
                            ),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=mobility.common.search.Folded("given_name", "family_name", "email", "phone"),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "instructor (tutor)",
                        "verbose_name_plural": "instructors (tutors)",
                    },
                ),
                migrations.CreateModel(
                    name="TrainingManager",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                        ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="mobile"
                            ),
                        ),
                        (
                            "written_form",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="nb",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.trainingcompany",
                                verbose_name="training company",
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
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)ss",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                        (
                            "search_text",
                            models.GeneratedField(
                                db_persist=True,
                                expression=mobility.common.search.Folded("given_name", "family_name", "email", "phone"),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "training manager",
                        "verbose_name_plural": "training managers",
                    },
                ),
                migrations.CreateModel(
                    name="TrainingOffice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="name")),
                        (
                            "organisation_number",
                            models.CharField(
                                blank=True,
                                max_length=12,
                                validators=[apprentices.models.trades.validate_organisation_number],
                                verbose_name="organisation number",
                            ),
                        ),
                        ("contact_name", models.CharField(blank=True, max_length=160, verbose_name="contact person")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                        ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
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
                                expression=mobility.common.search.Folded(
                                    "name", "organisation_number", "contact_name", "email", "phone"
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "training office",
                        "verbose_name_plural": "training offices",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalContract",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("apprenticeship", "apprenticeship contract"),
                                    ("training", "training contract"),
                                ],
                                max_length=20,
                                verbose_name="kind of contract",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
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
                            "instructor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.instructor",
                                verbose_name="instructor (tutor)",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.trainingcompany",
                                verbose_name="training company",
                            ),
                        ),
                        (
                            "training_manager",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.trainingmanager",
                                verbose_name="training manager",
                            ),
                        ),
                        (
                            "training_office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.trainingoffice",
                                verbose_name="training office",
                            ),
                        ),
                        (
                            "approved_on",
                            models.DateField(
                                blank=True,
                                help_text="Or the day of the county's list on which it stood.",
                                null=True,
                                verbose_name="approved by the county on",
                            ),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=40,
                                verbose_name="number in the county's register",
                            ),
                        ),
                        (
                            "register_office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="accounts.office",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("hand", "typed in by the office"),
                                    ("application", "an application"),
                                    ("import", "the county's register"),
                                ],
                                default="hand",
                                editable=False,
                                max_length=12,
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical contract",
                        "verbose_name_plural": "historical contracts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalApplication",
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
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("in_review", "in review"),
                                    ("returned", "returned for completion"),
                                    ("offered", "offered"),
                                    ("waiting_list", "waiting list"),
                                    ("rejected", "rejected"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("lapsed", "lapsed"),
                                    ("withdrawn", "withdrawn"),
                                    ("deferred", "deferred"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "reference",
                            models.CharField(
                                db_index=True, editable=False, max_length=20, null=True, verbose_name="reference"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=mobility.common.clock.now, editable=False, verbose_name="begun at"
                            ),
                        ),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                        ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                        ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="mobile"
                            ),
                        ),
                        (
                            "written_form",
                            models.CharField(
                                choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("sv", "Swedish"), ("en", "English")],
                                default="nb",
                                max_length=2,
                                verbose_name="language of letters",
                            ),
                        ),
                        ("consented_at", models.DateTimeField(blank=True, null=True, verbose_name="consented at")),
                        (
                            "consent_version",
                            models.CharField(blank=True, max_length=20, verbose_name="version of the consent text"),
                        ),
                        (
                            "email_confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="address confirmed at"),
                        ),
                        ("birth_date", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                        (
                            "contract_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("apprenticeship", "apprenticeship contract"),
                                    ("training", "training contract"),
                                ],
                                max_length=20,
                                verbose_name="kind of contract",
                            ),
                        ),
                        (
                            "contract_starts_on",
                            models.DateField(blank=True, null=True, verbose_name="training period from"),
                        ),
                        (
                            "contract_ends_on",
                            models.DateField(blank=True, null=True, verbose_name="training period to"),
                        ),
                        ("company_name", models.CharField(blank=True, max_length=160, verbose_name="training company")),
                        (
                            "company_number",
                            models.CharField(
                                blank=True,
                                max_length=16,
                                validators=[apprentices.models.trades.validate_organisation_number],
                                verbose_name="organisation number of the company",
                            ),
                        ),
                        ("manager_name", models.CharField(blank=True, max_length=160, verbose_name="training manager")),
                        (
                            "manager_email",
                            models.EmailField(
                                blank=True, max_length=254, verbose_name="e-mail of the training manager"
                            ),
                        ),
                        ("guardian_name", models.CharField(blank=True, max_length=160, verbose_name="guardian")),
                        (
                            "guardian_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the guardian"),
                        ),
                        ("first_country", models.CharField(blank=True, max_length=2, verbose_name="first wish")),
                        ("second_country", models.CharField(blank=True, max_length=2, verbose_name="second wish")),
                        ("third_country", models.CharField(blank=True, max_length=2, verbose_name="third wish")),
                        (
                            "goes_anywhere",
                            models.BooleanField(default=False, verbose_name="another country is fine, too"),
                        ),
                        (
                            "english_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("A1", "A1: single words and simple sentences"),
                                    ("A2", "A2: simple everyday messages"),
                                    ("B1", "B1: I manage in familiar situations"),
                                    ("B2", "B2: I speak rather freely"),
                                    ("C1", "C1: I speak freely at work"),
                                    ("C2", "C2: nearly as my first language"),
                                ],
                                max_length=2,
                                verbose_name="how well you speak English",
                            ),
                        ),
                        (
                            "wished_tasks",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what you would like to do there"
                            ),
                        ),
                        (
                            "withdrawn_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason for withdrawing"),
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
                            "round",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.round",
                                verbose_name="round",
                            ),
                        ),
                        (
                            "trade",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.trade",
                                verbose_name="trade",
                            ),
                        ),
                        ("call_name", models.CharField(blank=True, max_length=100, verbose_name="call name")),
                        (
                            "earlier_days",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="days of the earlier stays"
                            ),
                        ),
                        ("earlier_ends_on", models.DateField(blank=True, null=True, verbose_name="earlier stay to")),
                        (
                            "earlier_starts_on",
                            models.DateField(blank=True, null=True, verbose_name="earlier stay from"),
                        ),
                        (
                            "earlier_where",
                            models.CharField(blank=True, max_length=200, verbose_name="where the earlier stays were"),
                        ),
                        (
                            "expected_wages",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("full", "full wages"),
                                    ("part", "part of the wages"),
                                    ("none", "no wages"),
                                    ("not_agreed", "not agreed yet"),
                                ],
                                max_length=10,
                                verbose_name="wages during the stay",
                            ),
                        ),
                        (
                            "gender",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("female", "woman"),
                                    ("male", "man"),
                                    ("other", "other"),
                                    ("not_stated", "I would rather not say"),
                                ],
                                max_length=10,
                                verbose_name="gender",
                            ),
                        ),
                        (
                            "has_earlier_stays",
                            models.BooleanField(blank=True, null=True, verbose_name="earlier stays with Erasmus+"),
                        ),
                        (
                            "has_photo_consent",
                            models.BooleanField(blank=True, null=True, verbose_name="consent to photos"),
                        ),
                        ("has_protected_address", models.BooleanField(default=False, verbose_name="protected address")),
                        (
                            "instructor_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the instructor"),
                        ),
                        (
                            "instructor_name",
                            models.CharField(blank=True, max_length=160, verbose_name="instructor (tutor)"),
                        ),
                        (
                            "instructor_phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="phone of the instructor"
                            ),
                        ),
                        (
                            "is_late",
                            models.BooleanField(default=False, editable=False, verbose_name="sent after closing"),
                        ),
                        (
                            "manager_phone",
                            phonenumber_field.modelfields.PhoneNumberField(
                                blank=True, max_length=128, region=None, verbose_name="phone of the training manager"
                            ),
                        ),
                        ("nationality", models.CharField(blank=True, max_length=2, verbose_name="nationality")),
                        (
                            "photo_answered_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="photo consent answered at"),
                        ),
                        (
                            "photo_consent_version",
                            models.CharField(blank=True, max_length=20, verbose_name="version of the photo consent"),
                        ),
                        (
                            "referee_contact",
                            models.CharField(blank=True, max_length=160, verbose_name="how we reach that person"),
                        ),
                        (
                            "referee_name",
                            models.CharField(blank=True, max_length=160, verbose_name="person who knows you"),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.application",
                                verbose_name="replaced by",
                            ),
                        ),
                        (
                            "training_office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="apprentices.trainingoffice",
                                verbose_name="training office",
                            ),
                        ),
                        (
                            "training_office_answer",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("listed", "one of the office's list"),
                                    ("none", "no training office"),
                                    ("other", "another training office"),
                                ],
                                max_length=10,
                                verbose_name="training office or none",
                            ),
                        ),
                        (
                            "training_office_name",
                            models.CharField(blank=True, max_length=160, verbose_name="name of the training office"),
                        ),
                        (
                            "second_guardian_email",
                            models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the second guardian"),
                        ),
                        (
                            "second_guardian_name",
                            models.CharField(blank=True, max_length=160, verbose_name="second guardian"),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="case officer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical application",
                        "verbose_name_plural": "historical applications",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("writing", "being written"),
                                    ("asked", "waits for the apprentice"),
                                    ("approved", "approved and sent"),
                                    ("taken_over", "the apprentice goes on alone"),
                                    ("refused", "the apprentice said no"),
                                ],
                                default="writing",
                                editable=False,
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="begun at"),
                        ),
                        ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked at")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entry",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="entered by",
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
                            "training_office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="apprentices.trainingoffice",
                                verbose_name="training office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "application entered on behalf",
                        "verbose_name_plural": "applications entered on behalf",
                        "ordering": ["-created_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state", "writing"), ("asked_at__isnull", False), _connector="OR"),
                                name="entry_asked_has_a_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["writing", "asked"]), ("answered_at__isnull", False), _connector="OR"
                                ),
                                name="entry_answered_has_a_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contract",
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
                                    ("apprenticeship", "apprenticeship contract"),
                                    ("training", "training contract"),
                                ],
                                max_length=20,
                                verbose_name="kind of contract",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                        (
                            "apprentice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="apprentices.apprentice",
                                verbose_name="apprentice",
                            ),
                        ),
                        (
                            "instructor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.instructor",
                                verbose_name="instructor (tutor)",
                            ),
                        ),
                        (
                            "company",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.trainingcompany",
                                verbose_name="training company",
                            ),
                        ),
                        (
                            "training_manager",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.trainingmanager",
                                verbose_name="training manager",
                            ),
                        ),
                        (
                            "training_office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="apprentices.trainingoffice",
                                verbose_name="training office",
                            ),
                        ),
                        (
                            "approved_on",
                            models.DateField(
                                blank=True,
                                help_text="Or the day of the county's list on which it stood.",
                                null=True,
                                verbose_name="approved by the county on",
                            ),
                        ),
                        (
                            "external_id",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=40,
                                verbose_name="number in the county's register",
                            ),
                        ),
                        (
                            "register_office",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.office",
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("hand", "typed in by the office"),
                                    ("application", "an application"),
                                    ("import", "the county's register"),
                                ],
                                default="hand",
                                editable=False,
                                max_length=12,
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contract",
                        "verbose_name_plural": "contracts",
                        "ordering": ["-starts_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="contract_ends_after_start",
                                violation_error_message="The contract ends before it starts.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("external_id", ""), ("register_office", None)),
                                    models.Q(
                                        models.Q(("external_id", ""), _negated=True), ("register_office__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="contract_number_has_a_register",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("external_id", ""), _negated=True),
                                fields=("register_office", "external_id"),
                                name="one_contract_per_number",
                                violation_error_message="A contract with this number of the county's register is here already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingOfficeMember",
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
                                related_name="training_office_member",
                                to="accounts.membership",
                                verbose_name="membership",
                            ),
                        ),
                        (
                            "training_office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="apprentices.trainingoffice",
                                verbose_name="training office",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person at a training office",
                        "verbose_name_plural": "people at training offices",
                    },
                ),
                migrations.CreateModel(
                    name="TravelDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "content",
                            mobility.common.fields.EncryptedJSON(blank=True, default=dict, verbose_name="content"),
                        ),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        (
                            "application",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "travel document",
                        "verbose_name_plural": "travel documents",
                    },
                ),
                migrations.CreateModel(
                    name="CaseNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "written_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="written at"),
                        ),
                        ("text", models.TextField(max_length=2000, verbose_name="note")),
                        ("follow_up_on", models.DateField(blank=True, null=True, verbose_name="come back to it on")),
                        ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                        (
                            "key",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True, verbose_name="key of the form"
                            ),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="done by",
                            ),
                        ),
                        (
                            "follow_up_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="who comes back to it",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case note",
                        "verbose_name_plural": "case notes",
                        "ordering": ["-written_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("done_at", None), ("follow_up_on__isnull", False)),
                                fields=["follow_up_for", "follow_up_on"],
                                name="note_follow_up",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("follow_up_for", None), ("follow_up_on", None)),
                                    models.Q(("follow_up_for__isnull", False), ("follow_up_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="follow_up_has_day_and_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at", None), ("done_by", None)),
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("done_by__isnull", False),
                                        ("follow_up_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="only_follow_ups_are_done",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="readings",
                                to="apprentices.application",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reading of a case",
                        "verbose_name_plural": "readings of cases",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "application"), name="one_reading_per_person_and_case"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                                    ("cv", "CV"),
                                    ("reference_letter", "Reference letter"),
                                    ("certificate", "Certificate or school report"),
                                    ("other", "Other file"),
                                    ("cv_english", "CV in English"),
                                    ("letter_english", "Letter in English"),
                                    ("dated_certificate", "Certificate with a date"),
                                ],
                                max_length=20,
                                verbose_name="kind of file",
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="added at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="file",
                            ),
                        ),
                        (
                            "preview",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="preview",
                            ),
                        ),
                        (
                            "certificate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="apprentices.certificate",
                                verbose_name="certificate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                        "verbose_name_plural": "attachments",
                        "ordering": ["kind", "added_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("certificate", None), ("kind", "dated_certificate"), _connector="OR"
                                ),
                                name="only_a_dated_certificate_has_a_row",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CompletionRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fields", models.JSONField(verbose_name="what is to be completed")),
                        ("message", models.TextField(max_length=1000, verbose_name="what we need")),
                        ("due_on", models.DateField(verbose_name="complete by")),
                        (
                            "returned_from",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("in_review", "in review"),
                                    ("returned", "returned for completion"),
                                    ("offered", "offered"),
                                    ("waiting_list", "waiting list"),
                                    ("rejected", "rejected"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("lapsed", "lapsed"),
                                    ("withdrawn", "withdrawn"),
                                    ("deferred", "deferred"),
                                ],
                                max_length=20,
                                verbose_name="state before",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked at")),
                        ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                        ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded at")),
                        ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                        ("before", models.JSONField(default=dict, verbose_name="before")),
                        ("after", models.JSONField(default=dict, verbose_name="after")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="completion_requests",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked by",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed without an answer by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request for completion",
                        "verbose_name_plural": "requests for completion",
                        "ordering": ["asked_at", "pk"],
                        "indexes": [models.Index(fields=["answered_at", "due_on"], name="completion_due")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at", None)),
                                fields=("application",),
                                name="one_open_completion_request",
                                violation_error_message="The applicant has been asked already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        (
                            "declared_at",
                            models.DateTimeField(default=mobility.common.clock.now, verbose_name="declared at"),
                        ),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conflicts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "conflict of interest",
                        "verbose_name_plural": "conflicts of interest",
                        "ordering": ["-declared_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("application", "person"), name="one_conflict_per_person"),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="conflict_has_a_reason"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
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
                                    ("health", "Food, health and support"),
                                    ("next_of_kin", "Next of kin"),
                                    ("bank", "Bank account"),
                                    ("travel", "Passport and health card"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("version", models.CharField(max_length=20, verbose_name="version of the consent text")),
                        ("given_at", models.DateTimeField(verbose_name="consented at")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
                        (
                            "application",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="apprentices.application",
                                verbose_name="application",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consent",
                        "verbose_name_plural": "consents",
                        "ordering": ["given_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at", None)),
                                fields=("application", "kind"),
                                name="one_consent_in_force_per_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at", None), ("withdrawn_at__gte", models.F("given_at")), _connector="OR"
                                ),
                                name="consent_withdrawn_after_given",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContractImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("checked", "looked through, not imported yet"),
                                    ("applied", "imported"),
                                    ("discarded", "given up"),
                                ],
                                default="checked",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "approved_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="the county had approved these contracts on"
                            ),
                        ),
                        ("report", models.JSONField(default=list, editable=False, verbose_name="report")),
                        ("counts", models.JSONField(default=dict, editable=False, verbose_name="rows of each kind")),
                        ("decisions", models.JSONField(default=dict, editable=False, verbose_name="decisions")),
                        ("fingerprint", models.CharField(editable=False, max_length=64)),
                        ("at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="uploaded at")),
                        ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="imported at")),
                        (
                            "applied_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="imported by",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="common.storedfile",
                                verbose_name="file",
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
                        "verbose_name": "import of contracts",
                        "verbose_name_plural": "imports of contracts",
                        "ordering": ["-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "applied"), _negated=True),
                                    ("applied_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="applied_import_has_a_moment",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunPython(guard_published_decisions, unguard_published_decisions),
        migrations.RunPython(forwards(*SEARCHED), backwards(*SEARCHED)),
    ]
