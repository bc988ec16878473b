"""The name under which a bewijsstuk is saved."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register_service.storage.kinds import JPEG, MEDIATYPES, PDF, PNG
from register_service.storage.names import LONGEST, safe_name


@pytest.mark.parametrize(
    ("given_name", "mediatype", "safe"),
    [
        ("diploma.pdf", PDF, "diploma.pdf"),
        ("Diploma Zoë.PDF", PDF, "Diploma Zoë.pdf"),
        ("foto.jpeg", JPEG, "foto.jpg"),
        ("scan.pdf", PNG, "scan.pdf.png"),
        ("virus.exe", PDF, "virus.exe.pdf"),
        ("virus.exe .", PDF, "virus.exe.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        (r"C:\Users\zoe\bewijs.pdf", PDF, "bewijs.pdf"),
        (".htaccess", PDF, "htaccess.pdf"),
        ("fdp\u202egpj.exe", PDF, "fdpgpj.exe.pdf"),
        ('a"; filename="b.exe', PDF, "a filename=b.exe.pdf"),
        ("a\r\nSet-Cookie: x", PDF, "aSet-Cookie x.pdf"),
        ("a\u00a0\u2028b", PDF, "a b.pdf"),
        ("100%41", PDF, "10041.pdf"),
        ("con.pdf", PDF, "bewijsstuk.pdf"),
        ("LPT1.tekst", PNG, "bewijsstuk.png"),
        (None, PDF, "bewijsstuk.pdf"),
        ("", JPEG, "bewijsstuk.jpg"),
        (".pdf", PDF, "pdf.pdf"),
        ("...", PDF, "bewijsstuk.pdf"),
        ("x" * 500, PDF, "x" * LONGEST + ".pdf"),
    ],
)
def test_a_name_is_harmless_wherever_it_is_saved(given_name: str | None, mediatype: str, safe: str) -> None:
    assert safe_name(given_name, mediatype) == safe


@given(st.text(), st.sampled_from(MEDIATYPES))
def test_whatever_it_was_called(name: str, mediatype: str) -> None:
    safe = safe_name(name, mediatype)
    assert safe.endswith({PDF: ".pdf", PNG: ".png", JPEG: ".jpg"}[mediatype])
    assert not set(safe) & set('<>:"/\\|?*%;')
    assert not safe.startswith((".", " "))
    assert all(unicodedata.category(sign)[0] not in "CZ" or sign == " " for sign in safe)
    assert len(safe) <= LONGEST + 4
    assert safe_name(safe, mediatype) == safe
