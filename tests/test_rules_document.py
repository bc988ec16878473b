"""docs/rules.md names every rule's code, and tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
SLICES = ("leraren", "bevoegdheden", "aanstellingen", "dossiers")
# Where a rule names its code: the third argument of FieldError, the second of a slice's _error, `code=`, or a constraint.
_CODE = re.compile(
    r"""(?:"/\w*",\ |"",\ |_error\("\w+",\ |code\ ?=\ |code=|^\s{8})"([a-z]+(?:-[a-z]+)+)\"""",
    re.MULTILINE | re.VERBOSE,
)


def codes() -> set[str]:
    """Give the code of every rule of the slices."""
    files = [ROOT / "register_service" / name / file for name in SLICES for file in ("rules.py", "service.py")]
    return {code for file in files if file.exists() for code in _CODE.findall(file.read_text(encoding="utf-8"))}


def test_every_code_of_a_rule_stands_in_the_document() -> None:
    assert len(codes()) >= 20
    assert codes() - set(re.findall(r"`([a-z-]+)`", PAGE)) == set()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(tests/\S+)`", PAGE)) - {"tests/test_rules_document.py"}))
def test_every_test_in_the_document_exists(name: str) -> None:
    file, _, test = name.partition("::")
    assert f"\ndef {test}(" in (ROOT / file).read_text(encoding="utf-8")
