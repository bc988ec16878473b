"""docs/rules.md names every rule's code, and tests that exist."""

import re
from pathlib import Path

import pytest

from register_service.inductie.rules import CONSTRAINTS
from register_service.inductie.rules.signals import RULES

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
SLICES = ("leraren", "bevoegdheden", "aanstellingen", "aanbod", "dossiers")
# Where a rule names its code: the third argument of FieldError, the second of a slice's _error, `code=`, or a constraint.
_CODE = re.compile(
    r"""(?:"/\w*",\ |"",\ |_error\("?\w+"?,\ |_of\(place,\ |code\ ?=\ |code=|^\s{8})"([a-z]+(?:-[a-z]+)+)\"""",
    re.MULTILINE | re.VERBOSE,
)
# In the checks of the inductie: the first of a violation, or of what becomes one.
_CHECK = re.compile(r"""\(\s*"([a-z]+(?:-[a-z]+)+)",""")


def codes() -> set[str]:
    """Give the code of every rule of the slices."""
    files = [ROOT / "register_service" / name / file for name in SLICES for file in ("rules.py", "service.py")]
    found = {code for file in files if file.exists() for code in _CODE.findall(file.read_text(encoding="utf-8"))}
    return found | inductie_codes() | registratie_codes() | professionalisering_codes() | rapportages_codes()


def rapportages_codes() -> set[str]:
    """Give the code of every rule of reports."""
    files = (ROOT / "register_service" / "rapportages").glob("*.py")
    found = {code for file in files for code in _CODE.findall(file.read_text(encoding="utf-8"))}
    return found | {"einde-voor-begin", "onbekende-dimensie", "geen-schooljaar"}


def professionalisering_codes() -> set[str]:
    """Give the code of every rule of activiteiten, their judgement, and attendance at aanbod."""
    slice_ = ROOT / "register_service" / "professionalisering"
    files = (*slice_.glob("rules*.py"), *slice_.glob("service/*.py"))
    return {code for file in files for code in _CODE.findall(file.read_text(encoding="utf-8"))}


def inductie_codes() -> set[str]:
    """Give the code of every rule and signal of the inductie, which has a package of rules."""
    slice_ = ROOT / "register_service" / "inductie"
    found = {
        code
        for pattern, files in ((_CHECK, "rules/check_*.py"), (_CODE, "service/*.py"))
        for file in slice_.glob(files)
        for code in pattern.findall(file.read_text(encoding="utf-8"))
    }
    return found | {code for code, _ in CONSTRAINTS.values()} | set(RULES)


def registratie_codes() -> set[str]:
    """Give the code of every rule of the registratie."""
    return set(_CHECK.findall((ROOT / "register_service/registratie/rules/checks.py").read_text(encoding="utf-8")))


def test_every_code_of_a_rule_stands_in_the_document() -> None:
    assert len(codes()) >= 20
    assert len(inductie_codes()) >= 30
    assert len(registratie_codes()) >= 10
    assert len(professionalisering_codes()) >= 20
    assert codes() - set(re.findall(r"`([a-z-]+)`", PAGE)) == set()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(tests/\S+)`", PAGE)) - {"tests/test_rules_document.py"}))
def test_every_test_in_the_document_exists(name: str) -> None:
    file, _, test = name.partition("::")
    assert f"\ndef {test}(" in (ROOT / file).read_text(encoding="utf-8")
