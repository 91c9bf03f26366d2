"""Extract, merge, check and compile message catalogues: strings are neither lost nor shown half translated."""

import ast
import gettext
import os
from io import StringIO

import pytest
from babel.messages.pofile import read_po
from django.core.management import CommandError, call_command

from mobility.common import catalogues

MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext, npgettext_lazy, pgettext

TITLE = _("Your turn: %(task)s") % {"task": "sign"}
MONTH = pgettext("month", "May")


def days(number):
    return ngettext("%(days)d day", "%(days)d days", number) % {"days": number}


PLACES = npgettext_lazy("beds", "one place", "many places")
NOT_MARKED = "Hello"
"""
TEMPLATE = """{% load i18n %}
<p title="{{ _("Close") }}">don't {{ x }}
      {% translate "Save" context "button" %}</p>
  {% blocktranslate trimmed count days=days with name=person %}
    {{ name }} has one day,
    100 % sure
  {% plural %}
    {{ name }} has {{ days }} days
  {% endblocktranslate %}
{# translate me not #}
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "mobility").mkdir()
    (tmp_path / "templates" / "mail").mkdir(parents=True)
    (tmp_path / "mobility" / "pages.py").write_text(MODULE)
    (tmp_path / "templates" / "mail" / "note.txt").write_text(TEMPLATE)
    return tmp_path


def texts(catalog):
    return [(catalogues.ids(message), message.context) for message in catalogues.entries(catalog)]


def write_entry(project, text, translation, *, flag=""):
    """Put a translation into the Swedish file by hand, as a translator does."""
    path = catalogues.po_path(project, "sv")
    lines = path.read_text()
    assert f'msgid "{text}"\nmsgstr ""' in lines
    path.write_text(lines.replace(f'msgid "{text}"\nmsgstr ""', f'{flag}msgid "{text}"\nmsgstr "{translation}"'))


def faults_of(project, text):
    template = catalogues.extracted(project)
    return [fault for fault in catalogues.faults(project, "sv", template) if text in fault]


def test_marked_strings_of_python_and_templates_are_found_in_order_and_others_are_not(project):
    assert texts(catalogues.extracted(project)) == [
        (("Your turn: %(task)s",), None),
        (("May",), "month"),
        (("%(days)d day", "%(days)d days"), None),
        (("one place", "many places"), "beds"),
        (("Close",), None),
        (("Save",), "button"),
        (("%(name)s has one day, 100 %% sure", "%(name)s has %(days)s days"), None),
    ]


def test_migrations_are_not_read(project):
    (project / "mobility" / "migrations").mkdir()
    (project / "mobility" / "migrations" / "0001_initial.py").write_text('x = _("Old label")')
    assert (("Old label",), None) not in texts(catalogues.extracted(project))


def test_an_update_keeps_translations_adds_empty_ones_and_drops_the_unused(project):
    catalogues.update(project, "sv", catalogues.extracted(project))
    write_entry(project, "May", "maj")
    (project / "mobility" / "pages.py").write_text('x = pgettext("month", "May")\ny = _("Maybe")\n')

    path = catalogues.update(project, "sv", catalogues.extracted(project))

    with path.open("rb") as file:
        found = {m.id: m.string for m in catalogues.entries(read_po(file)) if m.locations[0][0] == "mobility/pages.py"}
    assert found == {"May": "maj", "Maybe": ""}
    assert "fuzzy" not in path.read_text()
    assert "Your turn" not in path.read_text()


def test_an_update_without_a_change_writes_the_same_bytes(project):
    template = catalogues.extracted(project)
    first = catalogues.update(project, "nn", template).read_bytes()
    assert catalogues.update(project, "nn", catalogues.extracted(project)).read_bytes() == first


def test_a_missing_and_an_empty_entry_are_faults(project):
    assert faults_of(project, "Close") == ["sv: 'Close' is not in the catalogue; ./run messages adds it"]
    catalogues.update(project, "sv", catalogues.extracted(project))
    assert faults_of(project, "Close") == ["sv: 'Close' is not translated"]


def test_a_lost_placeholder_is_a_fault(project):
    catalogues.update(project, "sv", catalogues.extracted(project))
    write_entry(project, "Your turn: %(task)s", "Din tur: %(uppgift)s")
    assert faults_of(project, "Your turn") == ["sv: 'Your turn: %(task)s' has other placeholders than the source"]


def test_an_uncertain_entry_and_one_that_nobody_uses_are_faults(project):
    catalogues.update(project, "sv", catalogues.extracted(project))
    write_entry(project, "Close", "Stäng", flag="#, fuzzy\n")
    assert faults_of(project, "Close") == ["sv: 'Close' is marked as uncertain (fuzzy)"]
    (project / "templates" / "mail" / "note.txt").write_text("")
    assert faults_of(project, "Close") == ["sv: 'Close' is not used; ./run messages drops it"]


