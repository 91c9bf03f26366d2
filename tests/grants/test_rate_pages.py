"""The pages of rate tables: who may, what is shown, copies and their history, import with a look first."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mobility.common.exports import csv_bytes
from mobility.grants.enums import FigureKind as K
from mobility.grants.figure_sheets import COLUMNS, rows_of
from mobility.grants.figures import BadFigures, figures_of
from mobility.grants.models import Project, RateCopy, RateFigure
from mobility.grants.rates import rate_table
from mobility.grants.selectors import rates_of
from mobility.grants.services import rates as services
from tests import factories
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
LIST, IMPORT = reverse("grants:rates"), reverse("grants:import_rates")
COPY = reverse("grants:copy_rates", args=[2026])
FACTS = {"name": "Avtalen", "source": "Vedlegg 3"}


@pytest.fixture
def copy(office, coordinator):
    return factories.rate_copy(office, by=coordinator)


def figure(copy, kind=K.AMOUNT, of="linguistic_support"):
    return copy.figures.get(kind=kind, of=of)


def upload(figures, name="rates.csv"):
    return SimpleUploadedFile(name, csv_bytes(COLUMNS, rows_of(figures)))


def test_the_list_says_how_far_each_table_can_be_trusted_and_who_uses_it(sign_in, coordinator, office, copy):
    project = factories.ProjectFactory(office=office, rate_copy=copy)
    page = sign_in(coordinator).get(LIST).content.decode()
    assert "Read in the Programme Guide of that year" in page
    assert "Not verified: check it against your grant agreement" in page
    assert [words in page for words in (copy.name, copy.source, project.code)] == [True] * 3


def test_a_shipped_table_shows_every_figure_and_is_never_changed(sign_in, coordinator):
    page = sign_in(coordinator).get(reverse("grants:rate_table", args=[2026])).content.decode()
    for words in (
        "10–99 km",
        "Learner, country group 2",
        "Norway",
        "from participant 101 on",
        rate_table(2026).version,
    ):
        assert words in page
    assert "/rates/figures/" not in page
    assert sign_in(coordinator).get(reverse("grants:rate_table", args=[2019])).status_code == 404


def test_a_copy_is_made_once_and_has_the_figures_of_its_table(sign_in, coordinator, office):
    client = sign_in(coordinator)
    first, second = client.post(COPY, FACTS), client.post(COPY, FACTS)
    copy = RateCopy.objects.get()
    assert (first["Location"], second["Location"]) == (copy.get_absolute_url(),) * 2
    assert (copy.office, copy.call_year, copy.made_from, copy.created_by) == (
        office, 2026, rate_table(2026).version, coordinator,
    )  # fmt: skip
    assert copy.figures.count() == len(figures_of(rate_table(2026)))
    assert RateFigure.history.filter(copy=copy, history_user=coordinator).count() == copy.figures.count()


def test_a_name_that_is_taken_is_told_and_nothing_typed_is_lost(sign_in, coordinator, copy):
    response = sign_in(coordinator).post(COPY, FACTS | {"source": "Another letter"})
    page = response.content.decode()
    assert "There is a table of this name already." in page
    assert 'value="Another letter"' in page
    assert RateCopy.objects.count() == 1


def test_a_changed_figure_keeps_what_it_was_and_asks_for_new_prices(sign_in, coordinator, office, copy):
    project = factories.ProjectFactory(office=office, rate_copy=copy)
    row, version = figure(copy), copy.version
    response = sign_in(coordinator).post(
        reverse("grants:rate_figure", args=[row.pk]), {"value": "175", "provenance": "agency"}
    )
    assert response["Location"] == copy.get_absolute_url()
    row.refresh_from_db()
    copy.refresh_from_db()
    assert (row.value, row.provenance) == (175, "agency")
    assert [(past.value, past.history_user) for past in row.history.all()] == [(175, coordinator), (150, coordinator)]
    assert copy.version != version
    assert Project.objects.get(pk=project.pk).is_price_due is True
    assert rates_of(Project.objects.get(pk=project.pk)).amounts["linguistic_support"] == 175
    assert "175" in sign_in(coordinator).get(copy.get_absolute_url()).content.decode()


def test_a_change_that_breaks_the_table_is_refused_and_nothing_is_kept(sign_in, coordinator, copy):
    band = copy.figures.filter(kind=K.BAND).order_by("low")[1]
    address = reverse("grants:rate_figure", args=[band.pk])
    response = sign_in(coordinator).post(address, {"low": "120", "high": "499", "value": "211", "provenance": "guide"})
    assert "There is a gap between 99 and 120 km" in response.content.decode()
    assert 'value="120"' in response.content.decode()
    band.refresh_from_db()
    assert band.low == 100
    assert "-1" in sign_in(coordinator).post(address, {"low": "-1", "value": "211"}).content.decode()
    with pytest.raises(BadFigures):
        services.change_figure(figure=band, by=coordinator, value=Decimal(-1))


def test_a_sheet_is_looked_through_before_it_is_imported(sign_in, coordinator, office):
    client, figures = sign_in(coordinator), figures_of(rate_table(2026))
    facts = FACTS | {"call_year": "2027", "file": upload(figures)}
    look = client.post(IMPORT, facts)
    assert RateCopy.objects.count() == 0
    hidden = {"content": csv_bytes(COLUMNS, rows_of(figures)).decode("utf-8-sig"), "confirm": "1"}
    assert "Import the table “Avtalen”?" in look.content.decode()
    for _click in range(2):
        done = client.post(IMPORT, FACTS | {"call_year": "2027"} | hidden)
    copy = RateCopy.objects.get()
    assert (done["Location"], copy.call_year, copy.office) == (copy.get_absolute_url(), 2027, office)
    project = factories.ProjectFactory(office=office, code="2027-1-NO01-KA121-VET-000000001", rate_copy=copy)
    assert rates_of(project).band(Decimal(2200)).standard == 395


def test_a_sheet_with_a_gap_is_refused_as_a_whole_with_the_row(sign_in, coordinator):
    figures = [f for f in figures_of(rate_table(2026)) if (f.kind, f.low) != (K.BAND, 100)]
    page = sign_in(coordinator).post(IMPORT, FACTS | {"call_year": "2026", "file": upload(figures)}).content.decode()
    row = next(number for number, f in enumerate(figures, 2) if (f.kind, f.low) == (K.BAND, 500))
    assert f"Row {row}: there is a gap between 99 and 500 km" in page
    assert 'value="Vedlegg 3"' in page
    assert RateCopy.objects.count() == 0


@pytest.mark.parametrize("file", [None, SimpleUploadedFile("x.csv", b"kind\nband\n"), SimpleUploadedFile("x.csv", b"")])
def test_an_import_without_a_table_says_so(sign_in, coordinator, file):
    facts = FACTS | {"call_year": "2026"} | ({"file": file} if file else {})
    response = sign_in(coordinator).post(IMPORT, facts)
    assert (response.status_code, response.context["form"].errors.keys()) == (200, {"file"})


def test_a_downloaded_sheet_can_be_imported_again(sign_in, coordinator, copy):
    client = sign_in(coordinator)
    for address in (reverse("grants:rate_table_sheet", args=[2026]), reverse("grants:rate_copy_sheet", args=[copy.pk])):
        content = b"".join(client.get(address).streaming_content)
        look = client.post(IMPORT, FACTS | {"call_year": "2026", "file": SimpleUploadedFile("a.csv", content)})
        assert "Import the table" in look.content.decode()
        assert copy.version in look.content.decode()


def test_readers_read_and_the_others_do_not(sign_in, office, copy, head, auditor, assistant, reviewer):
    pages = [LIST, reverse("grants:rate_table", args=[2026]), copy.get_absolute_url()]
    changing = [COPY, IMPORT, reverse("grants:rate_figure", args=[figure(copy).pk])]
    answers = {
        person: [[sign_in(person).get(page).status_code for page in group] for group in (pages, changing)]
        for person in (head, auditor, assistant, reviewer)
    }
    assert answers[head] == [[200] * 3, [200] * 3]
    assert answers[auditor] == [[200] * 3, [403] * 3]
    assert [answers[who][0][:2] for who in (assistant, reviewer)] == [[403, 403]] * 2
    assert [answers[who][1][:2] for who in (assistant, reviewer)] == [[403, 403]] * 2
    assert sign_in(auditor).post(changing[2], {"value": "1", "provenance": "guide"}).status_code == 403


def test_a_stranger_finds_neither_table_nor_figure(sign_in, other_coordinator, copy):
    client = sign_in(other_coordinator)
    for address in (
        copy.get_absolute_url(),
        reverse("grants:rate_copy_sheet", args=[copy.pk]),
        reverse("grants:rate_figure", args=[figure(copy).pk]),
    ):
        assert client.get(address).status_code == 404
    assert copy.name not in client.get(LIST).content.decode()


def test_the_list_asks_the_same_for_one_and_for_three(sign_in, coordinator, office, copy):
    client = sign_in(coordinator)
    factories.ProjectFactory(office=office, rate_copy=copy)
    client.get(LIST)
    few = queries_of(client, LIST)
    for name in ("B", "C"):
        factories.ProjectFactory(office=office, rate_copy=factories.rate_copy(office, name=name))
    client.get(LIST)
    assert queries_of(client, LIST) == few


def test_a_project_chooses_a_table_of_its_own_year_only(sign_in, coordinator, office, copy, other_coordinator):
    project = factories.ProjectFactory(office=office)
    wrong = factories.rate_copy(office, year=2025, name="Old")
    foreign = factories.rate_copy(factories.OfficeFactory(), name="Foreign")
    address = reverse("admin:grants_project_change", args=[project.pk])
    facts = {
        "code": project.code, "title": "Ut", "starts_on": project.starts_on, "ends_on": project.ends_on,
        "awarded": "1000", "base_rates-TOTAL_FORMS": 0, "base_rates-INITIAL_FORMS": 0,
        "budget_lines-TOTAL_FORMS": 0, "budget_lines-INITIAL_FORMS": 0,
    }  # fmt: skip
    client = sign_in(coordinator)
    refused = client.post(address, facts | {"rate_copy": wrong.pk}).content.decode()
    assert "This table is of call year 2025; the project is of 2026." in refused
    client.post(address, facts | {"rate_copy": foreign.pk})
    project.refresh_from_db()
    assert (project.rate_copy, project.is_price_due) == (None, False)
    client.post(address, facts | {"rate_copy": copy.pk})
    project.refresh_from_db()
    assert (project.rate_copy, project.is_price_due) == (copy, True)
