"""The tables of 0001 to 0018 in one step, for a database that has none of them: half a minute less.

A database that has some of them goes on one by one. The trades are loaded as in 0002.
"""

import csv
from pathlib import Path

import apprentices.models.trades
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import mobility.common.clock
import mobility.common.fields
import phonenumber_field.modelfields
import simple_history.models
from django.conf import settings
from django.db import migrations, models


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
    ]

    initial = True

    dependencies = [
        ("accounts", "0003_codes_for_links"),
        ("common", "0002_read_log"),
        ("grants", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        blank=True, default=dict, help_text="Mark 1 to 5: what it means.", verbose_name="anchor texts"
                    ),
                ),
            ],
            options={
                "verbose_name": "selection criterion",
                "verbose_name_plural": "selection criteria",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Trade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "reference",
                    models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name="reference"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=mobility.common.clock.now, editable=False, verbose_name="begun at"),
                ),
                ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                ("is_late", models.BooleanField(default=False, editable=False, verbose_name="sent after closing")),
                ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                ("call_name", models.CharField(blank=True, max_length=100, verbose_name="call name")),
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
                ("guardian_name", models.CharField(blank=True, max_length=160, verbose_name="guardian")),
                (
                    "guardian_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the guardian"),
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
                ("nationality", models.CharField(blank=True, max_length=2, verbose_name="nationality")),
                ("has_protected_address", models.BooleanField(default=False, verbose_name="protected address")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("postal_code", models.CharField(blank=True, max_length=12, verbose_name="postal code")),
                ("postal_place", models.CharField(blank=True, max_length=80, verbose_name="postal place")),
                ("municipality", models.CharField(blank=True, max_length=80, verbose_name="municipality")),
                (
                    "contract_kind",
                    models.CharField(
                        blank=True,
                        choices=[("apprenticeship", "apprenticeship contract"), ("training", "training contract")],
                        max_length=20,
                        verbose_name="kind of contract",
                    ),
                ),
                ("contract_starts_on", models.DateField(blank=True, null=True, verbose_name="training period from")),
                ("contract_ends_on", models.DateField(blank=True, null=True, verbose_name="training period to")),
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
                ("manager_name", models.CharField(blank=True, max_length=160, verbose_name="training manager")),
                (
                    "manager_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the training manager"),
                ),
                (
                    "manager_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="phone of the training manager"
                    ),
                ),
                ("instructor_name", models.CharField(blank=True, max_length=160, verbose_name="instructor (tutor)")),
                (
                    "instructor_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the instructor"),
                ),
                (
                    "instructor_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="phone of the instructor"
                    ),
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
                ("first_country", models.CharField(blank=True, max_length=2, verbose_name="first wish")),
                ("second_country", models.CharField(blank=True, max_length=2, verbose_name="second wish")),
                ("third_country", models.CharField(blank=True, max_length=2, verbose_name="third wish")),
                ("goes_anywhere", models.BooleanField(default=False, verbose_name="another country is fine, too")),
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
                    models.CharField(blank=True, max_length=300, verbose_name="what you would like to do there"),
                ),
                ("competence_aims", models.TextField(blank=True, max_length=1000, verbose_name="competence aims")),
                (
                    "has_earlier_stays",
                    models.BooleanField(blank=True, null=True, verbose_name="earlier stays with Erasmus+"),
                ),
                (
                    "earlier_where",
                    models.CharField(blank=True, max_length=200, verbose_name="where the earlier stays were"),
                ),
                ("earlier_starts_on", models.DateField(blank=True, null=True, verbose_name="earlier stay from")),
                ("earlier_ends_on", models.DateField(blank=True, null=True, verbose_name="earlier stay to")),
                (
                    "earlier_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days of the earlier stays"),
                ),
                ("motivation", models.TextField(blank=True, max_length=2000, verbose_name="why you want to go")),
                ("referee_name", models.CharField(blank=True, max_length=160, verbose_name="person who knows you")),
                (
                    "referee_contact",
                    models.CharField(blank=True, max_length=160, verbose_name="how we reach that person"),
                ),
                ("has_photo_consent", models.BooleanField(blank=True, null=True, verbose_name="consent to photos")),
                (
                    "photo_consent_version",
                    models.CharField(blank=True, max_length=20, verbose_name="version of the photo consent"),
                ),
                (
                    "photo_answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="photo consent answered at"),
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
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["-submitted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ApplicationStatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
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
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
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
            ],
            options={
                "verbose_name": "apprentice",
                "verbose_name_plural": "apprentices",
                "ordering": ["family_name", "given_name", "pk"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="apprentice",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="apprentices.apprentice",
                verbose_name="apprentice",
            ),
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", mobility.common.fields.EncryptedJSON(blank=True, default=dict, verbose_name="content")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="Endorsement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("opinion", models.TextField(blank=True, max_length=1000, verbose_name="opinion of the apprentice")),
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
                ("name", models.CharField(max_length=160, verbose_name="name")),
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
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded at")),
                ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="reminders by the clock")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="apprentices.application",
                        verbose_name="application",
                    ),
                ),
            ],
            options={
                "verbose_name": "endorsement",
                "verbose_name_plural": "endorsements",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EndorsementReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("opinion", models.TextField(blank=True, max_length=1000, verbose_name="opinion of the apprentice")),
                ("name", models.CharField(max_length=160, verbose_name="name that was typed")),
                ("email", models.EmailField(max_length=254, verbose_name="link sent to")),
                ("given_at", models.DateTimeField(verbose_name="answered at")),
                (
                    "text_version",
                    models.CharField(blank=True, max_length=20, verbose_name="version of the text that was shown"),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", mobility.common.fields.EncryptedJSON(blank=True, default=dict, verbose_name="content")),
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
            name="HistoricalDetails",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                ("has_licence", models.BooleanField(blank=True, null=True, verbose_name="has a driving licence")),
                (
                    "licence_classes",
                    models.CharField(blank=True, max_length=60, verbose_name="classes of the driving licence"),
                ),
                ("licence_since", models.DateField(blank=True, null=True, verbose_name="driving licence since")),
                ("has_certificates", models.BooleanField(blank=True, null=True, verbose_name="has certificates")),
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
                ("lodging_notes", models.TextField(blank=True, max_length=1000, verbose_name="more about lodging")),
                (
                    "guardian_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="phone of the guardian"
                    ),
                ),
                ("second_guardian_name", models.CharField(blank=True, max_length=160, verbose_name="second guardian")),
                (
                    "second_guardian_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="phone of the second guardian"
                    ),
                ),
                ("a1_asked_on", models.DateField(blank=True, null=True, verbose_name="A1 certificate asked for on")),
                ("a1_received_on", models.DateField(blank=True, null=True, verbose_name="A1 certificate received on")),
                (
                    "police_shown_on",
                    models.DateField(blank=True, null=True, verbose_name="police certificate shown on"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                ("computed_at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="computed at")),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                ("opinion", models.TextField(blank=True, max_length=1000, verbose_name="opinion of the apprentice")),
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
                ("name", models.CharField(max_length=160, verbose_name="name")),
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
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered at")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded at")),
                ("reminders", models.PositiveSmallIntegerField(default=0, verbose_name="reminders by the clock")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                    "grace_minutes",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Who has begun before closing may still send for so long. The application is marked as late.",
                        validators=[django.core.validators.MaxValueValidator(1440)],
                        verbose_name="grace after closing (minutes)",
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
                ("decisions_by", models.DateField(blank=True, null=True, verbose_name="everybody has an answer by")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="offers are answered by")),
                (
                    "reference_prefix",
                    models.CharField(default="UT", max_length=6, verbose_name="beginning of the reference numbers"),
                ),
                (
                    "minimum_age",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="youngest (years at departure)"
                    ),
                ),
                (
                    "maximum_age",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="oldest (years at departure)"),
                ),
                (
                    "minimum_months_served",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="months served before departure, at least"
                    ),
                ),
                (
                    "first_stay_only",
                    models.BooleanField(
                        default=False, verbose_name="only those who have not been abroad with Erasmus+"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="InsurancePolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="LanguageSkill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(help_text="Code of ISO 639.", max_length=3, verbose_name="language")),
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
            },
        ),
        migrations.CreateModel(
            name="LateAdmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            },
        ),
        migrations.CreateModel(
            name="NextOfKin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", mobility.common.fields.EncryptedJSON(blank=True, default=dict, verbose_name="content")),
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
            name="PersonMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ["assigned_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="marks", to="apprentices.review"
                    ),
                ),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "grace_minutes",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Who has begun before closing may still send for so long. The application is marked as late.",
                        validators=[django.core.validators.MaxValueValidator(1440)],
                        verbose_name="grace after closing (minutes)",
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
                ("decisions_by", models.DateField(blank=True, null=True, verbose_name="everybody has an answer by")),
                ("answer_by", models.DateField(blank=True, null=True, verbose_name="offers are answered by")),
                (
                    "reference_prefix",
                    models.CharField(default="UT", max_length=6, verbose_name="beginning of the reference numbers"),
                ),
                (
                    "minimum_age",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="youngest (years at departure)"
                    ),
                ),
                (
                    "maximum_age",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="oldest (years at departure)"),
                ),
                (
                    "minimum_months_served",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="months served before departure, at least"
                    ),
                ),
                (
                    "first_stay_only",
                    models.BooleanField(
                        default=False, verbose_name="only those who have not been abroad with Erasmus+"
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
                    "trades",
                    models.ManyToManyField(
                        blank=True,
                        help_text="None chosen: every trade.",
                        related_name="+",
                        to="apprentices.trade",
                        verbose_name="trades",
                    ),
                ),
            ],
            options={
                "verbose_name": "round",
                "verbose_name_plural": "rounds",
                "ordering": ["-opens_at"],
            },
        ),
        migrations.AddField(
            model_name="criterion",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="criteria",
                to="apprentices.round",
                verbose_name="round",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="apprentices.round",
                verbose_name="round",
            ),
        ),
        migrations.CreateModel(
            name="RoundStatusChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("call_name", models.CharField(blank=True, max_length=100, verbose_name="call name")),
                ("birth_date", models.DateField(verbose_name="date of birth")),
                ("municipality", models.CharField(blank=True, max_length=80, verbose_name="municipality")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            ],
            options={
                "verbose_name": "historical apprentice",
                "verbose_name_plural": "historical apprentices",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="application",
            name="trade",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="apprentices.trade",
                verbose_name="trade",
            ),
        ),
        migrations.CreateModel(
            name="TrainingCompany",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "training company",
                "verbose_name_plural": "training companies",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Instructor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "instructor (tutor)",
                "verbose_name_plural": "instructors (tutors)",
            },
        ),
        migrations.CreateModel(
            name="TrainingManager",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "training manager",
                "verbose_name_plural": "training managers",
            },
        ),
        migrations.CreateModel(
            name="TrainingOffice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "training office",
                "verbose_name_plural": "training offices",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="trainingcompany",
            name="training_office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="apprentices.trainingoffice",
                verbose_name="training office",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalContract",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("apprenticeship", "apprenticeship contract"), ("training", "training contract")],
                        max_length=20,
                        verbose_name="kind of contract",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
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
                (
                    "external_id",
                    models.CharField(
                        blank=True, editable=False, max_length=40, verbose_name="number in the county's register"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                            ("withdrawn", "withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "reference",
                    models.CharField(db_index=True, editable=False, max_length=20, null=True, verbose_name="reference"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=mobility.common.clock.now, editable=False, verbose_name="begun at"),
                ),
                ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                ("is_late", models.BooleanField(default=False, editable=False, verbose_name="sent after closing")),
                ("given_name", models.CharField(max_length=100, verbose_name="given name")),
                ("family_name", models.CharField(blank=True, max_length=100, verbose_name="family name")),
                ("call_name", models.CharField(blank=True, max_length=100, verbose_name="call name")),
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
                ("guardian_name", models.CharField(blank=True, max_length=160, verbose_name="guardian")),
                (
                    "guardian_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the guardian"),
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
                ("nationality", models.CharField(blank=True, max_length=2, verbose_name="nationality")),
                ("has_protected_address", models.BooleanField(default=False, verbose_name="protected address")),
                (
                    "contract_kind",
                    models.CharField(
                        blank=True,
                        choices=[("apprenticeship", "apprenticeship contract"), ("training", "training contract")],
                        max_length=20,
                        verbose_name="kind of contract",
                    ),
                ),
                ("contract_starts_on", models.DateField(blank=True, null=True, verbose_name="training period from")),
                ("contract_ends_on", models.DateField(blank=True, null=True, verbose_name="training period to")),
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
                ("manager_name", models.CharField(blank=True, max_length=160, verbose_name="training manager")),
                (
                    "manager_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the training manager"),
                ),
                (
                    "manager_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="phone of the training manager"
                    ),
                ),
                ("instructor_name", models.CharField(blank=True, max_length=160, verbose_name="instructor (tutor)")),
                (
                    "instructor_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail of the instructor"),
                ),
                (
                    "instructor_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="phone of the instructor"
                    ),
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
                ("first_country", models.CharField(blank=True, max_length=2, verbose_name="first wish")),
                ("second_country", models.CharField(blank=True, max_length=2, verbose_name="second wish")),
                ("third_country", models.CharField(blank=True, max_length=2, verbose_name="third wish")),
                ("goes_anywhere", models.BooleanField(default=False, verbose_name="another country is fine, too")),
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
                    models.CharField(blank=True, max_length=300, verbose_name="what you would like to do there"),
                ),
                (
                    "has_earlier_stays",
                    models.BooleanField(blank=True, null=True, verbose_name="earlier stays with Erasmus+"),
                ),
                (
                    "earlier_where",
                    models.CharField(blank=True, max_length=200, verbose_name="where the earlier stays were"),
                ),
                ("earlier_starts_on", models.DateField(blank=True, null=True, verbose_name="earlier stay from")),
                ("earlier_ends_on", models.DateField(blank=True, null=True, verbose_name="earlier stay to")),
                (
                    "earlier_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days of the earlier stays"),
                ),
                ("referee_name", models.CharField(blank=True, max_length=160, verbose_name="person who knows you")),
                (
                    "referee_contact",
                    models.CharField(blank=True, max_length=160, verbose_name="how we reach that person"),
                ),
                ("has_photo_consent", models.BooleanField(blank=True, null=True, verbose_name="consent to photos")),
                (
                    "photo_consent_version",
                    models.CharField(blank=True, max_length=20, verbose_name="version of the photo consent"),
                ),
                (
                    "photo_answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="photo consent answered at"),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("created_at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="begun at")),
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
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("apprenticeship", "apprenticeship contract"), ("training", "training contract")],
                        max_length=20,
                        verbose_name="kind of contract",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
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
                (
                    "external_id",
                    models.CharField(
                        blank=True, editable=False, max_length=40, verbose_name="number in the county's register"
                    ),
                ),
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
            ],
            options={
                "verbose_name": "contract",
                "verbose_name_plural": "contracts",
                "ordering": ["-starts_on"],
            },
        ),
        migrations.AddField(
            model_name="application",
            name="training_office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="apprentices.trainingoffice",
                verbose_name="training office",
            ),
        ),
        migrations.CreateModel(
            name="TrainingOfficeMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", mobility.common.fields.EncryptedJSON(blank=True, default=dict, verbose_name="content")),
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
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        condition=models.Q(("certificate", None), ("kind", "dated_certificate"), _connector="OR"),
                        name="only_a_dated_certificate_has_a_row",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CompletionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                            ("withdrawn", "withdrawn"),
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
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.DateField(blank=True, null=True, verbose_name="the county had approved these contracts on"),
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
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "result",
                    models.CharField(
                        choices=[("offer", "offer"), ("waiting_list", "waiting list"), ("rejection", "rejection")],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="statement of reasons")),
                (
                    "score",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name="score"),
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
                ],
            },
        ),
        migrations.CreateModel(
            name="Details",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("saved_at", models.DateTimeField(blank=True, null=True, verbose_name="saved at")),
                ("cv_english", models.TextField(blank=True, max_length=6000, verbose_name="CV in English")),
                ("letter_english", models.TextField(blank=True, max_length=4000, verbose_name="letter in English")),
                ("has_licence", models.BooleanField(blank=True, null=True, verbose_name="has a driving licence")),
                (
                    "licence_classes",
                    models.CharField(blank=True, max_length=60, verbose_name="classes of the driving licence"),
                ),
                ("licence_since", models.DateField(blank=True, null=True, verbose_name="driving licence since")),
                ("has_certificates", models.BooleanField(blank=True, null=True, verbose_name="has certificates")),
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
                ("lodging_notes", models.TextField(blank=True, max_length=1000, verbose_name="more about lodging")),
                (
                    "guardian_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="phone of the guardian"
                    ),
                ),
                ("second_guardian_name", models.CharField(blank=True, max_length=160, verbose_name="second guardian")),
                (
                    "second_guardian_phone",
                    phonenumber_field.modelfields.PhoneNumberField(
                        blank=True, max_length=128, region=None, verbose_name="phone of the second guardian"
                    ),
                ),
                ("a1_asked_on", models.DateField(blank=True, null=True, verbose_name="A1 certificate asked for on")),
                ("a1_received_on", models.DateField(blank=True, null=True, verbose_name="A1 certificate received on")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rules_version", models.CharField(max_length=20, verbose_name="version of the rules")),
                ("computed_at", models.DateTimeField(default=mobility.common.clock.now, verbose_name="computed at")),
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
        migrations.AddIndex(
            model_name="endorsement",
            index=models.Index(fields=["answer", "asked_at"], name="endorsement_waiting"),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", "waiting"), ("answered_at__isnull", False), _connector="OR"),
                name="answered_endorsement_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(
                models.F("application"),
                models.F("kind"),
                django.db.models.functions.text.Lower("email"),
                name="a_party_is_asked_once",
                violation_error_message="This person has been asked already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="endorsement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["employer", "training_office"])),
                fields=("application", "kind"),
                name="one_employer_and_one_training_office",
                violation_error_message="Somebody else has been asked already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="languageskill",
            constraint=models.UniqueConstraint(
                fields=("application", "language"),
                name="one_level_per_language",
                violation_error_message="You have written this language twice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateadmission",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("admitted_at"))),
                name="late_admission_lies_ahead",
                violation_error_message="The new deadline has passed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lateadmission",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="late_admission_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("application", "reviewer"),
                name="one_review_per_reviewer",
                violation_error_message="This reviewer has this application already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewmark",
            constraint=models.UniqueConstraint(fields=("review", "criterion"), name="one_mark_per_criterion"),
        ),
        migrations.AddConstraint(
            model_name="reviewmark",
            constraint=models.CheckConstraint(
                condition=models.Q(("mark__gte", 1), ("mark__lte", 5)), name="mark_from_1_to_5"
            ),
        ),
        migrations.AddConstraint(
            model_name="criterion",
            constraint=models.UniqueConstraint(
                fields=("round", "code"),
                name="one_criterion_per_code",
                violation_error_message="There is a criterion with this code already.",
            ),
        ),
        migrations.AddIndex(
            model_name="samepersonhint",
            index=models.Index(fields=["office", "state"], name="same_person_open"),
        ),
        migrations.AddConstraint(
            model_name="samepersonhint",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="one_hint_per_pair"),
        ),
        migrations.AddConstraint(
            model_name="samepersonhint",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="hint_names_the_older_row_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="samepersonhint",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "open"), ("decided_at__isnull", False), _connector="OR"),
                name="decided_hint_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                name="round_closes_after_opening",
                violation_error_message="The round closes before it opens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("grace_minutes__lte", 1440)),
                name="round_grace_within_a_day",
                violation_error_message="The grace is at most a day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("departs_to__gte", models.F("departs_from"))),
                name="round_departure_window",
                violation_error_message="The last departure lies before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returns_from__gt", models.F("departs_from")), ("returns_to__gte", models.F("returns_from"))
                ),
                name="round_return_window",
                violation_error_message="The return window lies before the departure window, or ends before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("minimum_age", None),
                    ("maximum_age", None),
                    ("maximum_age__gte", models.F("minimum_age")),
                    _connector="OR",
                ),
                name="round_age_window",
                violation_error_message="The oldest are younger than the youngest.",
            ),
        ),
        migrations.AddIndex(
            model_name="apprentice",
            index=models.Index(fields=["office", "email"], name="apprentice_office_email"),
        ),
        migrations.AddConstraint(
            model_name="trainingcompany",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation_number", ""), _negated=True),
                fields=("office", "organisation_number"),
                name="one_company_per_number",
                violation_error_message="A company with this organisation number is here already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "writing"), ("asked_at__isnull", False), _connector="OR"),
                name="entry_asked_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["writing", "asked"]), ("answered_at__isnull", False), _connector="OR"
                ),
                name="entry_answered_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="contract_ends_after_start",
                violation_error_message="The contract ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("external_id", ""), ("register_office", None)),
                    models.Q(models.Q(("external_id", ""), _negated=True), ("register_office__isnull", False)),
                    _connector="OR",
                ),
                name="contract_number_has_a_register",
            ),
        ),
        migrations.AddConstraint(
            model_name="contract",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("register_office", "external_id"),
                name="one_contract_per_number",
                violation_error_message="A contract with this number of the county's register is here already.",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["office", "-submitted_at", "-id"], name="application_newest"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["office", "status"], name="application_status"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["office", "trade"], name="application_trade"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["round", "status"], name="application_round_status"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["email"], name="application_email"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    models.Q(
                        ("apprentice__isnull", False), ("reference__isnull", False), ("submitted_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="submitted_has_reference_and_apprentice",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["draft", "withdrawn"]), _negated=True),
                fields=("round", "apprentice"),
                name="one_application_per_round",
                violation_error_message="You have applied in this round already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("training_office", None), ("training_office_answer", "listed"), _connector="OR"),
                name="training_office_is_listed",
                violation_error_message="A training office of the list is chosen together with the answer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("earlier_starts_on", None),
                    ("earlier_ends_on", None),
                    ("earlier_ends_on__gte", models.F("earlier_starts_on")),
                    _connector="OR",
                ),
                name="earlier_stay_ends_after_start",
                violation_error_message="The earlier stay ends before it begins.",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("has_photo_consent", None),
                    models.Q(
                        ("photo_answered_at__isnull", False), models.Q(("photo_consent_version", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="photo_consent_has_version_and_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("replaced_by", None), ("status", "draft"), _connector="OR"),
                name="only_drafts_are_replaced",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