def test_a_plural_needs_all_its_forms(project):
    path = catalogues.update(project, "sv", catalogues.extracted(project))
    half = path.read_text().replace(
        'msgid_plural "%(days)d days"\nmsgstr[0] ""', 'msgid_plural "%(days)d days"\nmsgstr[0] "%(days)d dag"'
    )
    path.write_text(half)
    assert faults_of(project, "%(days)d day") == ["sv: '%(days)d day' does not have its 2 plural forms"]
    path.write_text(
        half.replace('msgstr[0] "%(days)d dag"\nmsgstr[1] ""', 'msgstr[0] "en dag"\nmsgstr[1] "%(days)d da"')
    )
    assert faults_of(project, "%(days)d day") == []


def test_a_string_that_its_own_package_has_may_stay_empty_and_one_of_ours_may_not(project):
    (project / "locale").mkdir()
    (project / "locale" / "extra_strings.py").write_text('_("Sign out")\n_("Only we say this")\n')
    package = project / "package"
    (package / "sv" / "LC_MESSAGES").mkdir(parents=True)
    catalogues.update(project, "sv", catalogues.extracted(project))
    write_entry(project, "Sign out", "Logga ut")
    assert catalogues.compiled(project, "sv")
    catalogues.po_path(project, "sv").with_suffix(".mo").rename(package / "sv" / "LC_MESSAGES" / "django.mo")
    write_entry_back = catalogues.po_path(project, "sv").read_text().replace('"Logga ut"', '""')
    catalogues.po_path(project, "sv").write_text(write_entry_back)

    template = catalogues.extracted(project)
    found = [f for f in catalogues.faults(project, "sv", template, [package]) if "Sign out" in f or "Only we" in f]

    assert found == ["sv: 'Only we say this' is not translated"]
    assert "sv: 'Sign out' is not translated" in catalogues.faults(project, "sv", template)


def test_compiling_leaves_out_what_is_uncertain_empty_or_half_translated(project):
    path = catalogues.update(project, "sv", catalogues.extracted(project))
    write_entry(project, "May", "maj")
    write_entry(project, "Close", "Stäng", flag="#, fuzzy\n")
    path.write_text(path.read_text().replace('msgstr[0] ""', 'msgstr[0] "en"'))

    assert catalogues.compiled(project, "sv")

    with path.with_suffix(".mo").open("rb") as file:
        sv = gettext.GNUTranslations(file)
    assert sv.pgettext("month", "May") == "maj"
    assert sv.gettext("Close") == "Close"
    assert sv.gettext("Your turn: %(task)s") == "Your turn: %(task)s"
    assert sv.ngettext("%(days)d day", "%(days)d days", 1) == "%(days)d day"


def test_compiling_again_happens_only_after_a_change(project):
    path = catalogues.update(project, "sv", catalogues.extracted(project))
    assert catalogues.compiled(project, "sv")
    assert not catalogues.compiled(project, "sv")
    later = path.with_suffix(".mo").stat().st_mtime + 1
    os.utime(path, (later, later))
    assert catalogues.compiled(project, "sv")


def test_the_command_lists_every_fault_and_fails(project, settings):
    settings.BASE_DIR = project
    call_command("catalogues", "update", stdout=StringIO())
    out = StringIO()
    with pytest.raises(CommandError, match="The catalogues have 21 faults"):
        call_command("catalogues", "check", stdout=out)
    assert out.getvalue().splitlines()[0] == "nb: 'Your turn: %(task)s' is not translated"


def test_the_command_passes_complete_catalogues_and_extract_lists_the_strings(project, settings):
    settings.BASE_DIR = project
    (project / "templates" / "mail" / "note.txt").write_text("")
    (project / "mobility" / "pages.py").write_text("")
    call_command("catalogues", "check", stdout=StringIO())
    (project / "mobility" / "pages.py").write_text(MODULE)
    out = StringIO()
    call_command("catalogues", "extract", stdout=out)
    assert out.getvalue().splitlines()[2] == "%(days)d day | %(days)d days"


def test_no_module_calls_a_translating_function_by_a_name_that_the_reader_does_not_know(settings):
    unknown = [
        f"{path.relative_to(settings.BASE_DIR)}: {name.asname}"
        for source in ("mobility", "apprentices", "partners", "placements", "reporting")
        for path in (settings.BASE_DIR / source).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in catalogues.KEYWORDS and (name.asname or name.name) not in catalogues.KEYWORDS
    ]
    assert unknown == []
