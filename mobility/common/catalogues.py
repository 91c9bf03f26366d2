"""Message catalogues without gettext's programs: extract, merge, check and compile with Babel.

The source strings are English. A catalogue is ``locale/<language>/LC_MESSAGES/django.po``; it has no dates and no line
numbers, so that a change shows only the strings that changed. ``locale/extra_strings.py`` names strings of installed
packages that users see and that a package does not have in all our languages.
"""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

EXTRA = "locale/extra_strings.py"
SOURCES = ("mobility", "apprentices", "partners", "placements", "reporting", EXTRA)
TEMPLATES = "templates"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals={plurals}; plural={rule};\\n"

"""
PLACEHOLDER = re.compile(r"%%|%\(\w+\)[a-z]|%[a-z]|\{\w*\}")


def po_path(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def python_files(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        place = root / name
        if place.is_dir():
            yield from sorted(p for p in place.rglob("*.py") if "migrations" not in p.parts)
        elif place.exists():
            yield place


def messages_in(source: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """The (message, context) pairs marked in Python source."""
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield message, context


def messages_in_template(source: str, name: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """The same of a template: Django turns it into calls between X's; in one bracket its indents mean nothing."""
    calls = templatize(source, origin=name)
    lines = (line for line in calls.splitlines() if not line.lstrip().startswith("#"))
    yield from messages_in("(\n" + "\n".join(lines) + "\n)")


def extracted(root: Path) -> Catalog:
    """All marked strings of the project, in the order of files and lines."""
    found = Catalog()
    for path in python_files(root):
        add(found, path.relative_to(root), messages_in(path.read_text()))
    for path in sorted(p for p in (root / TEMPLATES).rglob("*") if p.is_file()):
        name = path.relative_to(root)
        add(found, name, messages_in_template(path.read_text(), str(name)))
    return found


def add(catalog: Catalog, name: Path, messages: Iterable[tuple[str | tuple[str, ...], str | None]]) -> None:
    for message, context in messages:
        catalog.add(message, locations=[(str(name), 0)], context=context)


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def entries(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)


def ids(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, tuple | list) else (message.id,)


def key(message: Message) -> tuple[str, str | None]:
    return ids(message)[0], message.context


def update(root: Path, language: str, template: Catalog) -> Path:
    """Bring one catalogue up to the template: keeps translations, adds empty entries, drops what nobody uses."""
    path = po_path(root, language)
    old = {key(message): message for message in entries(read(path, language))}
    new = Catalog(locale=language)
    for message in entries(template):
        known = old.get(key(message))
        kept = known.string if known and len(ids(known)) == len(ids(message)) and not known.fuzzy else None
        new.add(message.id, kept, locations=sorted(set(message.locations)), context=message.context)
    path.parent.mkdir(parents=True, exist_ok=True)
    body = io.BytesIO()
    write_po(body, new, omit_header=True, sort_by_file=True, include_lineno=False, width=0)
    header = HEADER.format(language=language, plurals=new.num_plurals, rule=new.plural_expr)
    path.write_text(header + body.getvalue().decode())
    return path


def is_extra(message: Message) -> bool:
    return all(name == EXTRA for name, _line in message.locations)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text)) - {"%%"}


def is_translated(message: Message, plurals: int) -> bool:
    wanted = plurals if len(ids(message)) > 1 else 1
    return not message.fuzzy and len(strings(message)) == wanted and all(strings(message))


def faults_of(message: Message, plurals: int) -> Iterator[str]:
    """What is wrong with one translated entry, as ends of a sentence that begins with the string."""
    if message.fuzzy:
        yield "is marked as uncertain (fuzzy)"
    elif not is_translated(message, plurals):
        yield "is not translated" if len(ids(message)) == 1 else f"does not have its {plurals} plural forms"
    else:
        allowed = set().union(*(placeholders(text) for text in ids(message)))
        if placeholders(strings(message)[-1]) != placeholders(ids(message)[-1]):
            yield "has other placeholders than the source"
        elif any(placeholders(text) - allowed for text in strings(message)):
            yield "has a placeholder that the source does not have"
        edges = [(text[:1] == "\n", text[-1:] == "\n") for text in (ids(message)[0], strings(message)[0])]
        if edges[0] != edges[1]:
            yield "begins or ends with a line break where the source does not"


def translated_elsewhere(places: Iterable[Path], language: str) -> set[tuple[str, str | None]]:
    """What the installed packages have in a language themselves; ``places`` are their locale folders."""
    known = set()
    for place in places:
        path = place / language / "LC_MESSAGES" / "django.mo"
        if path.exists():
            with path.open("rb") as file:
                known |= {key(message) for message in entries(read_mo(file)) if all(strings(message))}
    return known


def faults(root: Path, language: str, template: Catalog, places: Iterable[Path] = ()) -> list[str]:
    """Every reason why a catalogue is not complete; an empty list when it is.

    A string of extra_strings.py may stay empty in the languages that its own package speaks.
    """
    elsewhere = translated_elsewhere(places, language)
    catalog = read(po_path(root, language), language)
    have = {key(message): message for message in entries(catalog)}
    used = {key(message) for message in entries(template)}
    found = []
    for message in entries(template):
        text, context = key(message)
        entry = have.get((text, context))
        name = f"{text!r}" + (f" ({context})" if context else "")
        if entry is None or len(ids(entry)) != len(ids(message)):
            found.append(f"{language}: {name} is not in the catalogue; ./run messages adds it")
        elif any(strings(entry)) or not is_extra(message) or (text, context) not in elsewhere:
            found += [f"{language}: {name} {fault}" for fault in faults_of(entry, catalog.num_plurals)]
    found += [f"{language}: {text!r} is not used; ./run messages drops it" for text, _ in have if (text, _) not in used]
    return found


def compiled(root: Path, language: str) -> bool:
    """Write the .mo beside the .po when the .po is newer; uncertain and half translated entries stay English."""
    source = po_path(root, language)
    target = source.with_suffix(".mo")
    if not source.exists() or (target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns):
        return False
    catalog = read(source, language)
    for message in list(entries(catalog)):
        if not is_translated(message, catalog.num_plurals):
            catalog.delete(message.id, context=message.context)
    half = target.with_suffix(".mo.new")
    with half.open("wb") as file:
        write_mo(file, catalog)
    half.replace(target)  # a server that starts meanwhile reads the old file or the new one
    return True
