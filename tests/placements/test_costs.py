"""Costs that are paid as they really were: entered with evidence, approved, counted, withdrawn."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mobility.accounts.enums import Role
from mobility.common.errors import NotReady, Refused
from mobility.common.models import StoredFile
from mobility.common.uploads import Checked
from mobility.grants.rates import MissingRate
from placements.models import Grant, RealCost
from placements.services.closing import missing_for_closing
from placements.services.costs import approve_cost, enter_cost, withdraw_cost
from placements.services.grants import freeze_grant, price_placement
from tests import factories

pytestmark = pytest.mark.django_db
INVOICE = Checked(b"%PDF-1.7 ", "application/pdf", "visa.pdf")


@pytest.fixture
def stay(office, coordinator):
    project = factories.BaseRateFactory(project__office=office).project
    stay = factories.PlacementFactory(office=office, project=project)
    price_placement(placement=stay, by=coordinator)
    return stay


@pytest.fixture
def enter(stay, coordinator):
    def _enter(kind="entry", what_for="Visa", amount=Decimal("80.50"), **facts):
        return enter_cost(
            placement=stay, kind=kind, what_for=what_for, amount=amount, evidence=INVOICE, by=coordinator, **facts
        )

    return _enter


def lines(stay):
    grant = Grant.objects.get(placement=stay)
    return {line.facts["rule"]: line.amount for line in grant.lines.all()}, grant.total


def png(name="visa.png"):
    picture = SimpleUploadedFile(name, b"")
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    picture.seek(0)
    return picture


def test_a_cost_counts_once_it_is_approved(stay, enter, head):
    cost = enter()
    price_placement(placement=stay, by=head)
    before, total = lines(stay)
    assert "entry_costs" not in before
    approve_cost(cost=cost, by=head)
    after, more = lines(stay)
    assert (after["entry_costs"], more - total) == (Decimal("80.50"), Decimal("80.50"))
    cost.refresh_from_db()
    assert (cost.approved_by, cost.evidence.content_type) == (head, "application/pdf")
    assert [past.history_user for past in cost.history.all()] == [head, cost.entered_by]


@pytest.mark.parametrize(
    ("kind", "facts", "rule", "paid"),
    [
        ("entry", {}, "entry_costs", "80.50"),
        ("guarantee", {}, "financial_guarantee", "64.40"),
        ("inclusion", {}, "inclusion_participants", "80.50"),
    ],
)
def test_each_kind_is_paid_its_share(stay, enter, head, kind, facts, rule, paid):
    stay.has_fewer_opportunities = True
    stay.save()
    approve_cost(cost=enter(kind, **facts), by=head)
    assert lines(stay)[0][rule] == Decimal(paid)


def test_expensive_travel_takes_the_place_of_travel_support(stay, enter, head):
    approve_cost(cost=enter("expensive_travel", amount=Decimal(1000), agency_approved_on="2026-08-01"), by=head)
    found, _total = lines(stay)
    assert (found["travel"], found["expensive_travel"]) == (0, 800)


def test_expensive_travel_without_the_agency_is_not_approved(stay, enter, head):
    cost = enter("expensive_travel")
    with pytest.raises(NotReady, match="agency"):
        approve_cost(cost=cost, by=head)
    cost.refresh_from_db()
    assert cost.approved_at is None


def test_inclusion_is_for_a_participant_who_is_marked_so(stay, enter, head):
    with pytest.raises(NotReady, match="fewer opportunities"):
        approve_cost(cost=enter("inclusion"), by=head)


def test_a_cost_whose_share_the_table_lacks_is_not_approved_and_the_stay_keeps_its_price(
    stay, enter, head, coordinator
):
    stay.project.code = stay.project.code.replace("2026", "2025", 1)
    stay.project.save()
    price_placement(placement=stay, by=coordinator)
    before, cost = lines(stay), enter()
    with pytest.raises(MissingRate, match="call year 2025 has no figure for this: the share of visa costs"):
        approve_cost(cost=cost, by=head)
    cost.refresh_from_db()
    assert (cost.approved_at, lines(stay)) == (None, before)


def test_the_same_cost_entered_twice_is_one(enter):
    assert enter() == enter()
    assert (RealCost.objects.count(), StoredFile.objects.filter(kind="real-cost").count()) == (1, 1)


def test_approving_twice_is_approving_once(stay, enter, head, coordinator):
    cost = enter()
    approve_cost(cost=cost, by=head)
    assert approve_cost(cost=cost, by=coordinator).approved_by == head
    assert Grant.objects.get(placement=stay).lines.filter(facts__rule="entry_costs").count() == 1


def test_a_withdrawn_cost_leaves_no_file(enter, coordinator, django_capture_on_commit_callbacks):
    cost = enter()
    stored = cost.evidence
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_cost(cost=cost, by=coordinator)
    assert (RealCost.objects.count(), stored.content.storage.exists(stored.content.name)) == (0, False)


def test_a_cost_that_is_not_kept_leaves_no_file(enter, monkeypatch):
    stored = []

    def refuses(self, *args, **kwargs):
        stored.append(self.evidence.content)
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(RealCost, "save", refuses)
    with pytest.raises(RuntimeError):
        enter()
    assert [each.storage.exists(each.name) for each in stored] == [False]
    assert StoredFile.objects.count() == 0


def test_an_approved_cost_stays(enter, head, coordinator):
    cost = enter()
    approve_cost(cost=cost, by=head)
    with pytest.raises(Refused, match="approved"):
        withdraw_cost(cost=cost, by=coordinator)
    assert RealCost.objects.count() == 1


def test_a_closed_case_takes_no_cost_and_an_open_one_is_not_closed_with_one_waiting(stay, enter, coordinator, head):
    cost = enter()
    assert "A real cost is neither approved nor withdrawn." in missing_for_closing(stay)
    freeze_grant(placement=stay, by=coordinator)
    for act in (lambda: approve_cost(cost=cost, by=head), lambda: withdraw_cost(cost=cost, by=head), enter):
        with pytest.raises(Refused, match="closed") if act is not enter else pytest.raises(Refused):
            act() if act is not enter else enter(what_for="Another")


# --- the pages -------------------------------------------------------------------------------------------------------
def test_a_coordinator_enters_a_cost_and_the_head_approves_it(sign_in, stay, coordinator, head, office):
    client = sign_in(coordinator)
    facts = {"kind": "entry", "what_for": "Visa", "amount": "80.5", "evidence": png()}
    response = client.post(reverse("placements:real_cost", args=[stay.pk]), facts)
    assert response["Location"] == reverse("placements:grant", args=[stay.pk])
    cost = RealCost.objects.get()
    assert "waits for approval" in client.get(response["Location"]).content.decode()
    done = sign_in(head).post(reverse("placements:approve_cost", args=[cost.pk]))
    assert done["Location"] == stay.get_absolute_url()
    assert lines(stay)[0]["entry_costs"] == Decimal("80.50")
    auditor = sign_in(factories.member(Role.AUDITOR, office))
    shown = auditor.get(reverse("placements:cost_evidence", args=[cost.pk]))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    shown.close()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "0"}, "A cost is more than 0."),
        ({"amount": "NaN"}, "Enter a number."),
        ({"what_for": ""}, "Write what was paid."),
        ({"evidence": SimpleUploadedFile("x.txt", b"text")}, "This file is not a PDF, JPG or PNG."),
        ({"evidence": ""}, "Choose the invoice or the receipt."),
    ],
)
def test_what_is_wrong_with_a_cost_stands_beside_its_field(sign_in, stay, coordinator, wrong, words):
    facts = {"kind": "entry", "what_for": "Visa", "amount": "80.5", "evidence": png()} | wrong
    page = sign_in(coordinator).post(reverse("placements:real_cost", args=[stay.pk]), facts).content.decode()
    assert words in page
    assert RealCost.objects.count() == 0
    if "what_for" not in wrong:
        assert 'value="Visa"' in page
